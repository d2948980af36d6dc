// Package canvas puts a frame together from blocks of lines, layer over layer.
// Nothing on a canvas is painted: [text.Paint] does that once, for the whole
// frame.
package canvas

import (
	"image"

	"github.com/charmbracelet/lipgloss"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// Canvas is a frame while it is put together.
type Canvas struct {
	size  image.Point
	lines []text.Line
}

// New returns a blank canvas.
func New(size image.Point) *Canvas {
	return &Canvas{size: size, lines: text.Block(nil, size.X, size.Y)}
}

// Lines returns the frame: as many lines as the canvas is high, each as wide.
func (c *Canvas) Lines() []text.Line { return c.lines }

// Put fills the rectangle with the lines, exactly.
func (c *Canvas) Put(r image.Rectangle, lines ...text.Line) {
	if r.Empty() {
		return
	}
	c.lines = text.Overlay(c.lines, text.Block(lines, r.Dx(), r.Dy()), r.Min)
}

// Rule draws a thin line through the rectangle, along its longer side.
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

// Dim moves everything so far behind a dialog.
func (c *Canvas) Dim() {
	for i, line := range c.lines {
		c.lines[i] = line.On(theme.Dimmed)
	}
}

// Box dims everything so far and draws a dialog with the lines over it.
//
// The border is Lip Gloss's, its runes only. Style.Border draws around a string
// that is painted already, and measures that again; the lines here get their
// colours last, once the canvas has cut them and moved them behind a dialog.
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
