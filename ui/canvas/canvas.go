// Package canvas composes a frame from blocks of lines, layer by layer. The lines have roles
// instead of colours: [text.Paint] adds the colours once, for the whole frame.
package canvas

import (
	"image"

	"github.com/charmbracelet/lipgloss"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// Canvas is a frame that is being composed.
type Canvas struct {
	size  image.Point
	lines []text.Line
}

// New returns a blank canvas.
func New(size image.Point) *Canvas {
	return &Canvas{size: size, lines: text.Block(nil, size.X, size.Y)}
}

// Lines returns the frame, which has exactly the size of the canvas.
func (c *Canvas) Lines() []text.Line { return c.lines }

// Put fills the rectangle with the lines. It cuts or pads them to fit exactly.
func (c *Canvas) Put(r image.Rectangle, lines ...text.Line) {
	if r.Empty() {
		return
	}
	c.lines = text.Overlay(c.lines, text.Block(lines, r.Dx(), r.Dy()), r.Min)
}

// Rule draws a thin line along the longer side of the rectangle.
func (c *Canvas) Rule(r image.Rectangle) {
	if r.Dx() > 1 {
		c.Put(r, text.Line{{Text: text.Repeat(text.Lit("─"), r.Dx()), Role: theme.Line}})
		return
	}
	lines := make([]text.Line, r.Dy())
	for i := range lines {
		lines[i] = text.Line{{Text: text.Lit("│"), Role: theme.Line}}
	}
	c.Put(r, lines...)
}

// Dim dims everything drawn so far.
func (c *Canvas) Dim() {
	for i, line := range c.lines {
		c.lines[i] = line.On(theme.Dimmed)
	}
}

// Box dims everything drawn so far and draws a dialog with a border over it.
//
// Only the runes of the border come from Lip Gloss. Style.Border needs a string with colours
// and measures it again, but these lines get their colours only after the canvas has cut and
// dimmed them.
func (c *Canvas) Box(r image.Rectangle, lines []text.Line) {
	c.Dim()
	inside := r.Inset(1)
	if inside.Empty() {
		return
	}
	border := lipgloss.RoundedBorder()
	edge := func(left, middle, right string) text.Line {
		return text.Sprintf("%s%s%s", left, text.Repeat(text.Cell(middle), inside.Dx()), right).As(theme.Accent)
	}
	left, right := text.Cell(border.Left).As(theme.Accent), text.Cell(border.Right).As(theme.Accent)
	framed := make([]text.Line, 0, r.Dy())
	framed = append(framed, edge(border.TopLeft, border.Top, border.TopRight))
	for _, line := range text.Block(lines, inside.Dx(), inside.Dy()) {
		framed = append(framed, text.Join(left, line, right))
	}
	framed = append(framed, edge(border.BottomLeft, border.Bottom, border.BottomRight))
	c.Put(r, framed...)
}
