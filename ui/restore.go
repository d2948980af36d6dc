package ui

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/deleted"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/restore"
	"daytona/snapdeck/ui/running"
)

// deletedReadMsg brings the saved recipes of deleted snapshots.
type deletedReadMsg struct {
	saved []model.DeletedSnapshot
	err   error
}

func (o *Options) readDeleted() tea.Cmd {
	trash := o.Trash
	return o.work(callDeadline, func(ctx context.Context) tea.Msg {
		saved, err := trash.Deleted(ctx)
		return deletedReadMsg{saved: saved, err: err}
	})
}

// apply shows the recipes that could be read.
func (msg deletedReadMsg) apply(a *App) tea.Cmd {
	a.recipes.SetSaved(msg.saved)
	if msg.err != nil {
		a.toast.Show(dialog.Failed, "not all saved recipes can be read: "+msg.err.Error(), a.now)
	}
	return nil
}

// deletedOn returns the deleted snapshot under the cursor of a list, or why there is none.
func deletedOn(list listScreen, recipes *deleted.Recipes, listed func(id string) bool) (d model.DeletedSnapshot, reason string) {
	switch list := list.(type) {
	case *deleted.Recipe:
		return list.Of, ""
	case *deleted.List:
		if d, ok := list.Cursor(); ok {
			return d, ""
		}
		return d, "no deleted snapshots"
	case *activity.List:
		e, _ := list.Cursor()
		if d, ok := recipes.Find(e.SnapshotID); ok && !listed(e.SnapshotID) {
			return d, ""
		}
	}
	return d, "this entry is not about a deleted snapshot"
}

// restorer asks for restores with what the dashboard knows.
func (a *App) restorer() restore.Asker {
	k := restore.Asker{
		Request: a.rebuildRequest(nil, nil), View: &a.state.ViewState, Connection: a.connectionText(), Ask: a.ask,
		Refuse: func(reason string) { a.toast.Show(dialog.Refused, reason, a.now) },
	}
	if rebuilder := a.options.Rebuilder; rebuilder != nil {
		k.Plan = rebuilder.Plan
		k.Run = func(s *model.Snapshot, plan model.Plan) tea.Cmd {
			return a.runWorkflow(mutation.Restore(), s.ID, s.Name, s, func(ctx context.Context, report func(model.RebuildEvent)) (model.RebuildResult, error) {
				return rebuilder.Run(ctx, plan, report)
			})
		}
	}
	return k
}

func refuseRestore(a *App) string {
	top, ok := a.top().(*listLayer)
	if !ok || top.scope&(keys.OnDeleted|keys.OnActivity) == 0 {
		return "restore works in the view deleted (" + a.keyFor("deleted.open") + ") and on deletions in the activity (" + a.keyFor("activity.open") + ")"
	}
	d, reason := deletedOn(top.list, &a.recipes, a.state.Listed)
	if reason != "" {
		return reason
	}
	return a.restorer().RefuseNow(d)
}

// restoreEnded forgets a restored snapshot, or asks for another name.
func (a *App) restoreEnded(op *running.Action, r model.RebuildResult) tea.Cmd {
	d, known := a.recipes.Find(op.ID)
	switch {
	case r.Accepted():
		a.recipes.Forget(op.ID)
	case known && r.NameTaken && r.Entry == "":
		return a.restorer().OtherName(d, op.Name, "another snapshot has the name "+op.Name)
	}
	return a.options.readDeleted()
}

// askUnsaved asks whether to delete a snapshot although its recipe could not be saved.
func (a *App) askUnsaved(op *running.Action, err error) tea.Cmd {
	s, ok := a.state.Data.Store.Get(op.ID)
	if !ok || a.bulk.Active() || !errors.As(err, new(*model.UnsavedError)) {
		return nil
	}
	m := mutation.DeleteUnsaved()
	return a.ask(dialog.Question{
		Title: mutation.Title(m, s, a.connectionText()), Lines: mutation.UnsavedLines(s, err), Verb: m.Name, Word: mutation.Word(s),
		Do: func() tea.Cmd { return a.startOrRefuse(m, s) },
	})
}
