package text

import (
	"slices"

	"daytona/snapdeck/theme"
)

// Cut says which part of a text gives way when there is no room for all of it.
type Cut uint8

// The ways to cut. The kept parts are the start, both ends, the end.
const (
	CutEnd    Cut = iota // prose: "pull failed: manif…"
	CutMiddle            // names: "payments…canary"
	CutStart             // refs: "…/node:24.3-slim"
)

// ellipsis stands for what was cut.
func ellipsis() Safe { return Lit("…") }

// Cut returns the line in at most w cells. Where something was cut there is an
// ellipsis in the role of its neighbour.
func (l Line) Cut(w int, how Cut) Line {
	total := l.Width()
	if total <= w {
		return l
	}
	mark := ellipsis()
	room := w - int(mark.w)
	if room < 0 {
		return nil
	}
	head := room
	switch how {
	case CutMiddle:
		head = (room + 1) / 2
	case CutStart:
		head = 0
	}
	tail := room - head
	near := head - 1
	if how == CutStart {
		near = total - tail
	}
	dots := l.at(near)
	dots.Text = mark
	out := l.slice(make(Line, 0, len(l)+1), 0, head)
	return l.slice(append(out, dots), total-tail, total)
}

// at returns the span at a column, or the nearest one.
func (l Line) at(col int) Span {
	for _, s := range l {
		if col < int(s.Text.w) {
			return s
		}
		col -= int(s.Text.w)
	}
	if len(l) == 0 {
		return Span{}
	}
	return l[len(l)-1]
}

// Slice returns the columns [from, to) of the line, as far as there are any.
// Of a wide character that is cut in half a space is left.
func (l Line) Slice(from, to int) Line {
	return l.slice(nil, from, to)
}

func (l Line) slice(out Line, from, to int) Line {
	col := 0
	for _, s := range l {
		if col >= to {
			break
		}
		w := int(s.Text.w)
		a, b := max(from-col, 0), min(to-col, w)
		col += w
		if a >= b {
			continue
		}
		if b < w {
			s.Text, _ = s.Text.split(b)
		}
		if a > 0 {
			_, s.Text = s.Text.split(a)
		}
		out = append(out, s)
	}
	return out
}

// Fit returns the line in exactly w cells: cut at the end, or filled up with
// spaces on the surface of its last span.
func (l Line) Fit(w int) Line {
	l = l.Cut(w, CutEnd)
	rest := w - l.Width()
	if rest <= 0 {
		return l
	}
	return append(slices.Clip(l), l.padding(rest, len(l)-1))
}

// Right returns the line at the right end of exactly w cells, cut if it is too
// long.
func (l Line) Right(w int) Line {
	l = l.Cut(w, CutEnd)
	rest := w - l.Width()
	if rest <= 0 {
		return l
	}
	return append(append(make(Line, 0, len(l)+1), l.padding(rest, 0)), l...)
}

// padding returns spaces on the surface of one of the spans.
func (l Line) padding(w, like int) Span {
	s := Span{Text: blank(w), Role: theme.Text}
	if 0 <= like && like < len(l) {
		s.On = l[like].On
	}
	return s
}
