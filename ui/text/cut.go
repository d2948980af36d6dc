package text

// Cut is the part of a text that is replaced by an ellipsis if it does not fit.
type Cut uint8

// The parts to cut.
const (
	CutEnd    Cut = iota // prose: "pull failed: manif…"
	CutMiddle            // names: "payments…canary"
	CutStart             // refs: "…/node:24.3-slim"
)

// ellipsis replaces the part that is cut.
func ellipsis() Safe { return Lit("…") }

// Cut returns the line cut to at most w cells. The ellipsis has the role of its
// neighbour.
func (l Line) Cut(w int, part Cut) Line {
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
	switch part {
	case CutMiddle:
		head = (room + 1) / 2
	case CutStart:
		head = 0
	}
	tail := room - head
	neighbour := head - 1
	if part == CutStart {
		neighbour = total - tail
	}
	dots := l.at(neighbour)
	dots.Text = mark
	out := l.slice(make(Line, 0, len(l)+1), 0, head)
	return l.slice(append(out, dots), total-tail, total)
}

// at returns the span at a column, or the last one.
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

// Slice returns the columns [from, to) of the line. A wide character that is cut in half
// becomes a space.
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
