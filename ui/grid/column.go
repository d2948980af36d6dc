package grid

import "daytona/snapdeck/ui/text"

// Column describes one column of a [Grid] of rows of type R. Widths are in terminal
// cells.
type Column[R any] struct {
	ID       string
	Title    text.Safe // the heading, dim
	Subtitle text.Safe // second line of the heading; all columns get one if any has it
	Bright   bool      // draw the heading as a title, not dim: it is data, such as a name

	Min          int      // minimum width, at least 1
	Squeezed     int      // width to which the column shrinks before it is dropped; 0: Min
	Max          int      // maximum width; 0: unlimited; below Min: Min
	DropPriority int      // the column with the highest priority is dropped first, of several the rightmost; 0: never dropped
	MinGridWidth int      // width of the grid below which the column is hidden
	Right        bool     // align to the right, for numbers
	Cut          text.Cut // where to cut a cell that is too wide

	Cell    func(R) text.Line      // the content; called for visible rows only
	Fit     func(R, int) text.Line // the content in at most so many cells, instead of Cell and Cut; may be nil
	Spread  func(R) bool           // whether the cell may extend over cells on its right that are [Idle] or yield; may be nil
	Yields  bool                   // a cell that spreads may cover it, unless the rows are sorted by it
	Compare func(a, b R) int       // for the caller, which sorts; nil: not sortable
}

// Idle is the text of a cell without a value.
const Idle = "–"

// fit returns the content of the cell in at most width cells.
func (c *Column[R]) fit(row R, width int) text.Line {
	if c.Fit != nil {
		return c.Fit(row, width)
	}
	return c.Cell(row).Cut(width, c.Cut)
}

// widthLimits is the part of a column that [widths] needs.
type widthLimits struct {
	min, max     int // in cells; max 0: unlimited
	squeezed     int // before the column is dropped; 0: min
	dropPriority int
	minRoom      int // minimum room for all columns at which this one is shown
}

func (c Column[R]) limits() widthLimits {
	return widthLimits{min: max(1, c.Min), max: c.Max, squeezed: c.Squeezed, dropPriority: c.DropPriority, minRoom: c.MinGridWidth - gutter - margin}
}
