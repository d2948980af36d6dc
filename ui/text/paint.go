package text

import (
	"strings"
	"unicode/utf8"

	"daytona/snapdeck/theme"
)

// Paint renders the lines for the terminal, separated by line feeds. It is the only
// function that adds escape sequences. Styles are reset at the end of each line, so that
// the renderer can compare and replace single lines.
//
// Neighbouring spans of the same style share a sequence, and spaces take the style around
// them if that is invisible, since every byte of a frame counts over ssh.
func Paint(t theme.Theme, lines []Line) string {
	var b strings.Builder
	b.Grow(estimateSize(lines))
	for i, line := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		paint(&b, t, line)
	}
	return b.String()
}

func paint(b *strings.Builder, t theme.Theme, line Line) {
	var current theme.SGR // none at first, as for spaces on Base
	on := theme.Base
	for _, s := range line {
		next := t.SGR(s.Role, s.On)
		same := next == current || s.On == on && s.isBlank() && !current.ShowsOnSpaces() && !next.ShowsOnSpaces()
		if !same {
			b.WriteString(current.Close())
			b.WriteString(next.Open())
			current, on = next, s.On
		}
		if s.On == theme.Dimmed && t.Plain() {
			s.Text = Repeat(Lit(" "), s.Text.Width()) // a screen reader would read it with the dialog
		}
		if s.Text.ascii {
			b.WriteString(s.Text.s)
		} else {
			b.WriteString(cursorMark(t, s))
			b.WriteString(t.FoldAs(s.Text.s, s.Role))
		}
	}
	b.WriteString(current.Close())
}

// The marks of a frame for screen readers. They have no width, and package terminal removes
// them: they say where the cursor of the terminal belongs.
const (
	RowMark   = "\x1b7" // the selected row, or a dialog; the last one counts
	FieldMark = "\x1b8" // the end of what is typed, which counts before all others
)

// cursorMark returns the mark before a span of a theme for screen readers, "" for most.
func cursorMark(t theme.Theme, s Span) string {
	if !t.Plain() || s.On == theme.Dimmed || s.Role != theme.Accent && s.Role != theme.Dim {
		return ""
	}
	switch glyph, _ := utf8.DecodeRuneInString(s.Text.s); glyph {
	case '█':
		return FieldMark
	case '▌', '╭':
		return RowMark
	}
	return ""
}

func (s Span) isBlank() bool { return strings.TrimLeft(s.Text.s, " ") == "" }

// estimateSize estimates the bytes of the painted lines. The two sequences of a span take
// about 24 bytes.
func estimateSize(lines []Line) int {
	n := 0
	for _, line := range lines {
		n++
		for _, s := range line {
			n += len(s.Text.s) + 24
		}
	}
	return n
}
