package text

import (
	"strings"

	"daytona/snapdeck/theme"
)

// Paint returns the lines as they go to the terminal, joined by line feeds: it
// is the one place where text gets its colours. Every line starts and ends
// without any, so the renderer can compare and replace single lines.
// Neighbouring spans of one look are painted as one.
func Paint(t theme.Theme, lines []Line) string {
	var b strings.Builder
	for i, line := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		paint(&b, t, line)
	}
	return b.String()
}

func paint(b *strings.Builder, t theme.Theme, line Line) {
	var open theme.Ink
	for i, s := range line {
		if i == 0 || s.Role != line[i-1].Role || s.On != line[i-1].On {
			b.WriteString(open.Close())
			open = t.Ink(s.Role, s.On)
			b.WriteString(open.Open())
		}
		b.WriteString(t.Fold(s.Text.s))
	}
	b.WriteString(open.Close())
}
