package pager

import (
	"cmp"
	"slices"
)

// search is what is looked for and where it was found.
type search struct {
	pattern pattern
	hits    []hit // the lines with matches, from the top
	total   int   // all matches
	lines   int   // the lines that were read
	current int   // the number of the match that one is at, from 1; 0: none
}

// hit is a line with matches.
type hit struct {
	line   int
	before int // the matches in the lines above
}

// restart forgets what was found but not what is looked for.
func (s *search) restart() { s.rewind(0) }

// rewind forgets what was found from a line on.
func (s *search) rewind(line int) {
	s.lines = min(s.lines, max(0, line))
	if n := s.hitFrom(s.lines); n < len(s.hits) {
		s.total = s.hits[n].before
		s.hits = s.hits[:n]
	}
}

// read looks through the lines that were not read yet.
func (s *search) read(src Source, length int) {
	if s.pattern.isEmpty() {
		return
	}
	for ; s.lines < length; s.lines++ {
		if n := s.pattern.count(plain(src, s.lines)); n > 0 {
			s.hits = append(s.hits, hit{line: s.lines, before: s.total})
			s.total += n
		}
	}
	if s.current > s.total {
		s.current = 0
	}
}

// hitFrom returns the index of the first hit at a line or below.
func (s *search) hitFrom(line int) int {
	i, _ := slices.BinarySearchFunc(s.hits, line, func(h hit, line int) int {
		return cmp.Compare(h.line, line)
	})
	return i
}

// firstFrom returns the first match at a line or below, from the first of all if
// there is none.
func (s *search) firstFrom(line int) int {
	if n := s.hitFrom(line); n < len(s.hits) {
		return s.hits[n].before + 1
	}
	return 1
}

// lastBefore returns the last match above a line, or the last of all.
func (s *search) lastBefore(line int) int {
	if n := s.hitFrom(line); n < len(s.hits) && n > 0 {
		return s.hits[n].before
	}
	return s.total
}

// hitOf returns the hit that a match is part of.
func (s *search) hitOf(match int) hit {
	below, _ := slices.BinarySearchFunc(s.hits, match, func(h hit, match int) int {
		return cmp.Compare(h.before, match)
	})
	return s.hits[below-1]
}

// currentIn returns which match of a line is the current one, from 0; -1 if none.
func (s *search) currentIn(line int) int {
	if s.current == 0 {
		return -1
	}
	if h := s.hitOf(s.current); h.line == line {
		return s.current - h.before - 1
	}
	return -1
}

// Search looks for a literal text in all lines, in any case unless it has an
// upper-case letter, and goes to the first match from where the user is: in the
// line of the present match if that is visible, else in the view, else further
// below, else from the top. An empty text ends the search. It returns the number
// of matches.
func (p *Pager) Search(literal string) int {
	from := p.top.line
	if p.currentVisible() {
		from = p.find.hitOf(p.find.current).line
	}
	p.find = search{pattern: newPattern(literal)}
	p.rows.clear()
	if p.src == nil {
		return 0
	}
	p.find.read(p.src, p.length)
	if p.find.total > 0 {
		p.goTo(p.find.firstFrom(from))
	}
	return p.find.total
}

// Next goes to the match after the present one, or to the first one in the view or
// below if the user has scrolled away from that. After the last comes the first. It
// reports whether there is any.
func (p *Pager) Next() bool {
	switch {
	case p.find.total == 0:
		return false
	case p.currentVisible():
		p.goTo(p.find.current%p.find.total + 1)
	default:
		p.goTo(p.find.firstFrom(p.top.line))
	}
	return true
}

// Prev goes to the match before the present one, or to the last one above the view
// if the user has scrolled away from that. Before the first comes the last. It
// reports whether there is any.
func (p *Pager) Prev() bool {
	switch {
	case p.find.total == 0:
		return false
	case !p.currentVisible():
		p.goTo(p.find.lastBefore(p.top.line))
	case p.find.current == 1:
		p.goTo(p.find.total)
	default:
		p.goTo(p.find.current - 1)
	}
	return true
}

// Matches returns the number of the present match, from 1, and how many there are.
// The number is 0 while there is no present one.
func (p *Pager) Matches() (current, total int) { return p.find.current, p.find.total }

// currentVisible reports whether the line of the current match is in the view.
func (p *Pager) currentVisible() bool {
	if p.find.current == 0 {
		return false
	}
	line := p.find.hitOf(p.find.current).line
	first, last := p.visibleLines()
	return first <= line && line <= last
}

// goTo makes a match the current one and brings it into view.
func (p *Pager) goTo(match int) {
	p.find.current = match
	p.rows.clear()
	at := place{line: p.find.hitOf(match).line}
	column, width := 0, 0
	for i, row := range p.lineRows(at.line) {
		if c, w, ok := currentMatch(row); ok {
			at.row, column, width = i, c, w
			break
		}
	}
	if at.before(p.top) || p.lastVisible().before(at) {
		p.top = p.walk(at, -p.height/3) // with some lines above, to see where one is
	}
	if !p.wrap {
		p.showColumns(column, column+width)
	}
	p.settle(false)
}

// showColumns scrolls sideways if it must, so that columns [from, to) are visible.
func (p *Pager) showColumns(from, to int) {
	w := p.textWidth()
	switch {
	case to < w:
		p.x = 0
	case from <= p.x || to >= p.x+w:
		p.x = max(0, from-w/3)
	}
}
