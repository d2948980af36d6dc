package grid

import (
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// A line begins with the gutter: the cursor's bar, a mark or a note, a space. It
// ends with the margin, so that the last column touches nothing.
const (
	gutter = 3
	margin = 1
)

// View returns the headings and the visible rows, exactly as many lines and cells
// as [Grid.SetSize] said. The cursor's row lies on [theme.Selected] and has a bar,
// dim where the keys go elsewhere because the grid is not focused.
func (g *Grid[R]) View(focused bool) []text.Line {
	lines := make([]text.Line, 0, g.height)
	if n := g.headings(); n > 0 {
		lines = append(lines, g.heading(g.title))
		if n > 1 {
			lines = append(lines, g.heading(subtitle))
		}
	}
	end := min(g.offset+g.visible(), len(g.rows))
	for i := g.offset; i < end; i++ {
		line := g.row(g.rows[i], i == g.cursor, focused)
		if i == g.cursor {
			line = line.On(theme.Selected)
		}
		lines = append(lines, line)
	}
	return text.Block(lines, g.width, g.height)
}

// row returns the line of a row.
func (g *Grid[R]) row(row R, selected, focused bool) text.Line {
	line := g.newLine()
	if selected {
		bar := text.Span{Text: text.Lit("▌"), Role: theme.Accent}
		if !focused {
			bar.Role = theme.Dim
		}
		line.add(0, bar)
	}
	if mark := g.gutterMark(row); !mark.Text.IsEmpty() {
		line.add(1, mark)
	}
	for _, s := range g.slots {
		c := &g.columns[s.column]
		line.addCell(s, c.Cell(row).Cut(s.width, c.cut(row)), c.Right)
	}
	return line.filled(g.width)
}

// gutterMark returns what stands beside the cursor's bar: one cell or nothing.
func (g *Grid[R]) gutterMark(row R) text.Span {
	var note text.Span
	if g.gutterGlyph != nil {
		note = g.gutterGlyph(row)
	}
	switch {
	case g.marks.has(g.id(row)):
		mark := text.Span{Text: text.Lit("●"), Role: theme.Accent}
		if !note.Text.IsEmpty() {
			mark.Role = note.Role
		}
		return mark
	case note.Text.Width() == 1:
		return note
	default:
		return text.Span{}
	}
}

// heading returns a line with one piece of every column's heading.
func (g *Grid[R]) heading(piece func(c Column[R], width int) text.Line) text.Line {
	line := g.newLine()
	for _, s := range g.slots {
		c := g.columns[s.column]
		line.addCell(s, piece(c, s.width), c.Right)
	}
	return line.filled(g.width)
}

// title returns a column's heading in at most width cells. The arrow is never what
// is cut.
func (g *Grid[R]) title(c Column[R], width int) text.Line {
	role := theme.Dim
	if c.Bright {
		role = theme.Title
	}
	arrow := text.Lit("▼")
	if g.reverse {
		arrow = text.Lit("▲")
	}
	title := c.Title.As(role)
	if c.ID == "" || c.ID != g.sorted {
		return title.Cut(width, text.CutEnd)
	}
	gap := min(1, max(0, width-c.Title.Width()-arrow.Width()))
	return text.Join(
		title.Cut(width-gap-arrow.Width(), text.CutEnd),
		text.Repeat(text.Lit(" "), gap).As(role),
		arrow.As(role),
	)
}

// subtitle returns the second line of a column's heading in at most width cells.
func subtitle[R any](c Column[R], width int) text.Line {
	return c.Subtitle.As(theme.Dim).Cut(width, text.CutEnd)
}
