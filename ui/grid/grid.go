package grid

import (
	"math"

	"daytona/snapdeck/ui/text"
)

// Grid is a table of rows of type R. The zero value is not usable; see [New].
// It is not safe for concurrent use.
type Grid[R any] struct {
	id func(R) string

	columns     []Column[R]
	slots       []slot // the visible columns, left to right
	sortColumn  string // the ID of the column with the arrow in its heading
	reverse     bool
	gutterGlyph func(R) text.Span

	width, height int

	rows       []R
	cursor     int            // -1 without rows
	pinned     bool           // the cursor stays on its row, not on the first one
	offset     int            // the first visible row
	lastCursor cursorState[R] // while there are no rows

	marks marks

	spans []text.Span // of the lines of the last view
}

// slot is the position of a visible column: cells [x, x+width) of a line.
type slot struct {
	column   int // index into the grid's columns
	x, width int
}

// New returns an empty grid. id returns the unique id of a row. It must be cheap, since
// [Grid.SetRows] calls it for many rows.
func New[R any](id func(R) string) *Grid[R] {
	return &Grid[R]{id: id, cursor: -1}
}

// SetColumns replaces the columns. The grid keeps the slice.
func (g *Grid[R]) SetColumns(columns []Column[R]) {
	g.columns = columns
	g.layoutColumns()
	g.reveal() // the heading may take another line
}

// SetSize sets the size in cells, headings included.
func (g *Grid[R]) SetSize(w, h int) {
	if w == g.width && h == g.height {
		return
	}
	g.width, g.height = max(0, w), max(0, h)
	g.layoutColumns()
	g.reveal()
}

// SetSort draws an arrow into the heading of a column, ▲ if reversed, else ▼. The grid
// does not sort: it shows the rows in the given order.
func (g *Grid[R]) SetSort(columnID string, reversed bool) {
	g.sortColumn, g.reverse = columnID, reversed
}

// SetGutterGlyph sets the function for the gutter of a row, for example to show that it
// changed a moment ago. It returns a glyph of one cell or an empty span. A marked row
// shows its mark in the role of the glyph instead. It is called for visible rows only.
func (g *Grid[R]) SetGutterGlyph(glyph func(R) text.Span) { g.gutterGlyph = glyph }

// layoutColumns computes the slots.
func (g *Grid[R]) layoutColumns() {
	limits := make([]widthLimits, len(g.columns))
	for i, c := range g.columns {
		limits[i] = c.limits()
	}
	g.slots = g.slots[:0]
	x := gutter
	for i, w := range widths(limits, g.width-gutter-margin) {
		if w > 0 {
			g.slots = append(g.slots, slot{column: i, x: x, width: w})
			x += w + separator
		}
	}
}

// VisibleColumns returns the IDs of the visible columns, left to right.
func (g *Grid[R]) VisibleColumns() []string {
	ids := make([]string, len(g.slots))
	for i, s := range g.slots {
		ids[i] = g.columns[s.column].ID
	}
	return ids
}

// Rows returns all rows in order. Do not modify the slice.
func (g *Grid[R]) Rows() []R { return g.rows }

// Visible returns the rows on the screen. Do not modify the slice.
func (g *Grid[R]) Visible() []R {
	return g.rows[g.offset:min(g.offset+g.visibleRows(), len(g.rows))]
}

// Len returns the number of rows.
func (g *Grid[R]) Len() int { return len(g.rows) }

// Cursor returns the row at the cursor, false if there are no rows.
func (g *Grid[R]) Cursor() (R, bool) {
	if g.cursor < 0 {
		var zero R
		return zero, false
	}
	return g.rows[g.cursor], true
}

// CursorIndex returns the index of the cursor row, -1 if there are no rows.
func (g *Grid[R]) CursorIndex() int { return g.cursor }

// Select moves the cursor to the row with the id. It reports whether there is one.
func (g *Grid[R]) Select(id string) bool {
	i := g.indexOf(id, g.rows)
	if i < 0 {
		return false
	}
	g.setCursor(i)
	return true
}

// Pin keeps the cursor on its row, as a move does: the user works with it.
func (g *Grid[R]) Pin() { g.pinned = g.cursor >= 0 }

// FollowTop puts the cursor on the first row, also on that of the next rows, until it
// is moved or pinned.
func (g *Grid[R]) FollowTop() {
	g.setCursor(0)
	g.pinned = false
}

// Move moves the cursor delta rows down, or up if negative. It stops at the ends.
func (g *Grid[R]) Move(delta int) { g.setCursor(g.cursor + delta) }

// Top moves the cursor to the first row.
func (g *Grid[R]) Top() { g.setCursor(0) }

// Bottom moves the cursor to the last row.
func (g *Grid[R]) Bottom() { g.setCursor(len(g.rows) - 1) }

// Page moves the cursor and the view by a fraction of the visible rows, but at least
// by one: 1 is a page down, -0.5 half a page up.
func (g *Grid[R]) Page(delta float64) {
	n := int(math.Round(delta * float64(g.visibleRows())))
	if n == 0 {
		n = int(math.Copysign(1, delta))
	}
	g.offset += n
	g.setCursor(g.cursor + n)
}

// setCursor moves the cursor to row i, or to the nearest row that exists.
func (g *Grid[R]) setCursor(i int) {
	g.cursor = min(max(0, i), len(g.rows)-1)
	g.Pin()
	g.reveal()
}

// reveal scrolls as little as possible, so that the cursor is visible and no lines
// below the last row are wasted.
func (g *Grid[R]) reveal() {
	page := g.visibleRows()
	g.offset = min(max(g.offset, g.cursor-page+1), g.cursor)
	g.offset = max(0, min(g.offset, len(g.rows)-page))
}

// visibleRows returns the number of rows that fit, at least one.
func (g *Grid[R]) visibleRows() int { return max(1, g.height-g.headingLines()) }

// headingLines returns the number of lines of the heading. A grid of one line has none:
// it shows a row.
func (g *Grid[R]) headingLines() int {
	lines := 1
	for _, c := range g.columns {
		if !c.Subtitle.IsEmpty() {
			lines = 2
			break
		}
	}
	return min(lines, max(0, g.height-1))
}
