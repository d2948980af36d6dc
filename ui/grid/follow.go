package grid

import (
	"iter"
	"slices"
)

// cursorState is a cursor and the rows it refers to.
type cursorState[R any] struct {
	rows   []R
	cursor int
}

// SetRows replaces the rows. Until the cursor is moved or pinned it is on the first
// row, whichever that is. Afterwards it stays on the row with the same id. If that row
// is missing, the cursor moves to the next row below, in the old order, that is still
// there, else to the next one above. Without rows there is no cursor; with the next
// rows it returns as if the empty list had not been set. Marks stay.
//
// The cursor row keeps its line on the screen if possible. A view of the top of the
// list stays at the top while it shows the cursor.
//
// The grid keeps the slice and reads it during the next call, so pass a new slice each
// time.
func (g *Grid[R]) SetRows(rows []R) {
	before := cursorState[R]{g.rows, g.cursor}
	if before.cursor < 0 {
		before = g.lastCursor
	}
	line := g.cursor - g.offset
	atTop := g.offset == 0

	g.rows = rows
	if len(rows) == 0 {
		g.lastCursor, g.cursor, g.offset = before, -1, 0
		return
	}
	g.lastCursor = cursorState[R]{}
	if !g.pinned {
		g.FollowTop()
		return
	}
	g.cursor = g.follow(before, rows)
	if !atTop {
		g.offset = g.cursor - line
	}
	g.reveal()
}

// follow returns the index of the cursor in the new rows.
func (g *Grid[R]) follow(before cursorState[R], rows []R) int {
	if len(before.rows) == 0 {
		return 0
	}
	id := g.id(before.rows[before.cursor])
	if before.cursor < len(rows) && g.id(rows[before.cursor]) == id {
		return before.cursor // the order rarely changes
	}
	if i := g.indexOf(id, rows); i >= 0 {
		return i
	}
	return g.nearest(before, rows)
}

// nearest returns the index of the nearest remaining row if the cursor row is missing.
//
// Usually one of the next few rows is still there, and searching for a few ids is
// much cheaper than indexing all of them.
func (g *Grid[R]) nearest(before cursorState[R], rows []R) int {
	const few = 4
	tried := 0
	for row := range before.others() {
		if tried == few {
			break
		}
		tried++
		if i := g.indexOf(g.id(row), rows); i >= 0 {
			return i
		}
	}
	index := make(map[string]int, len(rows))
	for i, row := range rows {
		index[g.id(row)] = i
	}
	for row := range before.others() {
		if i, ok := index[g.id(row)]; ok {
			return i
		}
	}
	return min(before.cursor, len(rows)-1)
}

// others yields the rows other than the cursor row in the order in which they inherit
// the cursor: those below, then those above, the nearest first.
func (c cursorState[R]) others() iter.Seq[R] {
	return func(yield func(R) bool) {
		for _, row := range c.rows[c.cursor+1:] {
			if !yield(row) {
				return
			}
		}
		for _, row := range slices.Backward(c.rows[:c.cursor]) {
			if !yield(row) {
				return
			}
		}
	}
}

// indexOf returns the index of the row with the id, -1 if there is none.
func (g *Grid[R]) indexOf(id string, rows []R) int {
	for i, row := range rows {
		if g.id(row) == id {
			return i
		}
	}
	return -1
}

// Position is where a grid was: its cursor and its view.
type Position struct {
	id     string // of the cursor row, "" for none
	line   int    // of the cursor row on the screen
	pinned bool
}

// Position returns where the grid is.
func (g *Grid[R]) Position() Position {
	p := Position{line: g.cursor - g.offset, pinned: g.pinned}
	if row, ok := g.Cursor(); ok {
		p.id = g.id(row)
	}
	return p
}

// Restore returns to a position. The cursor stays where it is if the row that it was on is
// missing.
func (g *Grid[R]) Restore(p Position) {
	if !p.pinned {
		g.FollowTop()
		return
	}
	if i := g.indexOf(p.id, g.rows); i >= 0 {
		g.cursor, g.offset = i, i-p.line
	}
	g.Pin()
	g.reveal()
}
