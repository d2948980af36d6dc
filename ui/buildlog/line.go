package buildlog

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// lineLimit bounds how much of a line of a log is read, in bytes: a build can
// print for hours without a line feed.
const lineLimit = 4 << 10

// Line returns one line of a build log as a terminal would show it at last: colours
// become roles of the theme, of a line that is drawn over itself only the newest text
// is left, and all other escape sequences are removed, since a build prints many that
// only move a cursor. An incomplete sequence is shown like any foreign text.
// https://www.ecma-international.org/publications-and-standards/standards/ecma-48/
func Line(raw string) text.Line {
	if len(raw) <= lineLimit {
		if strings.IndexByte(raw, 0x1b) < 0 && strings.IndexByte(raw, '\r') < 0 {
			return text.Styled(raw, theme.Text, nil) // the most frequent case
		}
		return readLine(raw).line()
	}
	// The end of a progress bar is all that a terminal would still show.
	if newest := readLine(raw[len(raw)-lineLimit:]); newest.renewed {
		return newest.line()
	}
	head := lineLimit
	for head > lineLimit-utf8.UTFMax && !utf8.RuneStart(raw[head]) {
		head--
	}
	rest := text.Sprintf("… <+%d bytes>", len(raw)-head).As(theme.Control)
	return text.Join(readLine(raw[:head]).line(), rest)
}

// shownLine is a line of a log while it is read.
type shownLine struct {
	shown   []byte
	colours []text.Highlight
	role    theme.Role
	atStart bool // the next text is drawn over the line
	renewed bool // text was drawn over the line
}

func (l *shownLine) line() text.Line {
	return text.Highlighted(string(l.shown), theme.Text, l.colours...)
}

func readLine(raw string) *shownLine {
	l := &shownLine{shown: make([]byte, 0, len(raw)), role: theme.Text}
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
			l.apply(raw[:length])
			raw = raw[length:]
		}
	}
	return l
}

// write shows more text. A terminal would keep the end of a longer text that is drawn
// over; programs that draw over a line erase it themselves.
func (l *shownLine) write(s string) {
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

// apply applies a whole sequence that sets a colour or returns to the start of the line.
func (l *shownLine) apply(sequence string) {
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

// sgrRole returns the role next to the colour of a log: red is a failure, green a
// success.
func sgrRole(parameters string, role theme.Role) theme.Role {
	numbers := strings.FieldsFunc(parameters, func(r rune) bool { return r == ';' || r == ':' })
	if len(numbers) == 0 {
		return theme.Text
	}
	for _, number := range numbers {
		n, _ := strconv.Atoi(number) // 0 resets, also for what is not a number
		switch {
		case n == 38 || n == 48:
			return role // 256 or true colours: the next numbers are their values
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
