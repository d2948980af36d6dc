package grid

import "daytona/snapdeck/ui/text"

// line builds a line from left to right. Padding and separators between two pieces are
// one span, since fewer spans cost less to allocate and to paint.
type line struct {
	spans text.Line
	width int
}

// newLine returns an empty line with the capacity for a row whose cells have up to two
// spans, so that it does not grow.
func (g *Grid[R]) newLine() line {
	return line{spans: make(text.Line, 0, 6+3*len(g.slots))}
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
