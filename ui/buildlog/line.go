package buildlog

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// maxLineBytes limits how much of a line is read: a build can print for hours without a
// line feed.
const maxLineBytes = 4 << 10

// Line returns one line of a build log as it finally appears in a terminal. Colours become
// roles of the theme, and text after a carriage return replaces the text before it. Other
// escape sequences are removed, since most of them only move the cursor. Incomplete ones are
// shown as text.
// https://www.ecma-international.org/publications-and-standards/standards/ecma-48/
func Line(raw string) text.Line {
	if len(raw) <= maxLineBytes {
		if strings.IndexByte(raw, 0x1b) < 0 && strings.IndexByte(raw, '\r') < 0 {
			return text.Styled(raw, theme.Text, nil) // the most frequent case
		}
		return readLine(raw).line()
	}
	// The end is enough for a progress bar, which overwrites itself.
	if end := readLine(raw[len(raw)-maxLineBytes:]); end.overwritten {
		return end.line()
	}
	head := maxLineBytes
	for head > maxLineBytes-utf8.UTFMax && !utf8.RuneStart(raw[head]) {
		head--
	}
	rest := text.Sprintf("… <+%d bytes>", len(raw)-head).As(theme.Control)
	return text.Join(readLine(raw[:head]).line(), rest)
}

// parsedLine is the part of a line that was parsed so far.
type parsedLine struct {
	content     []byte
	highlights  []text.Highlight
	role        theme.Role
	atStart     bool // the next text overwrites the line
	overwritten bool
}

func (l *parsedLine) line() text.Line {
	return text.Highlighted(string(l.content), theme.Text, l.highlights...)
}

func readLine(raw string) *parsedLine {
	l := &parsedLine{content: make([]byte, 0, len(raw)), role: theme.Text}
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

// write appends text, or overwrites the line at its start. A terminal would keep the end of a
// longer line; programs that overwrite a line erase it first.
func (l *parsedLine) write(s string) {
	if s == "" {
		return
	}
	if l.atStart {
		l.content, l.highlights = l.content[:0], l.highlights[:0]
		l.atStart, l.overwritten = false, true
	}
	from := len(l.content)
	l.content = append(l.content, s...)
	if l.role != theme.Text {
		l.highlights = append(l.highlights, text.Highlight{From: from, To: len(l.content), Role: l.role})
	}
}

// apply applies a complete escape sequence that sets a colour or returns to the start of the
// line. It ignores others.
func (l *parsedLine) apply(sequence string) {
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

// escapeLength returns the length of the complete CSI or OSC sequence at the start of s, 0 if
// there is none.
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

// sgrRole returns the role for the colour that an SGR sequence sets; role is the current
// one. Red becomes a failure, green a success.
func sgrRole(parameters string, role theme.Role) theme.Role {
	numbers := strings.FieldsFunc(parameters, func(r rune) bool { return r == ';' || r == ':' })
	if len(numbers) == 0 {
		return theme.Text
	}
	for _, number := range numbers {
		n, _ := strconv.Atoi(number) // 0, which resets, if it is not a number
		switch {
		case n == 38 || n == 48:
			return role // 256 colours or true colour: the next numbers are parameters
		case n == 0 || n == 39:
			role = theme.Text
		case n == 1:
			role = theme.Title
		case n == 2:
			role = theme.Dim
		case n >= 30 && n <= 37 || n >= 90 && n <= 97:
			role = ansiRole(n % 10)
		}
	}
	return role
}

// ansiRole returns the role of a similar hue for one of the eight colours.
func ansiRole(colour int) theme.Role {
	return [...]theme.Role{
		theme.Dim, theme.Failed, theme.Active, theme.Building,
		theme.Accent, theme.Removing, theme.Pulling, theme.Text,
	}[colour]
}
