package row

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"daytona/snapdeck/model"
)

// Reversed is the suffix that reverses a written sort.
const Reversed = ":reverse"

// Sort is a chosen order of the rows. The zero Sort is the default: the best match
// first where a query has words, else what needs a person first.
type Sort struct {
	Column   string // its id
	Reversed bool
}

// ParseSort parses a sort from a command line: a column, such as "used", or the
// reverse, "used:reverse". The error lists the columns.
func ParseSort(written string) (Sort, error) {
	column, backwards := strings.CutSuffix(written, Reversed)
	if all := SortColumns(); !slices.Contains(all, column) {
		return Sort{}, fmt.Errorf("no column %q to sort by: want one of %s, or one followed by %s", column, strings.Join(all, ", "), Reversed)
	}
	return Sort{Column: column, Reversed: backwards}, nil
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

// Comparator orders snapshots by a column, and by name where they are equal in it, so
// that no row moves without a reason. It runs on other goroutines too, so it reads a
// copy: later changes do not reach it.
func (v *ViewState) Comparator(by Sort) func(x, y *model.Snapshot) int {
	compare := model.CompareAttention
	fixed := &ViewState{Data: v.Data, Organization: v.Organization}
	for _, column := range Columns(fixed) {
		if column.ID == by.Column && column.Compare != nil {
			compare = column.Compare
		}
	}
	return func(x, y *model.Snapshot) int {
		if by.Reversed {
			x, y = y, x
		}
		return cmp.Or(compare(x, y), model.CompareName(x, y))
	}
}
