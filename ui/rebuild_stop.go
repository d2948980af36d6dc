package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/running"
	"daytona/snapdeck/ui/text"
)

// refuseStop returns why the rebuild of the snapshot cannot be stopped. Once its delete was
// accepted it can only be resumed.
func (state *appState) refuseStop(s *model.Snapshot) string {
	switch op := state.running.On(s.ID); {
	case op == nil || !op.Workflow:
		return "no rebuild running"
	case op.Mutation.Name != mutation.Rebuild().Name:
		return "only a rebuild can be stopped: delete the new snapshot instead"
	case op.Accepted() || op.DeletedID != "":
		return "too late to stop: the old snapshot is deleted"
	case op.Stopped:
		return "already stopping"
	default:
		return ""
	}
}

// askStop asks whether to stop the rebuild of the selected snapshot.
func (a *App) askStop() tea.Cmd {
	op := a.state.running.On(a.selected().ID)
	return a.ask(dialog.Question{
		Title: text.Join(text.Lit("Stop the rebuild of ").As(theme.Title), text.Styled(op.Name, theme.Title, nil)),
		Lines: []text.Line{
			op.Progress(a.now).As(theme.Text), nil,
			mutation.Reassurance(text.Lit("the old snapshot stays unchanged, a candidate is removed")),
			text.Lit("· too late once the delete is sent: then the rebuild can be resumed").As(theme.Dim),
		},
		Verb: "stop",
		Do:   func() tea.Cmd { return a.stopRebuild(op) },
	})
}

// stopRebuild stops a workflow, unless it advanced while the question was open.
func (a *App) stopRebuild(op *running.Action) tea.Cmd {
	switch {
	case !a.state.running.Has(op):
		a.toast.Show(dialog.Refused, "the rebuild of "+op.Name+" has ended", a.now)
	case op.Accepted():
		a.toast.Show(dialog.Refused, "too late to stop: "+op.Name+" is deleted", a.now)
	default:
		op.Stopped = true
		op.Stop(model.ErrStopped)
		a.toast.Show(dialog.Info, "stopping the rebuild of "+op.Name, a.now)
	}
	return nil
}
