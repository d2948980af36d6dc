package text

import (
	"slices"
	"strings"
	"unicode/utf8"
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
		n, space := rest.breakAt(w)
		lines = append(lines, rest.take(n))
		rest.take(space)
		left -= n + space
	}
	if left > 0 {
		lines = append(lines, rest)
	}
	return lines
}

// breakAt returns how many cells of the line, which has more than w, go into
// one of w, and how many after them (a space or nothing) go nowhere.
func (l Line) breakAt(w int) (cells, space int) {
	n := l.fit(w)
	if n == 0 {
		return w, 0 // a wide character in a single cell: it becomes two spaces
	}
	head := l.Slice(0, n).Plain().s
	if next, _ := first(l.Slice(n, n+2).String()); next == " " {
		return n, 1
	}
	for end := len(head); ; {
		end = strings.LastIndexByte(head[:end], ' ')
		if end < 0 || strings.Trim(head[:end], " ") == "" {
			return n, 0 // one long word, maybe behind an indent
		}
		if next, _ := utf8.DecodeRuneInString(head[end+1:]); !isMark(next) {
			return width(head[:end+1]), 0
		}
	}
}

// fit returns the width of the longest start of the line that takes at most w
// cells and cuts no character.
func (l Line) fit(w int) int {
	col := 0
	for _, s := range l {
		if col+int(s.Text.w) <= w {
			col += int(s.Text.w)
			continue
		}
		_, n := s.Text.fit(w - col)
		return col + n
	}
	return col
}

// take removes n cells from the start of the line, in place, and returns them.
func (l *Line) take(n int) Line {
	var out Line
	for n > 0 && len(*l) > 0 {
		s := &(*l)[0]
		head := *s
		if w := int(s.Text.w); w <= n {
			n -= w
			*l = (*l)[1:]
		} else {
			head.Text, s.Text = s.Text.split(n)
			n = 0
		}
		out = append(out, head)
	}
	return out
}
