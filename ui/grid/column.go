package grid

import "daytona/snapdeck/ui/text"

// Column describes one column of a [Grid] of rows of type R. Widths are in terminal
// cells.
type Column[R any] struct {
	ID       string
	Title    text.Safe // the heading, dim
	Subtitle text.Safe // second line of the heading; all columns get one if any has it
	Bright   bool      // draw the heading as a title, not dim: it is data, such as a name

	Min          int              // minimum width, at least 1
	Max          int              // maximum width; 0: unlimited; below Min: Min
	DropPriority int              // the column with the highest priority is dropped first, of several the rightmost; 0: never dropped
	MinGridWidth int              // width of the grid below which the column is hidden
	Right        bool             // align to the right, for numbers
	Cut          text.Cut         // where to cut a cell that is too wide
	CutFor       func(R) text.Cut // overrides Cut for each row; may be nil

	Cell    func(R) text.Line // the content; called for visible rows only
	Compare func(a, b R) int  // for the caller, which sorts; nil: not sortable
}

// cut returns where to cut the cell of the row.
func (c Column[R]) cut(row R) text.Cut {
	if c.CutFor != nil {
		return c.CutFor(row)
	}
	return c.Cut
}

// widthLimits is the part of a column that [widths] needs.
type widthLimits struct {
	min, max     int // in cells; max 0: unlimited
	dropPriority int
	minRoom      int // minimum room for all columns at which this one is shown
}

func (c Column[R]) limits() widthLimits {
	return widthLimits{min: max(1, c.Min), max: c.Max, dropPriority: c.DropPriority, minRoom: c.MinGridWidth - gutter - margin}
}
