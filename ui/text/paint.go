package text

import (
	"strings"

	"daytona/snapdeck/theme"
)

// Paint returns the lines as they go to the terminal, joined by line feeds: it
// is the one place where text gets its colours. Every line starts and ends
// without any, so the renderer can compare and replace single lines.
//
// Neighbouring spans of one look are painted as one, and spaces in whatever is
// on around them, as long as one cannot see the difference: over ssh every
// byte of a frame counts.
func Paint(t theme.Theme, lines []Line) string {
	var b strings.Builder
	b.Grow(estimate(lines))
	for i, line := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		paint(&b, t, line)
	}
	return b.String()
}

func paint(b *strings.Builder, t theme.Theme, line Line) {
	var ink theme.SGR // what is on: at first nothing, as for spaces on Base
	on := theme.Base
	for _, s := range line {
		next := t.SGR(s.Role, s.On)
		same := next == ink || s.On == on && s.isBlank() && !ink.ShowsOnSpaces() && !next.ShowsOnSpaces()
		if !same {
			b.WriteString(ink.Close())
			b.WriteString(next.Open())
			ink, on = next, s.On
		}
		if s.Text.ascii {
			b.WriteString(s.Text.s)
		} else {
			b.WriteString(t.Fold(s.Text.s))
		}
	}
	b.WriteString(ink.Close())
}

func (s Span) isBlank() bool { return strings.TrimLeft(s.Text.s, " ") == "" }

// estimate returns about how many bytes the painted lines take: a span has two
// sequences of some 24 bytes together.
func estimate(lines []Line) int {
	n := 0
	for _, line := range lines {
		n++
		for _, s := range line {
			n += len(s.Text.s) + 24
		}
	}
	return n
}
