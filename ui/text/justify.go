package text

import "daytona/snapdeck/theme"

// Justify returns a line of w cells with one line at its left end and one at its
// right end, followed by a space. Where both do not fit, the right one stays whole
// and the left one is cut.
func Justify(left, right Line, w int) Line {
	right = Join(right, Line{{Text: Lit(" ")}})
	room := w - right.Width()
	if room < 2 {
		return right.Fit(w)
	}
	return Join(left.Fit(room-1), Lit(" ").As(theme.Text), right)
}

// WrapHanging returns the line in lines of at most w cells, where all but the first
// are indented. A line that fits stays one.
func (l Line) WrapHanging(w, indent int) []Line {
	if l.Width() <= w {
		return []Line{l}
	}
	lines := l.Wrap(max(w-indent, 1))
	for i := range lines[1:] {
		lines[i+1] = Join(Repeat(Lit(" "), indent).As(theme.Text), lines[i+1])
	}
	return lines
}
