package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/text"
)

// refuseStop says why no rebuild of the snapshot can be stopped. Once its delete was
// accepted it can only be finished.
func refuseStop(a *App) string {
	if reason := refuseWithoutSnapshot(a); reason != "" {
		return reason
	}
	switch op := a.state.actionOn(a.selected().ID); {
	case op == nil || !op.Workflow:
		return "no rebuild of it is running"
	case op.Accepted() || op.deletedID != "":
		return "too late to stop: the old one is deleted, and will be made again"
	case op.stopped:
		return "its rebuild is being stopped"
	default:
		return ""
	}
}

// askStop asks whether to stop the rebuild of the snapshot, which may have been building
// for an hour.
func (a *App) askStop() tea.Cmd {
	op := a.state.actionOn(a.selected().ID)
	return a.ask(dialog.Question{
		Title: text.Join(text.Lit("Stop the rebuild of ").As(theme.Title), text.Styled(op.Name, theme.Title, nil)),
		Lines: []text.Line{
			op.Progress(a.now).As(theme.Text), nil,
			mutation.Reassurance(text.Lit("the old one stays as it is, and a candidate is removed")),
			text.Lit("· if its delete is on its way by then, it is too late: the rebuild can be finished").As(theme.Dim),
		},
		Yes: "stop",
		Do:  func() tea.Cmd { return a.stopRebuild(op) },
	})
}

// stopRebuild ends a workflow, unless it went on while the question stood there.
func (a *App) stopRebuild(op *pendingAction) tea.Cmd {
	switch {
	case a.state.actions[op.ID] != op:
		a.toast.Show(dialog.Refused, "the rebuild of "+op.Name+" has ended", a.now)
	case op.Accepted():
		a.toast.Show(dialog.Refused, "too late to stop: "+op.Name+" is deleted, and will be made again", a.now)
	default:
		op.stopped = true
		op.stop(model.ErrStopped)
		a.toast.Show(dialog.Info, "the rebuild of "+op.Name+" is being stopped", a.now)
	}
	return nil
}
