package grid

// separator is the number of empty cells between two columns.
const separator = 2

// widths distributes room cells among the columns and returns the width of each, 0 for
// a hidden one. The columns and their separators never take more than room.
//
//  1. Columns with a minRoom greater than room are hidden.
//  2. Columns are dropped by priority until the rest fit with their minimum widths; one
//     with a squeezed width shrinks down to that first. If those that are never dropped do
//     not fit, the widest are shrunk.
//  3. The rest of the room widens columns with a maximum width, then unlimited ones.
func widths(columns []widthLimits, room int) []int {
	w := make([]int, len(columns))
	for i, c := range columns {
		if room >= c.minRoom {
			w[i] = c.min
		}
	}
	for totalWidth(w) > room {
		i := nextToDrop(columns, w)
		if i < 0 {
			shrinkWidest(w, room)
			return w
		}
		if squeezed := columns[i].squeezed; squeezed > 0 && w[i] > squeezed {
			w[i] = max(squeezed, w[i]-(totalWidth(w)-room))
			continue
		}
		w[i] = 0
	}
	rest := room - totalWidth(w)
	rest = grow(w, rest, func(i int) bool { return w[i] < columns[i].max })
	grow(w, rest, func(i int) bool { return columns[i].max == 0 })
	return w
}

// totalWidth returns the width of the columns with their separators.
func totalWidth(w []int) int {
	sum, shown := 0, 0
	for _, width := range w {
		if width > 0 {
			sum += width
			shown++
		}
	}
	return sum + separator*max(0, shown-1)
}

// nextToDrop returns the index of the column to drop next, -1 if none may be dropped.
func nextToDrop(columns []widthLimits, w []int) int {
	found := -1
	for i, c := range columns {
		if w[i] == 0 || c.dropPriority == 0 {
			continue
		}
		if found < 0 || c.dropPriority >= columns[found].dropPriority {
			found = i
		}
	}
	return found
}

// shrinkWidest takes cells from the widest column until all fit. A column of width 0 is
// hidden.
func shrinkWidest(w []int, room int) {
	for totalWidth(w) > room {
		widest := 0
		for i := range w {
			if w[i] >= w[widest] {
				widest = i
			}
		}
		if len(w) == 0 || w[widest] == 0 {
			return
		}
		w[widest]--
	}
}

// grow distributes rest, one cell at a time and in turn, to the visible columns that
// want more. It returns the cells that are left.
func grow(w []int, rest int, wants func(i int) bool) int {
	for rest > 0 {
		before := rest
		for i := range w {
			if rest > 0 && w[i] > 0 && wants(i) {
				w[i]++
				rest--
			}
		}
		if rest == before {
			break
		}
	}
	return rest
}
