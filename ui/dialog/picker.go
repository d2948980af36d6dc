// Package dialog implements confirmations, menus, the palette, text fields and toasts.
//
// They know nothing about snapshots or requests: the caller passes functions to run, and the
// time.
package dialog

import (
	"image"
	"math"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// Picker is the cursor and the visible part of a list in a dialog.
type Picker struct {
	at    int // index of the entry under the cursor
	count int
	area  image.Rectangle // of the entries
}

// Move moves the cursor by lines, within the list.
func (p *Picker) Move(lines int) { p.at = max(0, min(p.at+lines, p.count-1)) }

// Page moves the cursor by a fraction of the visible entries, at least one line.
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

// Point moves the cursor to the entry at a point of the screen, and reports whether there is
// one.
func (p *Picker) Point(at image.Point) bool {
	first, end := p.shown()
	i := first + at.Y - p.area.Min.Y
	if !at.In(p.area) || i >= end {
		return false
	}
	p.at = i
	return true
}

// shown returns the range [first, end) of the visible entries. The cursor is as close to the
// middle as possible.
func (p *Picker) shown() (first, end int) {
	room := max(p.area.Dy(), 1)
	first = max(0, min(p.at-room/2, p.count-room))
	return first, min(first+room, p.count)
}

// position returns which entries are visible, or nil if all are.
func (p *Picker) position() text.Line {
	first, end := p.shown()
	if end-first >= p.count {
		return nil
	}
	return text.Sprintf("%d to %d of %d ", first+1, end, p.count).As(theme.Dim)
}

// entry draws one entry. Under the cursor, it has a bar and a background.
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
