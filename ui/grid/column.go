package grid

import "daytona/snapdeck/ui/text"

// Column is one column: what it is called, how wide it may be and how a row of
// type R is shown in it. Widths are in cells.
type Column[R any] struct {
	ID       string
	Title    text.Safe // the heading, dim
	Subtitle text.Safe // a second line of heading; all columns get one if any has it
	Bright   bool      // the heading is data, such as a name: drawn as a title, not dim

	Min          int              // the width below which the column is not worth showing; at least 1
	Max          int              // the width it never exceeds; 0: as wide as there is room
	DropPriority int              // as room shrinks the highest goes first, of equal ones the rightmost; 0: never
	MinGridWidth int              // the width of the grid below which the column leaves its room to the others
	Right        bool             // aligned to the right, for numbers
	Cut          text.Cut         // where a cell that is too wide is cut
	CutFor       func(R) text.Cut // the same for a column whose rows differ; nil: Cut

	Cell    func(R) text.Line // what is shown; called for visible rows only
	Compare func(a, b R) int  // the column's order for the caller's sort; nil: not sortable
}

// cut returns where the row's cell is cut.
func (c Column[R]) cut(row R) text.Cut {
	if c.CutFor != nil {
		return c.CutFor(row)
	}
	return c.Cut
}

// span is the widths one column may have, and the room from which it is shown.
type span struct{ min, max, drop, from int }

// span returns the column's widths made consistent.
func (c Column[R]) span() span {
	s := span{min: max(1, c.Min), max: c.Max, drop: c.DropPriority, from: c.MinGridWidth - gutter - margin}
	if s.max > 0 {
		s.max = max(s.min, s.max)
	}
	return s
}
