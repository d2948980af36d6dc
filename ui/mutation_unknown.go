package ui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/running"
)

// giveUp ends an action with an outcome that stays unknown. Its entry in the log of actions
// has no other end, so the next start asks again.
func (a *App) giveUp(op *running.Action) tea.Cmd {
	a.state.running.Remove(op)
	reason := "outcome of " + op.Mutation.Name + " unknown · " + op.Follow.Reason()
	a.state.Failures[op.ID] = reason
	if a.bulk.Awaits(op.ID) {
		a.bulk.Unknown(op.ID, op.Name, op.Follow.Reason())
	}
	a.toast.Show(dialog.Failed, op.Name+": "+reason+" · id "+op.ID+a.retryHint(op), a.now)
	return a.logAction(op, activity.Unknown, reason)
}

// openActionsMsg brings what earlier runs left in the log of actions: requests without a
// known end, and the creation times of replaced snapshots.
type openActionsMsg struct {
	records       []activity.Record
	originalTimes map[string]time.Time
	err           error
}

// readOpenActions reads the requests of earlier runs that have no known end, once the
// organization is known.
func (a *App) readOpenActions() tea.Cmd {
	read, originals, url, organization := a.options.OpenActions, a.options.OriginalTimes, a.options.APIURL, a.state.OrganizationID()
	if read == nil || organization == "" || a.openActionsRead {
		return nil
	}
	a.openActionsRead = true
	return a.options.work(callDeadline, func(context.Context) tea.Msg {
		records, err := read(url, organization)
		msg := openActionsMsg{records: records, err: err}
		if originals != nil && err == nil {
			msg.originalTimes, msg.err = originals(url, organization)
		}
		return msg
	})
}

// apply follows the requests to their outcomes.
func (msg openActionsMsg) apply(a *App) tea.Cmd {
	if msg.err != nil {
		a.toast.Append(dialog.Failed, "the log of actions cannot be read: "+msg.err.Error(), a.now)
	}
	if len(msg.originalTimes) > 0 {
		a.state.Families = a.state.Families.With(msg.originalTimes)
	}
	for _, r := range msg.records {
		m := mutation.Named(r.Action)
		if m == nil || a.state.Pending[r.ID] != nil {
			continue
		}
		op := running.NewAction(m, r.ID, r.Name, r.Sent)
		var before *model.Snapshot
		if s, ok := a.state.Data.Store.Get(r.ID); ok {
			before = s
		}
		op.Follow = mutation.Resumed(m, before, r.Sent, a.now)
		op.ShowFollow()
		a.state.running.Add(op)
	}
	return a.fetchIfDue()
}
