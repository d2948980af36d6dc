package pager

import (
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// rowCache holds the highlighted and wrapped rows of recently visible lines by line
// number, so that scrolling and redrawing are cheap. Whatever changes a row must drop
// it.
type rowCache map[int][]text.Line

// cacheLines is the capacity of the cache, more than a screen and its neighbouring
// pages.
const cacheLines = 1024

func (c *rowCache) put(line int, rows []text.Line) {
	if *c == nil || len(*c) >= cacheLines {
		*c = make(rowCache)
	}
	(*c)[line] = rows
}

func (c *rowCache) drop(line int) { delete(*c, line) }
func (c *rowCache) clear()        { clear(*c) }

// rowsOf returns the number of rows of a line.
func (p *Pager) rowsOf(line int) int {
	if !p.wrap {
		return 1
	}
	return len(p.lineRows(line))
}

// row returns the text of one row, without the gutter and not cut.
func (p *Pager) row(at position) text.Line { return p.lineRows(at.line)[at.row] }

// lineRows returns the rows of a line with its matches highlighted.
func (p *Pager) lineRows(i int) []text.Line {
	if rows, ok := p.rows[i]; ok {
		return rows
	}
	line := p.src.Line(i)
	if !p.search.pattern.isEmpty() {
		isCurrent := func(match int) bool { return p.search.isCurrent(i, match) }
		line = highlight(line, p.search.pattern.columns(line.String()), isCurrent)
	}
	rows := []text.Line{line}
	if p.wrap {
		rows = line.Wrap(p.textWidth())
	}
	p.rows.put(i, rows)
	return rows
}

// highlight returns the line with its matches in the role [theme.Match], the current one
// on [theme.Selected].
func highlight(line text.Line, matches []columnRange, isCurrent func(match int) bool) text.Line {
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
		if isCurrent(i) {
			found = found.On(theme.Selected)
		}
		out = append(out, found...)
	}
	return append(out, rest...)
}

// currentMatch returns the column and width of the current match in a row.
func currentMatch(row text.Line) (column, width int, ok bool) {
	for _, s := range row {
		if s.On == theme.Selected {
			return column, s.Text.Width(), true
		}
		column += s.Text.Width()
	}
	return 0, 0, false
}
