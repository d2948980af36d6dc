package text

import "image"

// Block returns exactly h lines of exactly w cells: lines that are too wide
// are cut, missing ones are blank. It is the only function that makes a
// rectangle.
func Block(lines []Line, w, h int) []Line {
	if h <= 0 {
		return nil
	}
	out := make([]Line, h)
	for i := range out {
		if i < len(lines) {
			out[i] = lines[i].Fit(w)
		} else {
			out[i] = Line(nil).Fit(w)
		}
	}
	return out
}

// Overlay lays a box over a base, with its top left corner at a point. What
// the box does not cover stays; what of it lies outside of the base is cut.
func Overlay(base, box []Line, at image.Point) []Line {
	out := make([]Line, len(base))
	copy(out, base)
	for i, over := range box {
		y := at.Y + i
		if y < 0 || y >= len(base) {
			continue
		}
		under := base[y]
		width := under.Width()
		over = over.Slice(-at.X, width-at.X)
		x := max(at.X, 0)
		out[y] = Join(under.Slice(0, x), over, under.Slice(x+over.Width(), width))
	}
	return out
}
