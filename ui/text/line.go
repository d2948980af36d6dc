package text

import (
	"strings"

	"daytona/snapdeck/theme"
)

// Span is a part of a line in one role on one surface.
type Span struct {
	Text Safe
	Role theme.Role
	On   theme.Surface
}

// Line is one line of a screen. It is a value: its methods return new lines and do not
// modify its spans.
type Line []Span

// Width returns the width of the line in cells.
func (l Line) Width() int {
	w := 0
	for _, s := range l {
		w += int(s.Text.w)
	}
	return w
}

// Plain returns the text of the line without roles.
func (l Line) Plain() Safe {
	if len(l) == 1 {
		return l[0].Text
	}
	out := Safe{ascii: true}
	var b strings.Builder
	for _, s := range l {
		b.WriteString(s.Text.s)
		out.w += s.Text.w
		out.ascii = out.ascii && s.Text.ascii
	}
	out.s = b.String()
	return out
}

// String returns the text of the line, for searching and for tests.
func (l Line) String() string { return l.Plain().s }

// As returns the line with all spans in one role.
func (l Line) As(role theme.Role) Line {
	out := make(Line, len(l))
	for i, s := range l {
		s.Role = role
		out[i] = s
	}
	return out
}

// On returns the line with all spans on one surface.
func (l Line) On(surface theme.Surface) Line {
	out := make(Line, len(l))
	for i, s := range l {
		s.On = surface
		out[i] = s
	}
	return out
}

// Join concatenates lines to one line.
func Join(parts ...Line) Line {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	out := make(Line, 0, n)
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}
