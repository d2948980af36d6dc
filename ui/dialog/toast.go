package dialog

import (
	"time"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// ToastKind says what a toast is about, which decides how long it stays.
type ToastKind uint8

// The kinds of toasts.
const (
	Info    ToastKind = iota
	Done              // an action has succeeded
	Refused           // a key could not do what it does
	Warned            // a problem that stops nothing
	Failed            // an action has failed
)

// Toast is the line that shows the result of a key or an action.
type Toast struct {
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
	*t = Toast{kind: kind, text: text.Cell(line), until: now.Add(duration)}
}

// Append adds a line to the toast, as a part of it.
func (t *Toast) Append(kind ToastKind, line string, now time.Time) {
	if !t.text.IsEmpty() {
		line = t.text.String() + " · " + line
	}
	t.Show(kind, line, now)
}

// Expire removes the toast when its time is over.
func (t *Toast) Expire(now time.Time) {
	if !now.Before(t.until) {
		*t = Toast{}
	}
}

// KeyPressed removes the answer to a key when the next one is pressed: it may be about
// a screen that is closed by then. The result of an action stays for its time.
func (t *Toast) KeyPressed() {
	if t.kind == Info || t.kind == Refused {
		*t = Toast{}
	}
}

// Line returns the toast with the mark of its kind, nil where there is none.
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
