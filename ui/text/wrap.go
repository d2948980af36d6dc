package text

import (
	"slices"
	"strings"
	"unicode/utf8"

	"daytona/snapdeck/theme"
)

// Wrap splits the line into lines of at most w cells, after spaces if possible, else
// within a word. A number stays with the next word: "4 CPU". It drops nothing but a space that
// does not fit at the end of a line. An empty line stays one line; a width below 1 is treated
// as 1.
func (l Line) Wrap(w int) []Line {
	w = max(w, 1)
	remaining := l.Width()
	if remaining <= w {
		return []Line{l}
	}
	rest := slices.Clone(l)
	lines := make([]Line, 0, remaining/w+1)
	for remaining > w {
		n, space := rest.breakAt(w)
		lines = append(lines, rest.cutFirst(n))
		rest.cutFirst(space)
		remaining -= n + space
	}
	if remaining > 0 {
		lines = append(lines, rest)
	}
	return lines
}

// breakAt returns the number of cells of the next line of at most w cells, and the number
// of cells to drop after it (a space or none). The line is wider than w.
func (l Line) breakAt(w int) (cells, space int) {
	n := l.prefixFit(w)
	if n == 0 {
		return w, 0 // a wide character in a single cell: it becomes two spaces
	}
	head := l.Slice(0, n).Plain().s
	next, _ := firstCluster(l.Slice(n, n+2).String())
	number := endsInNumber(head) // stays with the word after it, such as its unit
	if next == " " && !number {
		return n, 1
	}
	number = number && next == " "
	for end := len(head); ; {
		end = strings.LastIndexByte(head[:end], ' ')
		if end < 0 || strings.Trim(head[:end], " ") == "" {
			return n, 0 // one long word, perhaps indented
		}
		if next, _ := utf8.DecodeRuneInString(head[end+1:]); isMark(next) {
			continue
		}
		if !number && endsInNumber(head[:end]) {
			number = true
			continue
		}
		return width(head[:end+1]), 0
	}
}

// endsInNumber reports whether the last word of several is a number.
func endsInNumber(s string) bool {
	start := strings.LastIndexByte(s, ' ') + 1
	return start < len(s) && strings.Trim(s[start:], "0123456789") == "" && strings.Trim(s[:start], " ") != ""
}

// prefixFit returns the width of the longest prefix of the line that takes at most w
// cells and cuts no character.
func (l Line) prefixFit(w int) int {
	col := 0
	for _, s := range l {
		if col+int(s.Text.w) <= w {
			col += int(s.Text.w)
			continue
		}
		_, n := s.Text.prefixFit(w - col)
		return col + n
	}
	return col
}

// cutFirst removes the first n cells of the line, in place, and returns them.
func (l *Line) cutFirst(n int) Line {
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

// WrapHanging is [Line.Wrap] with all lines but the first indented by some cells.
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
