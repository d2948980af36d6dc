package dialog

import (
	"time"

	"daytona/snapdeck/theme"
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
		*t = Toast{}
	}
}

// KeyPressed removes the response to the previous key, which may be about a closed screen.
// The result of an action stays.
func (t *Toast) KeyPressed() {
	if t.kind == Info || t.kind == Refused {
		*t = Toast{}
	}
}

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
