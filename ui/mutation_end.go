package ui

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/format"
)

// An action ends in one of three ways: done, failed, or reverted. Each is reported once:
// by the bulk action that it belongs to, or else by a toast.

// done reports that the snapshot shows what was asked for.
func (a *App) done(op *pendingAction) tea.Cmd {
	return a.end(op, "took "+format.Seconds(a.now.Sub(op.Started)), "")
}

// failed reports that the server refused, or did not answer.
func (a *App) failed(op *pendingAction, err error) tea.Cmd {
	if cmd, requeued := a.requeue(op, err); requeued {
		return cmd
	}
	return a.end(op, "", withoutHost(err))
}

// withoutHost returns the text of an error without the host, which is in the header.
func withoutHost(err error) string {
	known, ok := errors.AsType[*model.Error](err)
	if !ok {
		return err.Error()
	}
	short := *known
	short.Host = ""
	return short.Error()
}

// end removes a running action and reports how it ended: with details of its success, or
// with the reason why it failed.
func (a *App) end(op *pendingAction, details, reason string) tea.Cmd {
	a.state.remove(op)
	delete(a.state.Failures, op.ID)
	if reason != "" {
		a.state.Failures[op.ID] = "was not " + op.mutation.Past + ": " + reason
	}
	logged := a.logAction(op, op.mutation.Past+" · "+details, reason)
	switch {
	case a.bulk.Owns(op.ID):
		return tea.Batch(logged, a.bulkItemEnded(op, reason))
	case reason == "":
		a.toast.Show(dialog.Done, op.mutation.Past+" "+op.Name+" · "+details, a.now)
	default:
		a.toast.Show(dialog.Failed, op.Name+" was not "+op.mutation.Past+": "+reason+a.retryHint(op), a.now)
	}
	return logged
}

// retryHint returns the key that retries the action, or "". Without its row, the key would
// act on another snapshot, so it is omitted.
func (a *App) retryHint(op *pendingAction) string {
	if op.recipeKept {
		return " · " + a.keyFor("rebuild.resume") + " resume"
	}
	s, ok := a.state.Data.Store.Get(op.ID)
	if !ok || a.refuseOne(op.mutation, s) != "" {
		return ""
	}
	return " · " + a.keyFor("snapshot."+op.mutation.Name) + " retry"
}
