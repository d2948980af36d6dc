package dialog

import (
	"image"
	"time"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/text"
)

// ToastKind is the kind of a toast. It determines how long the toast stays.
type ToastKind uint8

// The kinds of toasts.
const (
	Info    ToastKind = iota
	Done              // an action has succeeded
	Refused           // an action was refused
	Warned            // a problem that does not stop anything
	Failed            // an action has failed
)

// Toast is the line that shows the result of a key or an action.
type Toast struct {
	// Announce is called with each line that is shown; may be nil.
	Announce func(text.Line)

	kind  ToastKind
	text  text.Safe
	until time.Time
}

// Show replaces the toast.
func (t *Toast) Show(kind ToastKind, line string, now time.Time) {
	duration := 5 * time.Second
	if kind == Failed || kind == Warned {
		duration = 15 * time.Second
	}
	*t = Toast{Announce: t.Announce, kind: kind, text: text.Cell(line), until: now.Add(duration)}
	if t.Announce != nil {
		t.Announce(t.Line())
	}
}

// Append appends a line to the current toast.
func (t *Toast) Append(kind ToastKind, line string, now time.Time) {
	if !t.text.IsEmpty() {
		line = t.text.String() + " · " + line
	}
	t.Show(kind, line, now)
}

// Expire removes the toast when its time is over.
func (t *Toast) Expire(now time.Time) {
	if !now.Before(t.until) {
		t.Clear()
	}
}

// KeyPressed removes the response to the previous key, which may be about a closed screen.
// The result of an action stays.
func (t *Toast) KeyPressed() {
	if t.kind == Info || t.kind == Refused {
		t.Clear()
	}
}

// Clear removes the toast.
func (t *Toast) Clear() { *t = Toast{Announce: t.Announce} }

// Line draws the toast, nil if there is none.
func (t *Toast) Line() text.Line {
	if t.text.IsEmpty() {
		return nil
	}
	switch t.kind {
	case Failed:
		return text.Sprintf(" ✗ %s", t.text).As(theme.Failed)
	case Done:
		return text.Join(text.Lit(" ✓ ").As(theme.Active), t.text.As(theme.Text))
	case Refused, Warned:
		return text.Join(text.Lit(" ! ").As(theme.Warning), t.text.As(theme.Text))
	default:
		return text.Sprintf(" %s", t.text).As(theme.Text)
	}
}

// maxNoteLines limits the height of a note, because it covers the body.
const maxNoteLines = 6

// DrawNote draws a note that ends in the last line of the rectangle and grows upwards, over at
// most room lines.
func DrawNote(c *canvas.Canvas, r image.Rectangle, note text.Line, room int) {
	if len(note) == 0 || r.Empty() {
		return
	}
	const indent = 3 // under the text behind the mark
	lines := note.Wrap(max(r.Dx()-indent, 1))
	lines = lines[:min(len(lines), maxNoteLines, max(room, 1))]
	for i := range lines[1:] {
		lines[i+1] = text.Join(text.Repeat(text.Lit(" "), indent).As(theme.Text), lines[i+1])
	}
	r.Min.Y = r.Max.Y - len(lines)
	c.Put(r, lines...)
}
