package ui

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/poller"
	"daytona/snapdeck/ui/running"
)

// An action ends in one of four ways: done, failed, reverted, or with an unknown outcome.
// Each is reported by the bulk action that it belongs to, or else by a toast; an outcome
// that was unknown for a while is reported by both.

// failed reports that the server refused, or that nothing was sent. A request of a bulk action
// that hit the rate limit returns to its queue.
func (a *App) failed(op *running.Action, err error) tea.Cmd {
	limit, ok := errors.AsType[*model.Error](err)
	if !a.bulk.Owns(op.ID) || !ok || limit.Code != model.RateLimited {
		return a.end(op, "", mutation.Reason(err))
	}
	a.bulk.Pause(a.now.Add(poller.RetryAfter(limit)))
	s, ok := a.state.Data.Store.Get(op.ID)
	if !ok {
		return a.notFound(op)
	}
	a.state.running.Remove(op)
	a.bulk.Requeue(bulkItem(op.Mutation, s))
	return a.logAction(op, activity.Failed, "rate limited, sent again later")
}

// end removes a running action and reports how it ended: with details of its success, or
// with the reason why it failed.
func (a *App) end(op *running.Action, details, reason string) tea.Cmd {
	a.state.running.Remove(op)
	delete(a.state.Failures, op.ID)
	if reason != "" {
		a.state.Failures[op.ID] = "was not " + op.Mutation.Past + ": " + reason
	}
	outcome, result := activity.Done, op.Mutation.Past+" · "+details
	if reason != "" {
		outcome, result = activity.Failed, reason
	}
	logged := a.logAction(op, outcome, result)
	switch {
	case a.bulk.Owns(op.ID):
		return tea.Batch(logged, a.bulkItemEnded(op, reason))
	case a.bulk.Awaits(op.ID):
		logged = tea.Batch(logged, a.bulkItemEnded(op, reason))
	}
	switch {
	case reason == "":
		a.toast.Show(dialog.Done, op.Mutation.Past+" "+op.Name+" · "+details, a.now)
	default:
		a.toast.Show(dialog.Failed, op.Name+" was not "+op.Mutation.Past+": "+reason+a.retryHint(op), a.now)
	}
	return logged
}

// retryHint returns the key that retries the action, or "". Without its row, the key would
// act on another snapshot, so it is omitted.
func (a *App) retryHint(op *running.Action) string {
	if op.RecipeKept {
		return " · " + a.keyFor("rebuild.resume") + " resume"
	}
	s, ok := a.state.Data.Store.Get(op.ID)
	if !ok || a.refuseOne(op.Mutation, s) != "" {
		return ""
	}
	return " · " + a.keyFor("snapshot."+op.Mutation.Name) + " retry"
}
