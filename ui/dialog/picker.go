// Package dialog has the widgets that ask and choose: confirmations, menus, the
// palette, and the text fields in them.
//
// They know neither snapshots nor requests. What they do is a function that their
// maker gives them, and the time is a parameter.
package dialog

import (
	"image"
	"math"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// Picker is the cursor of a list in a dialog, and the part of the list that fits.
type Picker struct {
	at    int // the entry under the cursor
	count int
	area  image.Rectangle // where the entries are drawn
}

// Move moves the cursor by lines and stays on the list.
func (p *Picker) Move(lines int) { p.at = max(0, min(p.at+lines, p.count-1)) }

// Page moves by a share of what is shown, one line at least.
func (p *Picker) Page(pages float64) {
	lines := int(pages * float64(p.area.Dy()))
	if lines == 0 {
		lines = int(math.Copysign(1, pages))
	}
	p.Move(lines)
}

// Top moves to the first entry.
func (p *Picker) Top() { p.Move(-p.count) }

// Bottom moves to the last entry.
func (p *Picker) Bottom() { p.Move(p.count) }

// Point moves the cursor to the entry at a point of the screen. It reports whether
// there is one.
func (p *Picker) Point(at image.Point) bool {
	first, end := p.shown()
	i := first + at.Y - p.area.Min.Y
	if !at.In(p.area) || i >= end {
		return false
	}
	p.at = i
	return true
}

// shown returns the entries [first, end) that are drawn: that under the cursor is as near
// to the middle as can be.
func (p *Picker) shown() (first, end int) {
	room := max(p.area.Dy(), 1)
	first = max(0, min(p.at-room/2, p.count-room))
	return first, min(first+room, p.count)
}

// position says which entries are shown where these are not all.
func (p *Picker) position() text.Line {
	first, end := p.shown()
	if end-first >= p.count {
		return nil
	}
	return text.Sprintf("%d to %d of %d ", first+1, end, p.count).As(theme.Dim)
}

// entry draws one entry, with a bar at its left and a background where the cursor
// is on it.
func (p *Picker) entry(i int, left, right text.Line) text.Line {
	bar := text.Lit("  ")
	if i == p.at {
		bar = text.Lit("▌ ")
	}
	line := text.Justify(text.Join(bar.As(theme.Accent), left), right, p.area.Dx())
	if i == p.at {
		return line.On(theme.Selected)
	}
	return line
}
