package ui

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/format"
)

// An action ends in one of three ways: done, failed, or taken back. Each is told
// once: by the bulk action that it belongs to, else by a toast.

// done reports that the server's truth shows what was asked for.
func (a *App) done(op *pendingAction) tea.Cmd {
	took := format.Seconds(a.now.Sub(op.Started))
	outcome := op.mutation.Past + " after " + took
	if op.mutation.Shows == model.StateRemoving {
		outcome = "gone after " + took
	}
	return a.end(op, outcome, "")
}

// failed reports that the server refused, or could not be asked.
func (a *App) failed(op *pendingAction, err error) tea.Cmd {
	if cmd, held := a.requeue(op, err); held {
		return cmd
	}
	return a.end(op, "", withoutHost(err))
}

// withoutHost is an error in one line. The host stands in the header already.
func withoutHost(err error) string {
	trouble, isAPI := errors.AsType[*model.Error](err)
	if !isAPI {
		return err.Error()
	}
	short := *trouble
	short.Host = ""
	return short.Error()
}

// takenBack reports that the server accepted the request and then undid it: a
// running job wrote its own state over it, or somebody else acted.
func (a *App) reverted(op *pendingAction, s *model.Snapshot) tea.Cmd {
	return a.end(op, "", "the server took it back, it is "+s.State.Label())
}

// end takes an action off the list and tells how it ended: with an outcome or
// with what went wrong.
func (a *App) end(op *pendingAction, outcome, wrong string) tea.Cmd {
	a.state.remove(op)
	delete(a.state.Failures, op.ID)
	if wrong != "" {
		a.state.Failures[op.ID] = "was not " + op.mutation.Past + ": " + wrong
	}
	logged := a.logAction(op, outcome, wrong)
	if a.bulk.Owns(op.ID) {
		return tea.Batch(logged, a.bulkItemEnded(op, wrong))
	}
	switch {
	case wrong == "":
		a.toast.Show(dialog.Done, op.mutation.Past+" "+op.Name+" · "+outcome, a.now)
	default:
		a.toast.Show(dialog.Failed, op.Name+" was not "+op.mutation.Past+": "+wrong+a.againHint(op), a.now)
	}
	return logged
}

// againHint tells how to try again, where that can be. Where the row is gone the key
// of the mutation would act on the snapshot that the cursor is on now, so it is not named.
func (a *App) againHint(op *pendingAction) string {
	if op.recipeKept {
		return " · " + a.keyFor("rebuild.resume") + " resume"
	}
	s, ok := a.state.Data.Store.Get(op.ID)
	if !ok || a.refuseOne(op.mutation, s) != "" {
		return ""
	}
	return " · " + a.keyFor("snapshot."+op.mutation.Name) + " tries again"
}
