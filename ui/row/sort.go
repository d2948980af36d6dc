package row

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"daytona/snapdeck/model"
)

// Reversed is what a written sort ends in where it goes the other way round.
const Reversed = ":reverse"

// Sort is a chosen order of the rows. The zero Sort is the default: the best match
// first where a query has words, else what needs a person first.
type Sort struct {
	Column   string // its id
	Reversed bool
}

// ParseSort reads a sort as it is written on a command line: a column, such as
// "used", or the same the other way round, "used:reverse". The error says what
// was expected.
func ParseSort(written string) (Sort, error) {
	column, backwards := strings.CutSuffix(written, Reversed)
	if all := SortColumns(); !slices.Contains(all, column) {
		return Sort{}, fmt.Errorf("%q is no column to sort by, want one of %s, or one followed by %s", column, strings.Join(all, ", "), Reversed)
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

// Comparator orders two snapshots by a column. What is equal in it stays in the
// order of the names, so that no row moves without a reason. It is called beside the
// loop too, so it is made from a copy of what is known now: what is learned later
// does not reach it.
func (v *ViewState) Comparator(by Sort) func(x, y *model.Snapshot) int {
	compare := model.CompareAttention
	now := &ViewState{Data: v.Data, Organization: v.Organization}
	for _, column := range Columns(now) {
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
