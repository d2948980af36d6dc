// Package canvas composes a frame from blocks of lines, layer by layer. The lines have roles
// instead of colours: [text.Paint] adds the colours once, for the whole frame.
package canvas

import (
	"image"
	"slices"

	"github.com/charmbracelet/lipgloss"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// Canvas is a frame that is being composed. It keeps which part of which line is visible
// where, and copies spans only once, in [Canvas.Lines].
type Canvas struct {
	size  image.Point
	rows  [][]segment // by y; sorted by x, without overlaps
	lines []text.Line
	spans text.Line // of all lines
}

// segment is the visible part of a line in one row of the canvas.
type segment struct {
	from, to int // columns of the canvas
	origin   int // the column where the line starts, at most from
	line     text.Line
	dimmed   bool
}

// Reset blanks the canvas and sets its size. It reuses the memory of the previous frame.
func (c *Canvas) Reset(size image.Point) {
	c.size = size
	height := max(size.Y, 0)
	c.rows = slices.Grow(c.rows[:0], height)[:height]
	for y := range c.rows {
		c.rows[y] = c.rows[y][:0]
	}
}

// Lines returns the frame, which has exactly the size of the canvas. The lines are valid
// until the next call of Lines.
func (c *Canvas) Lines() []text.Line {
	c.lines, c.spans = c.lines[:0], c.spans[:0]
	for _, row := range c.rows {
		start, end := len(c.spans), 0
		for _, s := range row {
			c.spans = text.AppendColumns(c.spans, nil, 0, s.from-end)
			c.spans = s.appendTo(c.spans)
			end = s.to
		}
		c.spans = text.AppendColumns(c.spans, nil, 0, c.size.X-end)
		c.lines = append(c.lines, c.spans[start:len(c.spans):len(c.spans)])
	}
	return c.lines
}

func (s segment) appendTo(spans text.Line) text.Line {
	start := len(spans)
	spans = text.AppendColumns(spans, s.line, s.from-s.origin, s.to-s.origin)
	if s.dimmed {
		for i := range spans[start:] {
			spans[start+i].On = theme.Dimmed
		}
	}
	return spans
}

// Put fills the rectangle with the lines. It cuts or pads them to fit exactly. They must not
// change before [Canvas.Lines] is called.
func (c *Canvas) Put(r image.Rectangle, lines ...text.Line) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		var line text.Line
		if i := y - r.Min.Y; i < len(lines) {
			line = lines[i].Cut(r.Dx(), text.CutEnd)
		}
		c.put(y, segment{from: max(r.Min.X, 0), to: min(r.Max.X, c.size.X), origin: r.Min.X, line: line})
	}
}

// put puts a segment into a row, over what is there.
func (c *Canvas) put(y int, s segment) {
	if y < 0 || y >= len(c.rows) || s.from >= s.to {
		return
	}
	row := c.rows[y]
	first := 0
	for first < len(row) && row[first].to <= s.from {
		first++
	}
	after := first
	for after < len(row) && row[after].from < s.to {
		after++
	}
	if first == after {
		c.rows[y] = slices.Insert(row, first, s)
		return
	}
	over := make([]segment, 0, 3)
	if left := row[first]; left.from < s.from {
		left.to = s.from
		over = append(over, left)
	}
	over = append(over, s)
	if right := row[after-1]; right.to > s.to {
		right.from = s.to
		over = append(over, right)
	}
	c.rows[y] = slices.Replace(row, first, after, over...)
}

// Centre draws a block of lines in the middle of the rectangle, wrapped where they are
// too long.
func (c *Canvas) Centre(r image.Rectangle, lines ...text.Line) {
	const margin = 2 // on each side
	var block []text.Line
	width := 0
	for _, line := range lines {
		for _, part := range line.Wrap(max(r.Dx()-2*margin, 1)) {
			block = append(block, part)
			width = max(width, part.Width())
		}
	}
	r.Min.X += max((r.Dx()-width)/2, 0)
	r.Min.Y += max((r.Dy()-len(block))/2, 0)
	r.Max.Y = min(r.Max.Y, r.Min.Y+len(block))
	c.Put(r, block...)
}

// Rule draws a thin line along the longer side of the rectangle.
func (c *Canvas) Rule(r image.Rectangle) {
	if r.Dx() > 1 {
		c.Put(r, text.Line{{Text: text.Repeat(text.Lit("─"), r.Dx()), Role: theme.Line}})
		return
	}
	cell := text.Line{{Text: text.Lit("│"), Role: theme.Line}}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		c.Put(image.Rect(r.Min.X, y, r.Max.X, y+1), cell)
	}
}

// dim dims everything drawn so far.
func (c *Canvas) dim() {
	c.fill()
	for _, row := range c.rows {
		for i := range row {
			row[i].dimmed = true
		}
	}
}

// fill puts blank segments into the gaps.
func (c *Canvas) fill() {
	for y := range c.rows {
		end := 0
		for i := 0; i <= len(c.rows[y]); i++ {
			gap := segment{from: end, to: c.size.X, origin: end}
			if i < len(c.rows[y]) {
				gap.to, end = c.rows[y][i].from, c.rows[y][i].to
			}
			if gap.from < gap.to {
				c.rows[y] = slices.Insert(c.rows[y], i, gap)
				i++
			}
		}
	}
}

// Box dims everything drawn so far and draws a dialog with a border over it.
//
// Only the runes of the border come from Lip Gloss. Style.Border needs a string with colours
// and measures it again, but these lines get their colours only after the canvas has cut and
// dimmed them.
func (c *Canvas) Box(r image.Rectangle, lines []text.Line) {
	c.dim()
	inside := r.Inset(1)
	if inside.Empty() {
		return
	}
	border := lipgloss.RoundedBorder()
	edge := func(y int, left, middle, right string) {
		line := text.Sprintf("%s%s%s", left, text.Repeat(text.Cell(middle), inside.Dx()), right).As(theme.Accent)
		c.Put(image.Rect(r.Min.X, y, r.Max.X, y+1), line)
	}
	edge(r.Min.Y, border.TopLeft, border.Top, border.TopRight)
	left, right := text.Cell(border.Left).As(theme.Accent), text.Cell(border.Right).As(theme.Accent)
	for y := inside.Min.Y; y < inside.Max.Y; y++ {
		c.Put(image.Rect(r.Min.X, y, inside.Min.X, y+1), left)
		c.Put(image.Rect(inside.Max.X, y, r.Max.X, y+1), right)
	}
	c.Put(inside, lines...)
	edge(inside.Max.Y, border.BottomLeft, border.Bottom, border.BottomRight)
}
