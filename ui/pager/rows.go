package pager

import (
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// rowCache holds the rows of the lines that were shown last, searched and wrapped,
// so that scrolling and drawing again cost nothing. Drawing fills it, which nobody
// can see: whatever would change a row throws it away.
type rowCache map[int][]text.Line

// cacheLines is how many lines are kept: more than the screen and a page around it
// have.
const cacheLines = 1024

func (c *rowCache) put(line int, rows []text.Line) {
	if *c == nil || len(*c) >= cacheLines {
		*c = make(rowCache)
	}
	(*c)[line] = rows
}

func (c *rowCache) forget(line int) { delete(*c, line) }
func (c *rowCache) clear()          { clear(*c) }

// rowsOf returns how many rows a line takes: one, if it is not wrapped.
func (p *Pager) rowsOf(line int) int {
	if !p.wrap {
		return 1
	}
	return len(p.lineRows(line))
}

// row returns the text of one row, without the gutter and as long as it is.
func (p *Pager) row(at place) text.Line { return p.lineRows(at.line)[at.row] }

// lineRows returns the rows of a line with what the search found in it.
func (p *Pager) lineRows(i int) []text.Line {
	if rows, ok := p.rows[i]; ok {
		return rows
	}
	line := p.src.Line(i)
	if !p.find.pattern.isEmpty() {
		line = highlight(line, p.find.pattern.columns(line.String()), p.find.currentIn(i))
	}
	rows := []text.Line{line}
	if p.wrap {
		rows = line.Wrap(p.textWidth())
	}
	p.rows.put(i, rows)
	return rows
}

// highlight draws the matches of a line as [theme.Match], and the current one on
// [theme.Selected] too.
func highlight(line text.Line, matches []stretch, current int) text.Line {
	if len(matches) == 0 {
		return line
	}
	out := make(text.Line, 0, len(line)+2*len(matches))
	rest, col := line, 0
	end := line.Width()
	take := func(to int) text.Line {
		part := rest.Slice(0, to-col)
		rest = rest.Slice(to-col, end-col)
		col = to
		return part
	}
	for i, m := range matches {
		out = append(out, take(m.from)...)
		found := take(m.to).As(theme.Match)
		if i == current {
			found = found.On(theme.Selected)
		}
		out = append(out, found...)
	}
	return append(out, rest...)
}

// currentMatch returns the column in a row where the current match begins.
func currentMatch(row text.Line) (column, width int, ok bool) {
	for _, s := range row {
		if s.On == theme.Selected {
			return column, s.Text.Width(), true
		}
		column += s.Text.Width()
	}
	return 0, 0, false
}
