package ui

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/restore"
	"daytona/snapdeck/ui/running"
)

// deletedReadMsg brings the saved recipes of deleted snapshots.
type deletedReadMsg struct {
	saved []model.DeletedSnapshot
	err   error
	then  func(*App, []model.DeletedSnapshot, error) tea.Cmd
}

// readDeleted reads the saved recipes, and then calls then, which shows the error. If it is nil,
// a toast does.
func (o *Options) readDeleted(then func(*App, []model.DeletedSnapshot, error) tea.Cmd) tea.Cmd {
	trash := o.Trash
	return o.work(callDeadline, func(ctx context.Context) tea.Msg {
		saved, err := trash.Deleted(ctx)
		return deletedReadMsg{saved: saved, err: err, then: then}
	})
}

// apply keeps the recipes that could be read.
func (msg deletedReadMsg) apply(a *App) tea.Cmd {
	a.recipes.SetSaved(msg.saved, msg.err, a.now)
	switch {
	case msg.then != nil:
		return msg.then(a, msg.saved, msg.err)
	case msg.err != nil:
		a.toast.Show(dialog.Failed, "not all saved recipes can be read: "+msg.err.Error(), a.now)
	}
	return nil
}

// restorer asks for restores with what the dashboard knows.
func (a *App) restorer() restore.Asker {
	asker := restore.Asker{
		Request: a.rebuildRequest(nil, nil), View: &a.state.ViewState, Connection: a.connectionText(), Ask: a.ask,
		Refuse: func(reason string) { a.toast.Show(dialog.Refused, reason, a.now) },
	}
	if rebuilder := a.options.Rebuilder; rebuilder != nil {
		asker.Plan = rebuilder.Plan
		asker.Run = func(s *model.Snapshot, plan model.Plan) tea.Cmd {
			return a.runWorkflow(mutation.Restore(), s.ID, s.Name, s, func(ctx context.Context, report func(model.RebuildEvent)) (model.RebuildResult, error) {
				return rebuilder.Run(ctx, plan, report)
			})
		}
	}
	return asker
}

// askUnsaved asks whether to delete a snapshot although its recipe could not be saved. A bulk
// action leaves it out.
func (a *App) askUnsaved(op *running.Action, err error) tea.Cmd {
	s, ok := a.state.Data.Store.Get(op.ID)
	if !ok || a.bulk.Owns(op.ID) || !errors.As(err, new(*model.UnsavedError)) {
		return nil
	}
	return a.ask(mutation.UnsavedQuestion(s, err, a.connectionText(), func() tea.Cmd { return a.startOrRefuse(mutation.DeleteUnsaved(), s) }))
}
