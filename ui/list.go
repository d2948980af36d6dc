package ui

import (
	"image"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// window is the part of a list that a dialog has room for, and where it lies.
type window struct {
	place image.Rectangle
	first int // entry in the first line
	count int // entries in all
}

// windowAt is a window whose entry at is as near to the middle as can be.
func windowAt(place image.Rectangle, at, count int) window {
	room := max(place.Dy(), 1)
	return window{place: place, first: max(0, min(at-room/2, count-room)), count: count}
}

// end is the entry behind the last line.
func (w window) end() int { return min(w.first+max(w.place.Dy(), 1), w.count) }

// entry is the entry at a point of the screen.
func (w window) entry(at image.Point) (int, bool) {
	i := w.first + at.Y - w.place.Min.Y
	return i, at.In(w.place) && i < w.end()
}

// position tells which entries are shown where these are not all.
func (w window) position() text.Line {
	if w.end()-w.first >= w.count {
		return nil
	}
	return text.Sprintf("%d to %d of %d ", w.first+1, w.end(), w.count).As(theme.Dim)
}

// clickable is a layer in which a click means something.
type clickable interface {
	clicked(a *App, at image.Point) tea.Cmd
}
