package row

import (
	"fmt"
	"slices"
	"strings"

	"daytona/snapdeck/model"
)

// Reversed is the suffix that reverses a sort in [ParseSort].
const Reversed = ":reverse"

// Sort is the order of the rows. The zero Sort is the default: best match first if the
// query has words, otherwise rows that need attention first.
type Sort struct {
	Column   string // id
	Reversed bool
}

// ParseSort parses a column id, such as "used", with an optional suffix, as in
// "used:reverse". The error lists the columns.
func ParseSort(s string) (Sort, error) {
	column, reversed := strings.CutSuffix(s, Reversed)
	if all := SortColumns(); !slices.Contains(all, column) {
		return Sort{}, fmt.Errorf("no column %q to sort by: want one of %s, or one followed by %s", column, strings.Join(all, ", "), Reversed)
	}
	return Sort{Column: column, Reversed: reversed}, nil
}

// SortColumns returns the columns that the rows can be sorted by, left to right.
func SortColumns() []string {
	var ids []string
	for _, c := range Columns(&ViewState{}) {
		if c.Compare != nil {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// Comparator returns a function that compares snapshots by a column, and by name if they
// are equal, so that the order is stable. The function is safe for concurrent use: it
// does not see later changes of v.
func (v *ViewState) Comparator(by Sort) func(x, y *model.Snapshot) int {
	compare := model.CompareAttention
	frozen := &ViewState{Data: v.Data, Organization: v.Organization}
	for _, column := range Columns(frozen) {
		if column.ID == by.Column && column.Compare != nil {
			compare = column.Compare
		}
	}
	return func(x, y *model.Snapshot) int {
		if by.Reversed {
			x, y = y, x
		}
		if c := compare(x, y); c != 0 {
			return c
		}
		return model.CompareName(x, y)
	}
}
