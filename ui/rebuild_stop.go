package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/running"
	"daytona/snapdeck/ui/text"
)

// refuseStop returns why the rebuild of the snapshot cannot be stopped.
func (state *appState) refuseStop(s *model.Snapshot) string {
	return state.running.On(s.ID).RefuseStop()
}

// askStop asks whether to stop the rebuild of the selected snapshot.
func (a *App) askStop() tea.Cmd {
	op := a.state.running.On(a.selected().ID)
	return a.ask(dialog.Question{
		Title: text.Join(text.Lit("Stop the rebuild of ").As(theme.Title), text.Styled(op.Name, theme.Title, nil)),
		Lines: op.StopLines(a.now), Verb: "stop",
		Do: func() tea.Cmd { return a.stopRebuild(op) },
	})
}

// stopRebuild stops a workflow, unless it advanced while the question was open.
func (a *App) stopRebuild(op *running.Action) tea.Cmd {
	switch reason := op.RefuseStop(); {
	case !a.state.running.Has(op):
		a.toast.Show(dialog.Refused, "the rebuild of "+op.Name+" has ended", a.now)
	case reason != "":
		a.toast.Show(dialog.Refused, reason, a.now)
	default:
		op.Stopped = true
		op.Stop(model.ErrStopped)
		a.toast.Show(dialog.Info, "stopping the rebuild of "+op.Name, a.now)
	}
	return nil
}
