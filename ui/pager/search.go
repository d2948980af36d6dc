package pager

import (
	"cmp"
	"slices"
)

// search is a pattern and the lines with matches.
type search struct {
	pattern    pattern
	matchLines []matchLine // ascending
	total      int         // number of matches
	linesRead  int
	current    int // number of the current match, from 1; 0: none
}

// matchLine is a line with matches.
type matchLine struct {
	line          int
	matchesBefore int // number of matches in the lines above
}

// reset discards the matches and keeps the pattern.
func (s *search) reset() { s.rewind(0) }

// rewind discards the matches at and below a line.
func (s *search) rewind(line int) {
	s.linesRead = min(s.linesRead, max(0, line))
	if n := s.indexFrom(s.linesRead); n < len(s.matchLines) {
		s.total = s.matchLines[n].matchesBefore
		s.matchLines = s.matchLines[:n]
	}
}

// read searches the lines that were not read yet.
func (s *search) read(src Source, length int) {
	if s.pattern.isEmpty() {
		return
	}
	for ; s.linesRead < length; s.linesRead++ {
		if n := s.pattern.count(plainLine(src, s.linesRead)); n > 0 {
			s.matchLines = append(s.matchLines, matchLine{line: s.linesRead, matchesBefore: s.total})
			s.total += n
		}
	}
	if s.current > s.total {
		s.current = 0
	}
}

// indexFrom returns the index of the first match line at or below a line.
func (s *search) indexFrom(line int) int {
	i, _ := slices.BinarySearchFunc(s.matchLines, line, func(l matchLine, line int) int {
		return cmp.Compare(l.line, line)
	})
	return i
}

// firstFrom returns the number of the first match at or below a line, 1 if there is
// none.
func (s *search) firstFrom(line int) int {
	if n := s.indexFrom(line); n < len(s.matchLines) {
		return s.matchLines[n].matchesBefore + 1
	}
	return 1
}

// lastBefore returns the number of the last match above a line, the last of all if there
// is none.
func (s *search) lastBefore(line int) int {
	if n := s.indexFrom(line); n < len(s.matchLines) && n > 0 {
		return s.matchLines[n].matchesBefore
	}
	return s.total
}

// lineOf returns the line of a match.
func (s *search) lineOf(match int) matchLine {
	below, _ := slices.BinarySearchFunc(s.matchLines, match, func(l matchLine, match int) int {
		return cmp.Compare(l.matchesBefore, match)
	})
	return s.matchLines[below-1]
}

// isCurrent reports whether the match-th match of a line, counted from 0, is the current
// one.
func (s *search) isCurrent(line, match int) bool {
	if s.current == 0 {
		return false
	}
	l := s.lineOf(s.current)
	return l.line == line && l.matchesBefore+match+1 == s.current
}

// Search searches all lines for a literal text and returns the number of matches. It
// ignores case unless the text contains an upper-case letter. An empty text ends the
// search.
//
// It selects the first match at or below the line of the current match if that is
// visible, else at or below the top of the view, else the first one.
func (p *Pager) Search(literal string) int {
	from := p.top.line
	if p.currentVisible() {
		from = p.search.lineOf(p.search.current).line
	}
	p.search = search{pattern: newPattern(literal)}
	p.rows.clear()
	if p.src == nil {
		return 0
	}
	p.search.read(p.src, p.length)
	if p.search.total > 0 {
		p.selectMatch(p.search.firstFrom(from))
	}
	return p.search.total
}

// Next selects the next match or, if the current one is not visible, the first match at
// or below the top of the view. It wraps around. It reports whether there is a match.
func (p *Pager) Next() bool {
	switch {
	case p.search.total == 0:
		return false
	case p.currentVisible():
		p.selectMatch(p.search.current%p.search.total + 1)
	default:
		p.selectMatch(p.search.firstFrom(p.top.line))
	}
	return true
}

// Prev selects the previous match or, if the current one is not visible, the last match
// above the view. It wraps around. It reports whether there is a match.
func (p *Pager) Prev() bool {
	switch {
	case p.search.total == 0:
		return false
	case !p.currentVisible():
		p.selectMatch(p.search.lastBefore(p.top.line))
	case p.search.current == 1:
		p.selectMatch(p.search.total)
	default:
		p.selectMatch(p.search.current - 1)
	}
	return true
}

// Matches returns the number of the current match, counted from 1, or 0 if there is
// none, and the number of matches.
func (p *Pager) Matches() (current, total int) { return p.search.current, p.search.total }

// SearchedText returns the text that is searched for, "" for none.
func (p *Pager) SearchedText() string { return p.search.pattern.text }

// currentVisible reports whether the line of the current match is visible.
func (p *Pager) currentVisible() bool {
	if p.search.current == 0 {
		return false
	}
	line := p.search.lineOf(p.search.current).line
	first, last := p.visibleLines()
	return first <= line && line <= last
}

// selectMatch makes a match the current one and scrolls to it.
func (p *Pager) selectMatch(match int) {
	p.search.current = match
	p.rows.clear()
	at := position{line: p.search.lineOf(match).line}
	column, width := 0, 0
	for i, row := range p.lineRows(at.line) {
		if c, w, ok := currentMatch(row); ok {
			at.row, column, width = i, c, w
			break
		}
	}
	if at.before(p.top) || p.lastVisible().before(at) {
		p.top = p.offset(at, -p.height/3) // leave some lines above as context
	}
	if !p.wrap {
		p.showColumns(column, column+width)
	}
	p.normalize(false)
}

// showColumns scrolls horizontally if necessary to show the columns [from, to).
func (p *Pager) showColumns(from, to int) {
	w := p.textWidth()
	switch {
	case to < w:
		p.x = 0
	case from <= p.x || to >= p.x+w:
		p.x = max(0, from-w/3)
	}
}
