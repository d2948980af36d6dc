// Package listview shows a list with the details of the entry under its cursor below it.
package listview

import (
	"image"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/text"
)

const (
	// minDetails is the least number of lines for the details, with the rule above them.
	minDetails = 4
	// minRows is how many lines the grid keeps, with its heading.
	minRows = 4
)

// List is a grid of rows that may be cut.
type List[R any] struct {
	*grid.Grid[R]
	id          func(R) string
	details     func(R) []text.Line
	empty       text.Safe
	rows, below image.Rectangle
}

// New returns a list without rows. details returns all of a row, to be wrapped; empty
// stands in the middle while there is no row.
func New[R any](id func(R) string, details func(R) []text.Line, empty text.Safe, columns ...grid.Column[R]) *List[R] {
	l := &List[R]{Grid: grid.New(id), id: id, details: details, empty: empty}
	l.SetColumns(columns)
	return l
}

// Arrange divides the rectangle between the grid and the details.
func (l *List[R]) Arrange(r image.Rectangle) {
	l.rows, l.below = r, r
	wanted := len(l.lines(r.Dx())) + 1
	// A list that the cursor moves through should not change its height with each step.
	if height := min(max(wanted, minDetails, r.Dy()/4), r.Dy()-minRows); height > 1 {
		l.rows.Max.Y = r.Max.Y - height
	}
	l.below.Min.Y = l.rows.Max.Y
	l.SetSize(l.rows.Dx(), l.rows.Dy())
}

// Press moves the cursor to the row at a cell of the screen, and returns the id of the row. It
// returns false if there is no row.
func (l *List[R]) Press(at image.Point) (id string, ok bool) {
	if !at.In(l.rows) {
		return "", false
	}
	at = at.Sub(l.rows.Min)
	index, _, ok := l.At(at.X, at.Y)
	if !ok || index == grid.Heading {
		return "", false
	}
	id = l.id(l.Rows()[index])
	return id, l.Select(id)
}

// lines returns the details in so many cells, with a cell on each side.
func (l *List[R]) lines(width int) []text.Line {
	row, ok := l.Cursor()
	if !ok {
		return nil
	}
	var lines []text.Line
	for _, line := range l.details(row) {
		lines = append(lines, line.Wrap(max(width-2, 1))...)
	}
	return lines
}

// Draw draws the list where [List.Arrange] put it.
func (l *List[R]) Draw(c *canvas.Canvas) {
	c.Put(l.rows, l.View(true)...)
	c.Put(l.below) // over the table behind it
	if l.Len() == 0 {
		c.Centre(l.rows.Union(l.below), l.empty.As(theme.Dim))
		return
	}
	if l.below.Empty() {
		return
	}
	rule, rest := l.below, l.below
	rule.Max.Y = rule.Min.Y + 1
	c.Rule(rule)
	rest.Min = rest.Min.Add(image.Pt(1, 1))
	c.Put(rest, l.lines(l.below.Dx())...)
}
