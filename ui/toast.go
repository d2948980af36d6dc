package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/header"
	"daytona/snapdeck/ui/text"
)

// toastMsg is the result of a command that only has to be shown.
type toastMsg struct {
	kind dialog.ToastKind
	line string
}

func (msg toastMsg) apply(a *App) tea.Cmd {
	a.toast.Show(msg.kind, msg.line, a.now)
	return nil
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
	toast, problem := a.toast.Line(), a.summary().Problem()
	switch {
	case toast != nil:
		return toast
	case problem != nil && a.isTyping():
		return problem
	case a.poller.Status().Err != nil && a.state.Data.Store.Len() > 0:
		return header.StaleNote(a.poller.Status(), a.retryKey())
	default:
		return problem
	}
}
