// Package uitest shows the lists and dialogs of ui as text, for their tests.
package uitest

import (
	"image"
	"strings"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

type drawer interface{ Draw(*canvas.Canvas) }

// Lister is a list of ui.
type Lister interface {
	drawer
	Arrange(image.Rectangle)
}

// List returns what a list shows in a rectangle of that size, without spaces at the ends of
// lines.
func List(l Lister, width, height int) string {
	size := image.Pt(width, height)
	l.Arrange(image.Rectangle{Max: size})
	return drawn(l, size)
}

// Dialog returns what a dialog shows on a screen of that size.
func Dialog(w interface {
	drawer
	Arrange(image.Point)
}, size image.Point,
) string {
	w.Arrange(size)
	return drawn(w, size)
}

func drawn(w drawer, size image.Point) string {
	var c canvas.Canvas
	c.Reset(size)
	w.Draw(&c)
	lines := strings.Split(Plain(c.Lines()), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

// Plain returns lines without their roles.
func Plain(lines []text.Line) string {
	plain := make([]string, len(lines))
	for i, line := range lines {
		plain[i] = line.String()
	}
	return strings.Join(plain, "\n")
}

// Words returns a text with single spaces in each line, for what does not depend on widths.
func Words(screen string) string {
	var lines []string
	for line := range strings.Lines(screen) {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return strings.Join(lines, "\n")
}

// View holds snapshots, in a complete list.
func View(now time.Time, snapshots ...*model.Snapshot) *row.ViewState {
	v := row.NewViewState(now)
	store, _ := v.Data.Store.Apply(snapshots)
	v.Data = v.Data.With(store)
	return &v
}
