package grid

import (
	"iter"
	"slices"
)

// place is a row among others that may not be shown any more.
type place[R any] struct {
	rows   []R
	cursor int
}

// SetRows replaces the rows. The cursor stays on the row with the same id; if that
// is gone it goes to the next row below, in the old order, that is still there, or
// else to the next one above. If no row comes there is no cursor, and once there
// are rows again it returns as if there had always been some. Marks stay.
//
// The cursor's row keeps its line on the screen if that is possible. A view of the
// top of the list stays at the top as long as it shows the cursor.
//
// The grid keeps the slice and reads it until after the next call, so give it a
// new one every time.
func (g *Grid[R]) SetRows(rows []R) {
	before := place[R]{g.rows, g.cursor}
	if before.cursor < 0 {
		before = g.lost
	}
	line := g.cursor - g.offset
	atTop := g.offset == 0

	g.rows = rows
	if len(rows) == 0 {
		g.lost, g.cursor, g.offset = before, -1, 0
		return
	}
	g.lost = place[R]{}
	g.cursor = g.follow(before, rows)
	if !atTop {
		g.offset = g.cursor - line
	}
	g.reveal()
}

// follow returns where in rows the cursor goes that was at a place.
func (g *Grid[R]) follow(was place[R], rows []R) int {
	if len(was.rows) == 0 {
		return 0
	}
	id := g.id(was.rows[was.cursor])
	if was.cursor < len(rows) && g.id(rows[was.cursor]) == id {
		return was.cursor // most polls change no order
	}
	if i := g.find(id, rows); i >= 0 {
		return i
	}
	return g.neighbour(was, rows)
}

// neighbour returns the row nearest to a place whose own row is gone.
//
// Nearly always one of the next few is still there, and looking through the rows
// for a few ids is much cheaper than indexing all of them.
func (g *Grid[R]) neighbour(was place[R], rows []R) int {
	const few = 4
	tried := 0
	for row := range was.neighbours() {
		if tried == few {
			break
		}
		tried++
		if i := g.find(g.id(row), rows); i >= 0 {
			return i
		}
	}
	index := make(map[string]int, len(rows))
	for i, row := range rows {
		index[g.id(row)] = i
	}
	for row := range was.neighbours() {
		if i, ok := index[g.id(row)]; ok {
			return i
		}
	}
	return min(was.cursor, len(rows)-1)
}

// neighbours yields the other rows in the order in which they inherit the cursor:
// those below, then those above, the nearest first.
func (p place[R]) neighbours() iter.Seq[R] {
	return func(yield func(R) bool) {
		for _, row := range p.rows[p.cursor+1:] {
			if !yield(row) {
				return
			}
		}
		for _, row := range slices.Backward(p.rows[:p.cursor]) {
			if !yield(row) {
				return
			}
		}
	}
}

// find returns the index of the row with an id, -1 if there is none.
func (g *Grid[R]) find(id string, rows []R) int {
	for i, row := range rows {
		if g.id(row) == id {
			return i
		}
	}
	return -1
}
