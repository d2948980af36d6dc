package pager

import (
	"math"

	"daytona/snapdeck/ui/text"
)

// Pager shows a part of a [Source]. The zero value is empty and ready to use. It
// is not safe for concurrent use.
type Pager struct {
	src    Source
	length int // number of lines of src at the last update

	width, height int
	numbers       bool
	wrap          bool
	follow        bool

	top   position // the first visible row
	atEnd bool     // the last row is visible
	x     int      // horizontal scroll in columns; 0 if wrapped

	search search
	rows   rowCache
}

// position is a row: the row-th of a wrapped line.
type position struct{ line, row int }

func (p position) before(q position) bool {
	return p.line < q.line || p.line == q.line && p.row < q.row
}

// SetLines is [Pager.SetSource] for a slice of lines, which the pager keeps.
func (p *Pager) SetLines(lines []text.Line) { p.SetSource(Lines(lines)) }

// SetSource replaces the source. The position stays, so that an update of the same
// content does not scroll; call [Pager.Top] for other content. A search is repeated.
func (p *Pager) SetSource(src Source) {
	follow := p.Following()
	p.src, p.length = src, src.Len()
	p.rows.clear()
	p.search.reset()
	p.search.read(p.src, p.length)
	p.normalize(follow)
}

// SourceGrew updates the pager after lines were added at the end of the source, or text
// to its last line. The position stays, or follows the end, see [Pager.SetFollow].
func (p *Pager) SourceGrew() {
	if p.src == nil {
		return
	}
	follow, gutter := p.Following(), p.gutterWidth()
	p.rows.drop(p.length - 1)
	p.search.rewind(p.length - 1)
	p.length = p.src.Len()
	if p.gutterWidth() != gutter {
		p.rows.clear() // another digit takes a column from the text
	}
	p.search.read(p.src, p.length)
	p.normalize(follow)
}

// SetSize sets the size in cells. The first visible text stays at the top.
func (p *Pager) SetSize(w, h int) {
	w, h = max(0, w), max(0, h)
	if w == p.width && h == p.height {
		return
	}
	follow := p.Following()
	column := p.top.row * p.textWidth()
	p.width, p.height = w, h
	p.rows.clear()
	p.top.row = column / p.textWidth()
	p.normalize(follow)
}

// SetNumbers switches line numbers on or off. They take a gutter of at least five
// cells.
func (p *Pager) SetNumbers(on bool) {
	follow := p.Following()
	p.numbers = on
	p.rows.clear()
	p.normalize(follow)
}

// ToggleWrap switches wrapping on or off. The first visible line stays at the top.
func (p *Pager) ToggleWrap() {
	follow := p.Following()
	p.wrap = !p.wrap
	p.top.row, p.x = 0, 0
	p.rows.clear()
	p.normalize(follow)
}

// Wrapped reports whether long lines are wrapped.
func (p *Pager) Wrapped() bool { return p.wrap }

// SetFollow switches following on or off. While following, the pager stays at the end as
// the source grows. Scrolling up pauses it until the end is visible again.
func (p *Pager) SetFollow(on bool) {
	p.follow = on
	p.normalize(on)
}

// Following reports whether the pager stays at the end when the source grows.
func (p *Pager) Following() bool { return p.follow && p.atEnd }

// Move scrolls n rows down, or up if negative. It stops at the ends.
func (p *Pager) Move(n int) {
	p.top = p.offset(p.top, n)
	p.normalize(false)
}

// Page scrolls by a fraction of the height, but at least by one row: 1 is a page down,
// -0.5 half a page up.
func (p *Pager) Page(delta float64) {
	n := int(math.Round(delta * float64(p.height)))
	if n == 0 {
		n = int(math.Copysign(1, delta))
	}
	p.Move(n)
}

// Top scrolls to the first line.
func (p *Pager) Top() {
	p.top, p.x = position{}, 0
	p.normalize(false)
}

// Bottom scrolls to the last line.
func (p *Pager) Bottom() { p.normalize(true) }

// ScrollX scrolls n columns to the right, or to the left if negative, but not beyond the
// visible lines. It reports whether the view changed; wrapped lines do not scroll.
func (p *Pager) ScrollX(n int) bool {
	if p.wrap {
		return false
	}
	widest := 0
	for i := p.top.line; i < min(p.top.line+p.height, p.length); i++ {
		widest = max(widest, p.row(position{line: i}).Width())
	}
	before := p.x
	p.x = max(0, min(p.x+n, widest-p.textWidth()))
	return p.x != before
}

// Position returns the numbers of the first and last visible lines, counted from 1, and
// the number of lines. All are 0 if there are no lines.
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

// lastVisible returns the position of the last row in the view.
func (p *Pager) lastVisible() position { return p.offset(p.top, max(1, p.height)-1) }

// normalize moves the top to a valid position: to the last page if bottom is set, and
// never beyond it.
func (p *Pager) normalize(bottom bool) {
	end := p.lastPage()
	if bottom || end.before(p.top) {
		p.top = end
	}
	if p.length > 0 {
		p.top.row = min(p.top.row, p.rowsOf(p.top.line)-1)
	}
	p.atEnd = !p.top.before(end)
}

// lastPage returns the top of the view that ends with the last row.
func (p *Pager) lastPage() position {
	if p.length == 0 {
		return position{}
	}
	last := position{line: p.length - 1}
	last.row = p.rowsOf(last.line) - 1
	return p.offset(last, -(max(1, p.height) - 1))
}

// offset returns the position n rows below at, or above if negative, clamped to the
// first or last row.
func (p *Pager) offset(at position, n int) position {
	if p.length == 0 {
		return position{}
	}
	for n > 0 {
		below := p.rowsOf(at.line) - 1 - at.row // rows below in this line
		if n <= below || at.line == p.length-1 {
			at.row += min(n, below)
			return at
		}
		n -= below + 1
		at = position{line: at.line + 1}
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
