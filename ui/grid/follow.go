package grid

// place is a position in rows that are not shown any more: where the cursor was
// before there was nothing left to put it on.
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
		before = g.last
	}
	line := g.cursor - g.offset
	atTop := g.offset == 0

	g.rows = rows
	if len(rows) == 0 {
		g.last, g.cursor, g.offset = before, -1, 0
		return
	}
	g.last = place[R]{}
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

// neighbour returns the row nearest to a place whose own row is gone, looking down
// the old order first, then up.
//
// Nearly always one of the next few is still there, so few are looked for first,
// then more and more: each step reads all rows once and remembers only the ids it
// looks for.
func (g *Grid[R]) neighbour(was place[R], rows []R) int {
	const few, more = 16, 32
	below := len(was.rows) - was.cursor - 1
	nth := func(k int) R { // the kth candidate
		if k < below {
			return was.rows[was.cursor+1+k]
		}
		return was.rows[was.cursor-1-(k-below)]
	}
	for from, n := 0, few; from < len(was.rows)-1; from, n = from+n, n*more {
		to := min(from+n, len(was.rows)-1)
		rank := make(map[string]int, to-from)
		for k := to - 1; k >= from; k-- {
			rank[g.id(nth(k))] = k
		}
		best, at := to, -1
		for i, row := range rows {
			if k, ok := rank[g.id(row)]; ok && k < best {
				best, at = k, i
			}
		}
		if at >= 0 {
			return at
		}
	}
	return min(was.cursor, len(rows)-1)
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
