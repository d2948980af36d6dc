package grid

import "daytona/snapdeck/ui/text"

// line is a line that is put together from the left. The empty cells between its
// pieces are one span, whether they are padding or separators: the fewer spans, the
// less there is to allocate and to paint.
type line struct {
	spans text.Line
	width int
}

// newLine returns an empty line with room for what a row usually has: a cell of a
// span or two, and blanks.
func (g *Grid[R]) newLine() line {
	return line{spans: make(text.Line, 0, 4+3*len(g.slots))}
}

// add puts a piece at a column that is not left of what is there.
func (l *line) add(at int, piece ...text.Span) {
	l.blank(at)
	l.spans = append(l.spans, piece...)
	l.width += text.Line(piece).Width()
}

// addCell puts a cell, which is not wider than its slot, to the left or right end
// of that.
func (l *line) addCell(s slot, cell text.Line, right bool) {
	at := s.x
	if right {
		at += s.width - cell.Width()
	}
	l.add(at, cell...)
}

// blank fills up with empty cells.
func (l *line) blank(to int) {
	if n := to - l.width; n > 0 {
		l.spans = append(l.spans, text.Span{Text: text.Repeat(text.Safe{}, n)})
		l.width = to
	}
}

// filled returns the line, filled up to a width.
func (l *line) filled(width int) text.Line {
	l.blank(width)
	return l.spans
}
