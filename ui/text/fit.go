package text

import (
	"slices"

	"daytona/snapdeck/theme"
)

// Fit returns the line in exactly w cells: cut at the end, or padded with spaces on the
// surface of its last span.
func (l Line) Fit(w int) Line {
	l = l.Cut(w, CutEnd)
	rest := w - l.Width()
	if rest <= 0 {
		return l
	}
	return append(slices.Clip(l), l.padding(rest, len(l)-1))
}

// Right returns the line aligned to the right in exactly w cells, cut at the end if it
// does not fit.
func (l Line) Right(w int) Line {
	l = l.Cut(w, CutEnd)
	rest := w - l.Width()
	if rest <= 0 {
		return l
	}
	return append(append(make(Line, 0, len(l)+1), l.padding(rest, 0)), l...)
}

// AppendColumns appends the columns [from, to) of the line to out. Columns beyond the end of
// the line are spaces on the surface of its last span.
func AppendColumns(out, line Line, from, to int) Line {
	out = line.slice(out, from, to)
	rest := to - max(from, line.Width())
	if rest <= 0 {
		return out
	}
	return append(out, line.padding(rest, len(line)-1))
}

// padding returns w spaces on the surface of a span.
func (l Line) padding(w, span int) Span {
	s := Span{Text: spaces(w), Role: theme.Text}
	if 0 <= span && span < len(l) {
		s.On = l[span].On
	}
	return s
}

// Justify returns a line of w cells with left at its start and right at its end,
// followed by a space. If both do not fit, left is cut.
func Justify(left, right Line, w int) Line {
	right = Join(right, Line{{Text: Lit(" ")}})
	room := w - right.Width()
	if room < 2 {
		return right.Fit(w)
	}
	return Join(left.Fit(room-1), Lit(" ").As(theme.Text), right)
}

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
