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
	slots       []slot // the columns that are shown, left to right
	sorted      string // the ID of the column whose heading has the arrow
	reverse     bool
	gutterGlyph func(R) text.Span

	width, height int

	rows   []R
	cursor int      // -1 without rows
	offset int      // the first visible row
	lost   place[R] // where the cursor was, while there are no rows

	marks marks
}

// slot is where a shown column is: cells [x, x+width) of a line.
type slot struct {
	column   int // index into the grid's columns
	x, width int
}

// New returns an empty grid whose rows are told apart by id, which is different for
// every row. It should be cheap: it is called for many rows whenever rows change.
func New[R any](id func(R) string) *Grid[R] {
	return &Grid[R]{id: id, cursor: -1}
}

// SetColumns replaces the columns. The grid keeps the slice.
func (g *Grid[R]) SetColumns(columns []Column[R]) {
	g.columns = columns
	g.arrange()
	g.reveal() // the headings may take another line
}

// SetSize gives the grid w x h cells, the headings included.
func (g *Grid[R]) SetSize(w, h int) {
	if w == g.width && h == g.height {
		return
	}
	g.width, g.height = max(0, w), max(0, h)
	g.arrange()
	g.reveal()
}

// SetSort draws the arrow into the heading of one column, ▲ if reversed and ▼ if
// not. The grid does not sort: it shows the rows in the order in which they come.
func (g *Grid[R]) SetSort(columnID string, reversed bool) {
	g.sorted, g.reverse = columnID, reversed
}

// SetGutterGlyph sets what a row has to say in the gutter, such as that it changed a
// moment ago: a glyph of one cell in its role, or an empty span for nothing. A row
// that is marked keeps its mark, and the mark takes the note's role. It is called
// for visible rows only.
func (g *Grid[R]) SetGutterGlyph(note func(R) text.Span) { g.gutterGlyph = note }

// arrange computes the slots. It is the only place that shares out width.
func (g *Grid[R]) arrange() {
	spans := make([]span, len(g.columns))
	for i, c := range g.columns {
		spans[i] = c.span()
	}
	g.slots = g.slots[:0]
	x := gutter
	for i, w := range widths(spans, g.width-gutter-margin) {
		if w > 0 {
			g.slots = append(g.slots, slot{column: i, x: x, width: w})
			x += w + separator
		}
	}
}

// VisibleColumns returns the IDs of the columns that there is room for, left to
// right.
func (g *Grid[R]) VisibleColumns() []string {
	ids := make([]string, len(g.slots))
	for i, s := range g.slots {
		ids[i] = g.columns[s.column].ID
	}
	return ids
}

// Rows returns all rows in their order. The slice is the grid's own: read it.
func (g *Grid[R]) Rows() []R { return g.rows }

// Len returns the number of rows.
func (g *Grid[R]) Len() int { return len(g.rows) }

// Cursor returns the row that the cursor is on; false if there are no rows.
func (g *Grid[R]) Cursor() (R, bool) {
	if g.cursor < 0 {
		var none R
		return none, false
	}
	return g.rows[g.cursor], true
}

// CursorIndex returns the index of the cursor's row, -1 if there are no rows.
func (g *Grid[R]) CursorIndex() int { return g.cursor }

// Select puts the cursor on the row with an id. It reports whether there is one;
// if not, nothing changes.
func (g *Grid[R]) Select(id string) bool {
	i := g.find(id, g.rows)
	if i < 0 {
		return false
	}
	g.put(i)
	return true
}

// Move moves the cursor delta rows down, or up if negative. It stops at the ends.
func (g *Grid[R]) Move(delta int) { g.put(g.cursor + delta) }

// Top moves the cursor to the first row.
func (g *Grid[R]) Top() { g.put(0) }

// Bottom moves the cursor to the last row.
func (g *Grid[R]) Bottom() { g.put(len(g.rows) - 1) }

// Page moves cursor and view together by a share of the visible rows, one row at
// least: 1 is a page down, -0.5 half a page up.
func (g *Grid[R]) Page(delta float64) {
	n := int(math.Round(delta * float64(g.visible())))
	if n == 0 {
		n = int(math.Copysign(1, delta))
	}
	g.offset += n
	g.put(g.cursor + n)
}

// put moves the cursor to row i or the nearest one that exists, and scrolls as
// little as shows it.
func (g *Grid[R]) put(i int) {
	g.cursor = min(max(0, i), len(g.rows)-1)
	g.reveal()
}

// reveal scrolls as little as brings the cursor into view and leaves no room
// below the last row unused.
func (g *Grid[R]) reveal() {
	page := g.visible()
	g.offset = min(max(g.offset, g.cursor-page+1), g.cursor)
	g.offset = max(0, min(g.offset, len(g.rows)-page))
}

// visible returns how many rows there is room for.
func (g *Grid[R]) visible() int { return max(1, g.height-g.headings()) }

// headings returns the number of lines that the headings take. A grid of one line
// shows a row.
func (g *Grid[R]) headings() int {
	lines := 1
	for _, c := range g.columns {
		if !c.Subtitle.IsEmpty() {
			lines = 2
			break
		}
	}
	return min(lines, max(0, g.height-1))
}
