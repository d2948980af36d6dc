package ui

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
)

// An action ends in one of three ways: done, failed, or taken back. Each is told
// once: by the batch that it belongs to, else by a toast.

// done reports that the server's truth shows what was asked for.
func (a *App) done(op *operation) tea.Cmd {
	took := seconds(a.now.Sub(op.started))
	outcome := op.verb.past + " after " + took
	if op.verb.shows == model.StateRemoving {
		outcome = "gone after " + took
	}
	return a.end(op, outcome, "")
}

// failed reports that the server refused, or could not be asked.
func (a *App) failed(op *operation, err error) tea.Cmd {
	if cmd, held := a.heldBack(op, err); held {
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
func (a *App) takenBack(op *operation, s *model.Snapshot) tea.Cmd {
	return a.end(op, "", "the server took it back, it is "+s.State.Label())
}

// end takes an action off the list and tells how it ended: with an outcome or
// with what went wrong.
func (a *App) end(op *operation, outcome, wrong string) tea.Cmd {
	delete(a.known.operations, op.id)
	delete(a.known.failures, op.id)
	if wrong != "" {
		a.known.failures[op.id] = "was not " + op.verb.past + ": " + wrong
	}
	logged := a.logAction(op, outcome, wrong)
	if a.batch.owns(op.id) {
		return tea.Batch(logged, a.batchEnded(op, wrong))
	}
	switch {
	case wrong == "":
		a.toast.show(toastDone, op.verb.past+" "+op.name+" · "+outcome, a.now)
	default:
		a.toast.show(toastFailed, op.name+" was not "+op.verb.past+": "+wrong+a.againHint(op), a.now)
	}
	return logged
}

// againHint tells how to try again, where that can be. Where the row is gone the key
// of the verb would act on the snapshot that the cursor is on now, so it is not named.
func (a *App) againHint(op *operation) string {
	if op.kept {
		return " · " + a.keyFor("rebuild.finish") + " finishes it"
	}
	s, ok := a.known.deck.store.Get(op.id)
	if !ok || op.verb.refuse(a, s) != "" {
		return ""
	}
	return " · " + a.keyFor("snapshot."+op.verb.name) + " tries again"
}
