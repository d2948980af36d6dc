package grid

import (
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// A line starts with the gutter: the cursor bar, a mark or glyph, a space. It ends with
// the margin, an empty cell.
const (
	gutter = 3
	margin = 1
)

// View returns the headings and the visible rows in exactly the size of [Grid.SetSize].
// The cursor row is on [theme.Selected] and has a bar, which is dim if the grid is not
// focused. The lines are valid until the next call.
func (g *Grid[R]) View(focused bool) []text.Line {
	g.spans = g.spans[:0]
	lines := make([]text.Line, 0, g.height)
	if n := g.headingLines(); n > 0 {
		lines = append(lines, g.heading(g.title))
		if n > 1 {
			lines = append(lines, g.heading(subtitle))
		}
	}
	bar := g.scrollBar()
	for i, row := range g.Visible() {
		selected := g.offset+i == g.cursor
		line := g.row(row, selected, focused)
		if i >= bar.from && i < bar.to {
			line.add(g.width-margin, text.Span{Text: text.Lit("▐"), Role: theme.Line})
		}
		if line := line.finish(g.width); selected {
			lines = append(lines, line.On(theme.Selected))
		} else {
			lines = append(lines, line)
		}
	}
	return text.Block(lines, g.width, g.height)
}

// thumb is the part of the right edge that shows where the view is: lines [from, to).
type thumb struct{ from, to int }

// scrollBar returns the thumb of the scroll bar, which is empty while all rows are
// visible.
func (g *Grid[R]) scrollBar() thumb {
	page, all := g.visibleRows(), len(g.rows)
	if page >= all || g.width <= gutter+margin {
		return thumb{}
	}
	length := max(1, page*page/all)
	from := g.offset * (page - length) / (all - page)
	return thumb{from, from + length}
}

// row returns the line of a row, without the margin.
func (g *Grid[R]) row(row R, selected, focused bool) line {
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
	for i := 0; i < len(g.slots); i++ {
		s := g.slots[i]
		c := &g.columns[s.column]
		var cell text.Line
		if c.Spread != nil && c.Spread(row) {
			cell, i = g.spread(row, i)
		} else {
			cell = c.fit(row, s.width)
		}
		line.addCell(s, cell, c.Right)
	}
	return line
}

// spread returns the cell of a slot, extended over as many idle or yielding cells on its right as
// its content needs, and the last slot that it covers.
func (g *Grid[R]) spread(row R, from int) (cell text.Line, last int) {
	s, c := g.slots[from], &g.columns[g.slots[from].column]
	end := func(i int) int { return g.slots[i].x + g.slots[i].width - s.x }
	for last = from; last+1 < len(g.slots) && g.yields(row, &g.columns[g.slots[last+1].column]); {
		last++
	}
	cell = c.fit(row, end(last))
	room := last
	for last > from && end(last-1) >= cell.Width() {
		last--
	}
	if last < room { // its content may depend on the width
		cell = c.fit(row, end(last))
	}
	return cell, last
}

// yields reports whether a cell of a column may be covered.
func (g *Grid[R]) yields(row R, c *Column[R]) bool {
	return c.Yields && c.ID != g.sortColumn || c.Cell(row).String() == Idle
}

// gutterMark returns the mark or glyph of a row: one cell, or an empty span.
func (g *Grid[R]) gutterMark(row R) text.Span {
	var glyph text.Span
	if g.gutterGlyph != nil {
		glyph = g.gutterGlyph(row)
	}
	switch {
	case g.marks.has(g.id(row)):
		mark := text.Span{Text: text.Lit("●"), Role: theme.Accent}
		if !glyph.Text.IsEmpty() {
			mark.Role = glyph.Role
		}
		return mark
	case glyph.Text.Width() == 1:
		return glyph
	default:
		return text.Span{}
	}
}

// heading returns one line of the heading; cell returns the part of a column.
func (g *Grid[R]) heading(cell func(c Column[R], width int) text.Line) text.Line {
	line := g.newLine()
	for _, s := range g.slots {
		c := g.columns[s.column]
		line.addCell(s, cell(c, s.width), c.Right)
	}
	return line.finish(g.width)
}

// title returns the title of a column in at most width cells. The sort arrow is never
// cut.
func (g *Grid[R]) title(c Column[R], width int) text.Line {
	role, cut := theme.Dim, text.CutEnd
	if c.Bright {
		role, cut = theme.Title, c.Cut
	}
	arrow := text.Lit("▼")
	if g.reverse {
		arrow = text.Lit("▲")
	}
	title := c.Title.As(role)
	if c.ID == "" || c.ID != g.sortColumn {
		return title.Cut(width, cut)
	}
	gap := min(1, max(0, width-c.Title.Width()-arrow.Width()))
	return text.Join(
		title.Cut(width-gap-arrow.Width(), cut),
		text.Repeat(text.Lit(" "), gap).As(role),
		arrow.As(role),
	)
}

// subtitle returns the subtitle of a column in at most width cells.
func subtitle[R any](c Column[R], width int) text.Line {
	return c.Subtitle.As(theme.Dim).Cut(width, text.CutEnd)
}

// Heading is the row that [Grid.At] returns for the column headings.
const Heading = -1

// At returns what is at a cell of the grid, for the mouse: the index of the row, or
// [Heading], and the ID of the column, which is empty in the gutter and right of the
// last column. x and y start at 0 in the top left corner. It returns false for a cell
// below the last row or outside the grid.
func (g *Grid[R]) At(x, y int) (row int, columnID string, ok bool) {
	if x < 0 || x >= g.width || y < 0 || y >= g.height {
		return 0, "", false
	}
	row = g.offset + y - g.headingLines()
	if y < g.headingLines() {
		row = Heading
	} else if row >= len(g.rows) {
		return 0, "", false
	}
	for _, s := range g.slots {
		// The separator belongs to the column on its left.
		if x >= s.x && x < s.x+s.width+separator {
			return row, g.columns[s.column].ID, true
		}
	}
	return row, "", true
}
