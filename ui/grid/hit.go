package grid

// Heading is the row that [Grid.At] returns for the column headings.
const Heading = -1

// At tells what is at a cell of the grid, counted from its top left: the index of
// the row, or [Heading], and the ID of the column, which is empty in the gutter and
// to the right of the last column. It is false where nothing is.
func (g *Grid[R]) At(x, y int) (row int, columnID string, ok bool) {
	if x < 0 || x >= g.width || y < 0 || y >= g.height {
		return 0, "", false
	}
	row = g.offset + y - g.headings()
	if y < g.headings() {
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
