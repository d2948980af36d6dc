package ui

import (
	"image"
	"math"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// picker is the list of a dialog of which one entry is chosen: which one the cursor
// is on, and the part of the list that there is room for. It implements motion.
type picker struct {
	at    int // the entry under the cursor
	count int
	place image.Rectangle // where the entries are drawn
}

// Move moves the cursor by lines and stays on the list.
func (p *picker) Move(lines int) { p.at = max(0, min(p.at+lines, p.count-1)) }

// Page moves by a share of what is shown, one line at least.
func (p *picker) Page(pages float64) {
	lines := int(pages * float64(p.place.Dy()))
	if lines == 0 {
		lines = int(math.Copysign(1, pages))
	}
	p.Move(lines)
}

// Top moves to the first entry.
func (p *picker) Top() { p.Move(-p.count) }

// Bottom moves to the last entry.
func (p *picker) Bottom() { p.Move(p.count) }

// shown are the entries [first, end) that are drawn: that under the cursor is as near
// to the middle as can be.
func (p *picker) shown() (first, end int) {
	room := max(p.place.Dy(), 1)
	first = max(0, min(p.at-room/2, p.count-room))
	return first, min(first+room, p.count)
}

// point puts the cursor on the entry at a point of the screen. It reports whether
// there is one.
func (p *picker) point(at image.Point) bool {
	first, end := p.shown()
	i := first + at.Y - p.place.Min.Y
	if !at.In(p.place) || i >= end {
		return false
	}
	p.at = i
	return true
}

// position tells which entries are shown where these are not all.
func (p *picker) position() text.Line {
	first, end := p.shown()
	if end-first >= p.count {
		return nil
	}
	return text.Sprintf("%d to %d of %d ", first+1, end, p.count).As(theme.Dim)
}
