package ui

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/format"
)

// madeMsg: a snapshot that a rebuild has just made was read.
type madeMsg struct {
	snapshot *model.Snapshot
	err      error
}

// readMade reads what was just made, so that its row is there before the next poll.
func (a *App) readMade(id string) tea.Cmd {
	api := a.options.API
	return a.work(callDeadline, func(ctx context.Context) tea.Msg {
		s, err := api.Get(ctx, id)
		return madeMsg{snapshot: s, err: err}
	})
}

func (msg madeMsg) apply(a *App) tea.Cmd {
	if msg.err != nil || !a.state.Data.Store.Complete() {
		return nil // the polls will tell
	}
	return a.applyStore(a.state.Data.Store.With(msg.snapshot))
}

// followRebuilt moves the cursor from a snapshot to the one that it is rebuilt as,
// unless the user did something else meanwhile. before is where the cursor was.
func (a *App) followRebuilt(before *model.Snapshot) {
	for _, op := range a.state.running() {
		untouched := op.cursor && !a.lastKey.After(op.Started)
		if !untouched && (before == nil || before.ID != op.ID || !op.Workflow) {
			continue
		}
		for _, id := range op.RelatedIDs {
			// A candidate bears another name, and goes.
			if s, ok := a.state.Data.Store.Get(id); ok && s.Name == op.Name && a.table.Select(id) {
				op.cursor = false
			}
		}
	}
}

// apply tells how a rebuild ended, and where the recipe is if it did not
// end well.
func (msg rebuildEndedMsg) apply(a *App) tea.Cmd {
	op := a.state.actions[msg.id]
	if op == nil {
		return nil
	}
	r := msg.result
	if r.New != nil {
		op.RelatedIDs = append(op.RelatedIDs, r.New.ID)
		a.followRebuilt(a.selected())
	}
	for _, id := range op.RelatedIDs {
		delete(a.state.Pending, id)
	}
	outcome, wrong := a.rebuildOutcome(op, r, msg.err)
	var gone, left tea.Cmd
	if op.deletedID != "" {
		// While it ran, the row showed it. Now it would show the old state, until a
		// second poll misses it.
		gone = a.applyStore(a.state.Data.Store.Without(op.deletedID))
	}
	if op.recipeKept = r.Entry != ""; op.recipeKept {
		left = a.findUnfinished(false)
	}
	ended := a.end(op, outcome, wrong)
	return tea.Batch(gone, ended, a.notifyRebuilt(op, wrong), a.derive(), left, a.startPoll())
}

// rebuildOutcome is how a rebuild ended in words: the outcome, or what went wrong and
// where the recipe is.
func (a *App) rebuildOutcome(op *pendingAction, r model.RebuildResult, err error) (outcome, wrong string) {
	outcome = "active after " + format.Seconds(a.now.Sub(op.Started))
	kept := ""
	if r.Replaced != "" {
		kept = " · the old Dockerfile is kept in " + r.Replaced
	}
	if r.Outcome == model.OutcomeRebuilt {
		return outcome + kept, ""
	}
	wrong = "it did not become active"
	if err != nil {
		wrong = strings.Join(strings.Fields(err.Error()), " ") // in one line
	}
	untouched := r.Outcome == model.OutcomeUntouched
	old, there := a.state.Data.Store.Get(op.ID)
	switch {
	case untouched && there && old.State == model.StateRemoving:
		// Somebody else is deleting it, so it is not as it was.
	case untouched && r.Entry != "":
		wrong += " · the old one is there as it was; a candidate may be left to remove"
	case untouched:
		wrong += " · the old one is there as it was"
	case r.Entry != "":
		wrong += " · its recipe is saved"
	}
	return outcome, wrong + kept
}
