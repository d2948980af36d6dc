package text

import "image"

// Block returns exactly h lines of exactly w cells. It cuts lines that are too wide and
// adds blank lines.
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

// Overlay draws a box over base with its top left corner at a point. It clips the parts
// of the box outside base.
func Overlay(base, box []Line, at image.Point) []Line {
	out := make([]Line, len(base))
	copy(out, base)
	for i, line := range box {
		y := at.Y + i
		if y < 0 || y >= len(base) {
			continue
		}
		under := base[y]
		width := under.Width()
		line = line.Slice(-at.X, width-at.X)
		x := max(at.X, 0)
		out[y] = Join(under.Slice(0, x), line, under.Slice(x+line.Width(), width))
	}
	return out
}
