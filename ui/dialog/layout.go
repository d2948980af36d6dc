package dialog

import (
	"image"
	"slices"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/layout"
	"daytona/snapdeck/ui/text"
)

// dialogLayout is the layout of a confirmation: a head and a tail that are always visible,
// and a body between them that may scroll.
type dialogLayout struct {
	box        image.Rectangle
	head, tail []text.Line
	body       []text.Line
	room       int  // lines of the body that are shown, all of them if they fit
	tight      bool // without the empty lines around the parts
}

const (
	confirmMargin = 2
	// confirmWidth limits the length of lines: longer ones are hard to read.
	confirmWidth = 84
	// confirmIndent is the indent of the continuation of a wrapped line.
	confirmIndent = 3
)

// Arrange lays the dialog out for a screen, and records whether its end is visible.
func (c *Confirm) Arrange(size image.Point) {
	body := c.bodyLines()
	width := max(c.Title.Width(), 40)
	for _, line := range body {
		width = max(width, line.Width())
	}
	width = min(min(width, confirmWidth)+2*confirmMargin+2, size.X)
	inner := max(width-2*confirmMargin-2, 1)
	s := dialogLayout{head: wrapLines(inner, c.Title), body: wrapLines(inner, body...)}
	s.tail = wrapLines(inner, c.tailLines()...)
	s.room = len(s.body)
	height := len(s.lines()) + 2
	s.box = layout.Dialog(size, width, height)
	if s.box.Dy() < height {
		s.squeeze(c.Title, inner)
	}
	c.scroll = max(0, min(c.scroll, len(s.body)-s.room))
	c.endSeen = c.endSeen || c.scroll+s.room >= len(s.body)
	if !c.endSeen {
		s.tail[len(s.tail)-1] = wrapLines(inner, c.answers("↓", "scroll down"))[0]
	}
	c.layout = s
}

// lines returns all lines.
func (s *dialogLayout) lines() []text.Line {
	lines := append([]text.Line{nil}, s.head...)
	lines = append(append(lines, nil), s.body...)
	return append(append(lines, s.tail...), nil)
}

// squeeze makes the layout fit a low screen: it removes the empty lines around the parts and
// lets the body scroll.
func (s *dialogLayout) squeeze(title text.Line, inner int) {
	const more = 1 // line with the number of hidden lines
	s.tight = true
	s.tail = slices.DeleteFunc(s.tail, func(line text.Line) bool { return line.String() == "" })
	if len(s.head) > 1 && s.box.Dy() < 16 {
		s.head = wrapLines(inner, title.Cut(inner, text.CutEnd))
	}
	s.room = min(len(s.body), max(s.box.Dy()-2-len(s.head)-len(s.tail)-more, 1))
}

// bodyLines returns the requests and the impact of the selected mode, and the word to type.
func (c *Confirm) bodyLines() []text.Line {
	lines := c.Lines
	if len(c.Modes) > 1 {
		lines = append([]text.Line{c.modeLine(), nil}, lines...)
	}
	if c.field != nil && c.Answer == nil {
		lines = append(slices.Clip(lines), nil,
			text.Join(text.Lit("type ").As(theme.Dim), text.Styled(c.Word, theme.Title, nil), text.Sprintf(" to %s", c.Verb).As(theme.Dim)))
	}
	return lines
}

// answerKey is the key that confirms.
func (c *Confirm) answerKey() string {
	if c.field == nil {
		return "y"
	}
	return "enter"
}

// tailLines returns the field, if there is one, and the answer keys.
func (c *Confirm) tailLines() []text.Line {
	if c.field == nil {
		return []text.Line{nil, c.answers(c.answerKey(), c.Verb)}
	}
	field := text.Join(text.Lit("› ").As(theme.Accent), FieldLine(c.field, true))
	return []text.Line{field, nil, c.answers(c.answerKey(), c.Verb)}
}

// modeLine shows the modes. The line can wrap, so the key that selects one comes first.
func (c *Confirm) modeLine() text.Line {
	line := text.Join(text.Lit("tab").As(theme.Key), text.Lit("  ").As(theme.Dim))
	for i, m := range c.Modes {
		if i == c.mode {
			line = text.Join(line, text.Sprintf("[%s]", m.Name).As(theme.Title).On(theme.Selected), text.Lit("  ").As(theme.Dim))
			continue
		}
		line = text.Join(line, text.Sprintf(" %s   ", m.Name).As(theme.Dim))
	}
	return line
}

// Draw puts the dialog on the canvas.
func (c *Confirm) Draw(on *canvas.Canvas) {
	s := c.layout
	if !s.tight {
		on.Box(s.box, s.lines())
		return
	}
	lines := append(slices.Clip(s.head), s.body[c.scroll:min(c.scroll+s.room, len(s.body))]...)
	var more text.Line
	if left := len(s.body) - c.scroll - s.room; left > 0 {
		more = text.Sprintf("  ↓ %s more", format.Plural(left, "line")).As(theme.Warning)
		waits := text.Join(more, text.Sprintf(" · %s waits for the end", c.answerKey()).As(theme.Dim))
		if !c.endSeen && waits.Width() <= s.box.Dx()-2 {
			more = waits
		}
	}
	lines = append(append(lines, more), s.tail...)
	on.Box(s.box, lines)
}

// wrapLines wraps and indents lines.
func wrapLines(inner int, lines ...text.Line) []text.Line {
	var all []text.Line
	for _, line := range lines {
		for _, part := range line.WrapHanging(inner, confirmIndent) {
			if len(part) > 0 {
				part = text.Join(text.Repeat(text.Lit(" "), confirmMargin).As(theme.Text), part)
			}
			all = append(all, part)
		}
	}
	return all
}

// answerLine shows the answer keys, and whether the dialog is armed.
func (c *Confirm) answers(key, yes string) text.Line {
	if c.Refusal != "" {
		return text.Join(text.Lit("esc").As(theme.Key), text.Sprintf(" %s", c.EscName()).As(theme.Dim))
	}
	mark, role := text.Lit("◌ "), theme.Dim
	if c.armed {
		mark, role = text.Lit("● "), theme.Key
	}
	return text.Join(
		mark.As(role), text.Cell(key).As(role), text.Sprintf(" %s    ", yes).As(theme.Dim),
		text.Lit("esc").As(theme.Key), text.Sprintf(" %s", c.EscName()).As(theme.Dim),
	)
}
