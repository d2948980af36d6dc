package ui

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// logLineLimit bounds how much of a line of a log is read, in bytes: a build can
// print for hours without a line feed.
const logLineLimit = 4 << 10

// logLine is one line of a build log as a terminal would show it in the end: its
// colours kept, as roles of the theme, of what is drawn over itself the newest, and
// every other escape sequence taken out, since a build prints many that only move
// a cursor. What is no whole sequence is shown like any foreign text.
// https://www.ecma-international.org/publications-and-standards/standards/ecma-48/
func logLine(raw string) text.Line {
	if len(raw) <= logLineLimit {
		if strings.IndexByte(raw, 0x1b) < 0 && strings.IndexByte(raw, '\r') < 0 {
			return text.Styled(raw, theme.Text, nil) // as most are
		}
		return readLogLine(raw).line()
	}
	// Where it is a progress, its end says it all.
	if newest := readLogLine(raw[len(raw)-logLineLimit:]); newest.renewed {
		return newest.line()
	}
	head := logLineLimit
	for head > logLineLimit-utf8.UTFMax && !utf8.RuneStart(raw[head]) {
		head--
	}
	rest := text.Sprintf("… <+%d bytes>", len(raw)-head).As(theme.Control)
	return text.Join(readLogLine(raw[:head]).line(), rest)
}

// logText is a line of a log while it is read.
type logText struct {
	shown   []byte
	colours []text.Highlight
	role    theme.Role
	atStart bool // what comes next is drawn over what is shown
	renewed bool // something was drawn over
}

func (l *logText) line() text.Line {
	return text.Highlighted(string(l.shown), theme.Text, l.colours...)
}

func readLogLine(raw string) *logText {
	l := &logText{shown: make([]byte, 0, len(raw)), role: theme.Text}
	for raw != "" {
		at := strings.IndexAny(raw, "\x1b\r")
		if at < 0 {
			at = len(raw)
		}
		l.write(raw[:at])
		raw = raw[at:]
		length := escapeLength(raw)
		switch {
		case raw == "":
		case raw[0] == '\r':
			l.atStart, raw = true, raw[1:]
		case length == 0:
			l.write(raw[:1])
			raw = raw[1:]
		default:
			l.obey(raw[:length])
			raw = raw[length:]
		}
	}
	return l
}

// write shows more. A terminal would keep the end of what is longer than that which
// is drawn over it; those who draw over a line erase that themselves.
func (l *logText) write(s string) {
	if s == "" {
		return
	}
	if l.atStart {
		l.shown, l.colours = l.shown[:0], l.colours[:0]
		l.atStart, l.renewed = false, true
	}
	from := len(l.shown)
	l.shown = append(l.shown, s...)
	if l.role != theme.Text {
		l.colours = append(l.colours, text.Highlight{From: from, To: len(l.shown), Role: l.role})
	}
}

// obey does what a whole sequence says about colours and the start of the line.
func (l *logText) obey(sequence string) {
	parameters, ok := strings.CutPrefix(sequence, "\x1b[")
	if !ok {
		return
	}
	end := len(parameters) - 1
	switch final, parameters := parameters[end], parameters[:end]; {
	case final == 'm':
		l.role = sgrRole(parameters, l.role)
	case final == 'G' && (parameters == "" || parameters == "1"), final == 'K' && parameters == "2":
		l.atStart = true
	}
}

// escapeLength returns the length of the whole CSI or OSC sequence at the start of
// s, 0 where there is none.
func escapeLength(s string) int {
	switch {
	case strings.HasPrefix(s, "\x1b["):
		for i := 2; i < len(s); i++ {
			if s[i] >= 0x40 && s[i] <= 0x7e {
				return i + 1
			}
			if s[i] < 0x20 || s[i] > 0x3f {
				return 0
			}
		}
	case strings.HasPrefix(s, "\x1b]"):
		for i := 2; i < len(s); i++ {
			switch {
			case s[i] == 0x07:
				return i + 1
			case s[i] == 0x1b && i+1 < len(s) && s[i+1] == '\\':
				return i + 2
			case s[i] < 0x20:
				return 0
			}
		}
	}
	return 0
}

// sgrRole is the role that comes nearest to the colours of a log: its red is what
// failed, its green what went well.
func sgrRole(parameters string, role theme.Role) theme.Role {
	numbers := strings.FieldsFunc(parameters, func(r rune) bool { return r == ';' || r == ':' })
	if len(numbers) == 0 {
		return theme.Text
	}
	for _, number := range numbers {
		n, _ := strconv.Atoi(number) // 0 resets, which is right for what is no number
		switch {
		case n == 38 || n == 48:
			return role // 256 and true colours: the next numbers are no parameters
		case n == 0 || n == 39:
			role = theme.Text
		case n == 1:
			role = theme.Title
		case n == 2:
			role = theme.Dim
		case n >= 30 && n <= 37 || n >= 90 && n <= 97:
			role = ansiRoles(n % 10)
		}
	}
	return role
}

// ansiRoles gives each of the eight colours the role of the same hue.
func ansiRoles(colour int) theme.Role {
	return [...]theme.Role{
		theme.Dim, theme.Failed, theme.Active, theme.Building,
		theme.Accent, theme.Removing, theme.Pulling, theme.Text,
	}[colour]
}
