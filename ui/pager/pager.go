package pager

import (
	"math"

	"daytona/snapdeck/ui/text"
)

// Pager shows a part of a [Source]. The zero value is empty and ready to use. It
// is not safe for concurrent use.
type Pager struct {
	src    Source
	length int // the lines of src that the pager knows of

	width, height int
	numbers       bool
	wrap          bool
	follow        bool

	top   place // the first visible row
	atEnd bool  // the last row is visible
	x     int   // columns that are scrolled away to the left; 0 if wrapped

	find search
	rows rowCache
}

// place is a row of the screen: the row-th one of a line.
type place struct{ line, row int }

func (p place) before(q place) bool {
	return p.line < q.line || p.line == q.line && p.row < q.row
}

// SetLines shows lines; see [Pager.SetSource]. The pager keeps the slice.
func (p *Pager) SetLines(lines []text.Line) { p.SetSource(Lines(lines)) }

// SetSource shows a source from now on. The position stays, so that new content of
// the same thing does not jump; for another thing, call [Pager.Top]. A search is
// done again in the new lines.
func (p *Pager) SetSource(src Source) {
	stick := p.Following()
	p.src, p.length = src, src.Len()
	p.rows.clear()
	p.find.restart()
	p.find.read(p.src, p.length)
	p.settle(stick)
}

// SourceGrew says that the source has more lines at its end, or more in its last line.
// The position stays, or stays at the end if the pager follows.
func (p *Pager) SourceGrew() {
	if p.src == nil {
		return
	}
	stick, gutter := p.Following(), p.gutterWidth()
	p.rows.forget(p.length - 1)
	p.find.rewind(p.length - 1)
	p.length = p.src.Len()
	if p.gutterWidth() != gutter {
		p.rows.clear() // a digit more leaves a column less
	}
	p.find.read(p.src, p.length)
	p.settle(stick)
}

// SetSize gives the pager w x h cells. The first visible text stays the first.
func (p *Pager) SetSize(w, h int) {
	w, h = max(0, w), max(0, h)
	if w == p.width && h == p.height {
		return
	}
	stick := p.Following()
	column := p.top.row * p.textWidth()
	p.width, p.height = w, h
	p.rows.clear()
	p.top.row = column / p.textWidth()
	p.settle(stick)
}

// SetNumbers switches line numbers on or off. They stand in a gutter of at least
// five cells.
func (p *Pager) SetNumbers(on bool) {
	stick := p.Following()
	p.numbers = on
	p.rows.clear()
	p.settle(stick)
}

// ToggleWrap switches wrapping on or off. The first visible line stays the first.
func (p *Pager) ToggleWrap() {
	stick := p.Following()
	p.wrap = !p.wrap
	p.top.row, p.x = 0, 0
	p.rows.clear()
	p.settle(stick)
}

// Wrapped reports whether long lines are wrapped.
func (p *Pager) Wrapped() bool { return p.wrap }

// SetFollow switches following on or off. A pager that follows goes to the end and
// stays there as lines come. Who scrolls up can read in peace: it goes on once the
// end is reached again.
func (p *Pager) SetFollow(on bool) {
	p.follow = on
	p.settle(on)
}

// Following reports whether the end will be shown however many lines come.
func (p *Pager) Following() bool { return p.follow && p.atEnd }

// Move scrolls n rows down, or up if negative. It stops at the ends.
func (p *Pager) Move(n int) {
	p.top = p.walk(p.top, n)
	p.settle(false)
}

// Page scrolls by a share of the height, one row at least: 1 is a page down, -0.5
// half a page up.
func (p *Pager) Page(delta float64) {
	n := int(math.Round(delta * float64(p.height)))
	if n == 0 {
		n = int(math.Copysign(1, delta))
	}
	p.Move(n)
}

// Top shows the first line.
func (p *Pager) Top() {
	p.top, p.x = place{}, 0
	p.settle(false)
}

// Bottom shows the last line, at the bottom.
func (p *Pager) Bottom() { p.settle(true) }

// ScrollX scrolls n columns to the right, or to the left if negative, as far as the
// visible lines go, and reports whether it did. Wrapped lines do not scroll.
func (p *Pager) ScrollX(n int) bool {
	if p.wrap {
		return false
	}
	widest := 0
	for i := p.top.line; i < min(p.top.line+p.height, p.length); i++ {
		widest = max(widest, p.row(place{line: i}).Width())
	}
	before := p.x
	p.x = max(0, min(p.x+n, widest-p.textWidth()))
	return p.x != before
}

// AtEnd reports whether the last line is visible to its end.
func (p *Pager) AtEnd() bool { return p.length == 0 || p.atEnd }

// Position returns the numbers of the first and the last line that are visible at
// least in part, from 1, and how many lines there are. Of no lines all are 0.
func (p *Pager) Position() (first, last, total int) {
	if p.length == 0 {
		return 0, 0, 0
	}
	first, last = p.visibleLines()
	return first + 1, last + 1, p.length
}

func (p *Pager) visibleLines() (first, last int) {
	return p.top.line, p.lastVisible().line
}

// lastVisible returns the place of the last row in the view.
func (p *Pager) lastVisible() place { return p.walk(p.top, max(1, p.height)-1) }

// settle brings the position to one that exists: the end if bottom is set, and
// never so far down that rows of the screen stay empty without need.
func (p *Pager) settle(bottom bool) {
	end := p.lastPage()
	if bottom || end.before(p.top) {
		p.top = end
	}
	if p.length > 0 {
		p.top.row = min(p.top.row, p.rowsOf(p.top.line)-1)
	}
	p.atEnd = !p.top.before(end)
}

// lastPage returns where the view begins that ends with the last row.
func (p *Pager) lastPage() place {
	if p.length == 0 {
		return place{}
	}
	last := place{line: p.length - 1}
	last.row = p.rowsOf(last.line) - 1
	return p.walk(last, -(max(1, p.height) - 1))
}

// walk returns the place n rows below a place, or above if negative, or the first
// or last one there is.
func (p *Pager) walk(at place, n int) place {
	if p.length == 0 {
		return place{}
	}
	for n > 0 {
		left := p.rowsOf(at.line) - 1 - at.row // below in this line
		if n <= left || at.line == p.length-1 {
			at.row += min(n, left)
			return at
		}
		n -= left + 1
		at = place{line: at.line + 1}
	}
	for n < 0 {
		if -n <= at.row || at.line == 0 {
			at.row = max(0, at.row+n)
			return at
		}
		n += at.row + 1
		at.line--
		at.row = p.rowsOf(at.line) - 1
	}
	return at
}
