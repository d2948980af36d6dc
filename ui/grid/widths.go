package grid

// separator is the number of empty cells between two columns.
const separator = 1

// widths shares room cells among columns and returns a width for each, 0 for a
// column that is not shown. The columns with their separators never need more than
// room.
//
// Columns that want more room than there is to be shown at all are left out. Then
// columns go, in their order of dropping, until the rest have their least widths.
// What is left over first widens the columns that have a limit, because they know
// what they need, and then those that take whatever there is. If even the columns
// that are never dropped do not fit, the widest are squeezed.
func widths(columns []span, room int) []int {
	w := make([]int, len(columns))
	for i, c := range columns {
		if room >= c.from {
			w[i] = c.min
		}
	}
	for needed(w) > room {
		i := nextToDrop(columns, w)
		if i < 0 {
			squeeze(w, room)
			return w
		}
		w[i] = 0
	}
	rest := room - needed(w)
	rest = grow(w, rest, func(i int) bool { return w[i] < columns[i].max })
	grow(w, rest, func(i int) bool { return columns[i].max == 0 })
	return w
}

// needed is what columns of these widths take with their separators.
func needed(w []int) int {
	sum, shown := 0, 0
	for _, width := range w {
		if width > 0 {
			sum += width
			shown++
		}
	}
	return sum + separator*max(0, shown-1)
}

// nextToDrop returns the column that gives way first, -1 if none does.
func nextToDrop(columns []span, w []int) int {
	found := -1
	for i, c := range columns {
		if w[i] == 0 || c.drop == 0 {
			continue
		}
		if found < 0 || c.drop >= columns[found].drop {
			found = i
		}
	}
	return found
}

// squeeze takes cells from the widest column until all fit. A column that comes to
// nothing is gone.
func squeeze(w []int, room int) {
	for needed(w) > room {
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

// grow hands out rest one cell at a time, in turn, to the shown columns that want
// more, and returns what nobody wanted.
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
