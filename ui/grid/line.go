package grid

import "daytona/snapdeck/ui/text"

// line builds a line from left to right. Padding and separators between two pieces are
// one span, since fewer spans cost less to allocate and to paint.
type line struct {
	spans text.Line
	width int
}

// newLine returns an empty line with the capacity for a row whose cells have up to two
// spans, so that it does not grow. It is taken from the memory of the previous view.
func (g *Grid[R]) newLine() line {
	capacity := 6 + 3*len(g.slots)
	start := len(g.spans)
	end := start + capacity
	if end > cap(g.spans) {
		g.spans = make([]text.Span, 0, max(g.height, 1)*capacity)
		start, end = 0, capacity
	}
	g.spans = g.spans[:end]
	return line{spans: g.spans[start:start:end]}
}

// add appends a piece at a column, which must not be left of the end of the line.
func (l *line) add(at int, piece ...text.Span) {
	l.padTo(at)
	l.spans = append(l.spans, piece...)
	l.width += text.Line(piece).Width()
}

// addCell appends a cell, aligned within its slot. The cell must fit.
func (l *line) addCell(s slot, cell text.Line, right bool) {
	at := s.x
	if right {
		at += s.width - cell.Width()
	}
	l.add(at, cell...)
}

// padTo appends empty cells up to a column.
func (l *line) padTo(column int) {
	if n := column - l.width; n > 0 {
		l.spans = append(l.spans, text.Span{Text: text.Repeat(text.Safe{}, n)})
		l.width = column
	}
}

// finish pads the line to a width and returns it.
func (l *line) finish(width int) text.Line {
	l.padTo(width)
	return l.spans
}
