package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/running"
)

// createdMsg brings the snapshot that a rebuild created.
type createdMsg struct {
	snapshot *model.Snapshot
	err      error
}

// fetchCreated reads a snapshot that was just created, so that its row appears before the
// next poll.
func (o *Options) fetchCreated(id string) tea.Cmd {
	api := o.API
	return o.work(callDeadline, func(ctx context.Context) tea.Msg {
		s, err := api.Get(ctx, id)
		return createdMsg{snapshot: s, err: err}
	})
}

func (msg createdMsg) apply(a *App) tea.Cmd {
	if msg.err != nil || !a.state.Data.Store.Complete() {
		return nil // the next poll has it
	}
	return a.applyStore(a.state.Data.Store.With(msg.snapshot))
}

// followRebuilt moves the cursor from the old snapshot to the new one, unless the user
// pressed a key since. before is the snapshot that was selected.
func (a *App) followRebuilt(before *model.Snapshot) {
	for _, op := range a.state.running.All() {
		untouched := op.HadCursor && !a.lastKey.After(op.Started)
		if !untouched && (before == nil || before.ID != op.ID || !op.Workflow) {
			continue
		}
		for _, id := range op.RelatedIDs {
			// A candidate has another name and is removed.
			if s, ok := a.state.Data.Store.Get(id); ok && s.Name == op.Name && a.table.Select(id) {
				op.HadCursor = false
			}
		}
	}
}

// apply ends a rebuild and reports how it ended.
func (msg rebuildEndedMsg) apply(a *App) tea.Cmd {
	op := a.state.running.Get(msg.id)
	if op == nil {
		return nil
	}
	r := msg.result
	if r.New != nil {
		op.RelatedIDs = append(op.RelatedIDs, r.New.ID)
		if log, ok := find[*logLayer](a.layerStack); ok && a.state.running.On(log.row) == op {
			log.row = r.New.ID
		}
		a.followRebuilt(a.selected())
	}
	for _, id := range op.RelatedIDs {
		delete(a.state.Pending, id)
	}
	details, reason := mutation.RebuildOutcome(r, msg.err, a.now.Sub(op.Started))
	var applied, read tea.Cmd
	if store, changes := a.state.afterRebuild(op, r); store != a.state.Data.Store {
		applied = a.applyStore(store, changes)
	}
	if r.Entry != "" {
		read = a.options.findUnfinished(false)
	}
	if op.Mutation.Name == mutation.Create().Name && r.Accepted() {
		a.form = nil
	}
	if op.Mutation.Name == mutation.Restore().Name {
		read = tea.Batch(read, a.restorer().Ended(&a.recipes, op.ID, op.Name, r), a.options.readDeleted(nil))
	}
	op.RecipeKept = r.Entry != "" && !r.NameTaken // resuming does not help then
	var ended tea.Cmd
	if r.Outcome == model.OutcomeRebuilt && reason != "" {
		ended, reason = a.endIncomplete(op, details+", but "+reason), ""
	} else {
		ended = a.end(op, details, reason)
	}
	return tea.Batch(applied, ended, a.options.notifyTerminal(a.state.WatchedEnded(&op.Pending, reason)), a.derive(), read, a.startPoll())
}

// afterRebuild returns the store with what the end of a rebuild proves. Without it, a deleted
// row would stay until two polls have missed it.
func (s *appState) afterRebuild(op *running.Action, r model.RebuildResult) (*model.Store, []model.Change) {
	store := s.Data.Store
	switch {
	case op.DeletedID != "":
		return store.Without(op.DeletedID)
	case r.OldDeleted:
		return store.Without(op.ID)
	case r.Old != nil && store.Complete():
		return store.With(r.Old)
	default:
		return store, nil
	}
}

// endIncomplete ends a rebuild that made its snapshot and left something to clean up.
func (a *App) endIncomplete(op *running.Action, details string) tea.Cmd {
	a.state.running.Remove(op)
	delete(a.state.Failures, op.ID)
	logged := a.logAction(op, activity.Done, op.Mutation.Past+" · "+details)
	if a.bulk.Owns(op.ID) {
		return tea.Batch(logged, a.bulkItemEnded(op, op.Mutation.Past+", "+details))
	}
	a.toast.Show(dialog.Failed, op.Mutation.Past+" "+op.Name+" · "+details+a.retryHint(op), a.now)
	return logged
}
