package ui

import (
	"image"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// canvas is the screen while it is put together, layer over layer. Nothing on
// it is painted yet.
type canvas struct {
	size  image.Point
	lines []text.Line
}

func newCanvas(size image.Point) *canvas {
	return &canvas{size: size, lines: text.Block(nil, size.X, size.Y)}
}

// put fills the rectangle with the lines, exactly.
func (c *canvas) put(r image.Rectangle, lines ...text.Line) {
	if r.Empty() {
		return
	}
	c.lines = text.Overlay(c.lines, text.Block(lines, r.Dx(), r.Dy()), r.Min)
}

// rule draws a thin line through the rectangle, along its longer side.
func (c *canvas) rule(r image.Rectangle) {
	if r.Dx() > 1 {
		c.put(r, text.Line{{Text: text.Repeat(text.Lit("─"), r.Dx()), Role: theme.Line}})
		return
	}
	lines := make([]text.Line, r.Dy())
	for i := range lines {
		lines[i] = text.Line{{Text: text.Lit("│"), Role: theme.Line}}
	}
	c.put(r, lines...)
}

// dim puts everything so far behind a dialog.
func (c *canvas) dim() {
	for i, line := range c.lines {
		c.lines[i] = line.On(theme.Behind)
	}
}

// box dims everything so far and draws a dialog with the lines over it.
func (c *canvas) box(r image.Rectangle, lines []text.Line) {
	c.dim()
	inside := r.Inset(1)
	if inside.Empty() {
		return
	}
	edge := func(s text.Safe) text.Line { return text.Line{{Text: s, Role: theme.Accent}} }
	across := text.Repeat(text.Lit("─"), inside.Dx())
	framed := make([]text.Line, 0, r.Dy())
	framed = append(framed, edge(text.Sprintf("╭%s╮", across)))
	for _, line := range text.Block(lines, inside.Dx(), inside.Dy()) {
		framed = append(framed, append(append(edge(text.Lit("│")), line...), edge(text.Lit("│"))...))
	}
	framed = append(framed, edge(text.Sprintf("╰%s╯", across)))
	c.put(r, framed...)
}
