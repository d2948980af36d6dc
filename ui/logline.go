package ui

import (
	"strconv"
	"strings"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// logLine is one line of a build log: its colours kept, as roles of the theme, and
// every other escape sequence taken out, since a build prints many that only move
// a cursor. What is no whole sequence is shown like any foreign text.
// https://www.ecma-international.org/publications-and-standards/standards/ecma-48/
func logLine(raw string) text.Line {
	if strings.IndexByte(raw, 0x1b) < 0 {
		return text.Styled(raw, theme.Text, nil)
	}
	var (
		line text.Line
		role = theme.Text
	)
	for raw != "" {
		at := strings.IndexByte(raw, 0x1b)
		if at < 0 {
			at = len(raw)
		}
		line = append(line, text.Styled(raw[:at], role, nil)...)
		raw = raw[at:]
		length, sgr := escapeSequence(raw)
		switch {
		case raw == "":
		case length == 0:
			line = append(line, text.Styled(raw[:1], role, nil)...)
			raw = raw[1:]
		default:
			if sgr {
				role = sgrRole(raw[2:length-1], role)
			}
			raw = raw[length:]
		}
	}
	return line
}

// escapeSequence returns the length of the whole CSI or OSC sequence at the start
// of s, 0 where there is none, and whether it sets colours.
func escapeSequence(s string) (length int, sgr bool) {
	switch {
	case strings.HasPrefix(s, "\x1b["):
		for i := 2; i < len(s); i++ {
			if s[i] >= 0x40 && s[i] <= 0x7e {
				return i + 1, s[i] == 'm'
			}
			if s[i] < 0x20 || s[i] > 0x3f {
				return 0, false
			}
		}
	case strings.HasPrefix(s, "\x1b]"):
		for i := 2; i < len(s); i++ {
			switch {
			case s[i] == 0x07:
				return i + 1, false
			case s[i] == 0x1b && i+1 < len(s) && s[i+1] == '\\':
				return i + 2, false
			case s[i] < 0x20:
				return 0, false
			}
		}
	}
	return 0, false
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
