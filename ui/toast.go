package ui

import (
	"time"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/text"
)

// toastKind is what a toast tells, which decides how long it stays.
type toastKind uint8

const (
	toastInfo    toastKind = iota
	toastDone              // an action has succeeded
	toastRefused           // a key could not do what it does
	toastWarned            // something is not as it was meant
	toastFailed            // an action has failed
)

// toast is the one line that tells what came of a key or an action.
type toast struct {
	kind  toastKind
	line  text.Safe
	until time.Time
}

func (t *toast) show(kind toastKind, line string, now time.Time) {
	stays := 5 * time.Second
	if kind == toastFailed || kind == toastWarned {
		stays = 15 * time.Second
	}
	*t = toast{kind: kind, line: text.Cell(line), until: now.Add(stays)}
}

func (t *toast) expire(now time.Time) {
	if !now.Before(t.until) {
		*t = toast{}
	}
}

// answered takes away what a key was told, when the next one is pressed: it may be
// about a screen that is gone. What came of an action stays for its time.
func (t *toast) answered() {
	if t.kind == toastInfo || t.kind == toastRefused {
		*t = toast{}
	}
}

// noteLines is how many lines a note may take: nothing of it should be lost, but it
// lies over what somebody reads.
const noteLines = 6

// drawNote puts the note over the last lines of the body, in as many lines as it
// needs.
func (a *App) drawNote(c *canvas.Canvas) {
	note := a.note()
	r := a.screen.Toast
	if len(note) == 0 || r.Empty() {
		return
	}
	const indent = 3 // under the text behind the mark
	lines := note.Wrap(max(r.Dx()-indent, 1))
	lines = lines[:min(len(lines), noteLines, max(a.screen.Body.Dy()-2, 1))]
	for i := range lines[1:] {
		lines[i+1] = text.Join(text.Repeat(text.Lit(" "), indent).As(theme.Text), lines[i+1])
	}
	r.Min.Y = r.Max.Y - len(lines)
	c.Put(r, lines...)
}

// note is the line above the footer: what just happened, else what is wrong with
// the connection while old data is on the screen.
func (a *App) note() text.Line {
	switch t := a.toast; {
	case !t.line.IsEmpty() && t.kind == toastFailed:
		return text.Line{{Text: text.Sprintf(" ✗ %s", t.line), Role: theme.Failed}}
	case !t.line.IsEmpty() && t.kind == toastDone:
		return text.Line{{Text: text.Lit(" ✓ "), Role: theme.Active}, {Text: t.line, Role: theme.Text}}
	case !t.line.IsEmpty() && (t.kind == toastRefused || t.kind == toastWarned):
		return text.Line{{Text: text.Lit(" ! "), Role: theme.Warning}, {Text: t.line, Role: theme.Text}}
	case !t.line.IsEmpty():
		return text.Line{{Text: text.Sprintf(" %s", t.line), Role: theme.Text}}
	case a.isTyping() && len(a.shown.Result.Problems) > 0:
		return a.mistakeNote()
	case a.poller.Status().Err != nil && a.state.Data.Store.Len() > 0:
		return a.staleNote()
	case len(a.shown.Result.Problems) > 0:
		return a.mistakeNote()
	default:
		return nil
	}
}

// staleNote is the error of the latest poll, and from when the data is that is shown.
func (a *App) staleNote() text.Line {
	p := a.poller.Status()
	line := text.Sprintf(" ✗ %s", p.Err)
	if !p.Updated.IsZero() {
		line = text.Sprintf("%s · showing data from %s", line, p.Updated.UTC().Format("15:04:05Z"))
	}
	return text.Sprintf("%s%s", line, a.retryHint()).As(theme.Failed)
}

// mistakeNote tells the first mistake of the filter.
func (a *App) mistakeNote() text.Line {
	wrong := a.shown.Result.Problems[0]
	what := text.Sprintf("%s: expected %s · the rest of the filter works", a.typedPart(wrong.From, wrong.To), wrong.Expected)
	return text.Join(text.Lit(" ! ").As(theme.Warning), what.As(theme.Text))
}
