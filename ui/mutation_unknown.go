package ui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/text"
)

// unansweredLine is the entry of the activity for a request that the server may or may not
// have carried out.
func (o *pendingAction) unansweredLine() text.Line {
	return text.Join(
		text.Styled(o.Name, theme.Title, nil),
		text.Sprintf("  %s → %s, outcome unknown", o.mutation.Name, o.Unknown).As(theme.Warning))
}

// giveUp ends an action with an outcome that stays unknown. Its entry in the log of actions
// has no other end, so the next start asks again.
func (a *App) giveUp(op *pendingAction) tea.Cmd {
	a.state.remove(op)
	reason := "outcome of " + op.mutation.Name + " unknown · " + op.follow.Reason()
	a.state.Failures[op.ID] = reason
	if a.bulk.Awaits(op.ID) {
		a.bulk.Unknown(op.ID, op.Name, op.follow.Reason())
	}
	a.toast.Show(dialog.Failed, op.Name+": "+reason+" · id "+op.ID+a.retryHint(op), a.now)
	return a.logAction(op, activity.Unknown, reason)
}

// openActionsMsg brings what earlier runs left in the log of actions: requests without a
// known end, and when snapshots were created that others have replaced.
type openActionsMsg struct {
	records   []activity.Record
	originals map[string]time.Time
	err       error
}

// readOpenActions reads the requests of earlier runs that have no known end, once it is
// known which organization they must belong to.
func (a *App) readOpenActions() tea.Cmd {
	read, originals, url, organization := a.options.OpenActions, a.options.Originals, a.options.APIURL, a.state.OrganizationID()
	if read == nil || organization == "" || a.openActionsRead {
		return nil
	}
	a.openActionsRead = true
	return a.options.work(callDeadline, func(context.Context) tea.Msg {
		records, err := read(url, organization)
		msg := openActionsMsg{records: records, err: err}
		if originals != nil && err == nil {
			msg.originals, msg.err = originals(url, organization)
		}
		return msg
	})
}

// apply asks for the outcomes.
func (msg openActionsMsg) apply(a *App) tea.Cmd {
	if msg.err != nil {
		a.toast.Append(dialog.Failed, "the log of actions cannot be read: "+msg.err.Error(), a.now)
	}
	if len(msg.originals) > 0 {
		a.state.Families = a.state.Families.With(msg.originals)
	}
	for _, r := range msg.records {
		m := mutation.Named(r.Action)
		if m == nil || a.state.Pending[r.ID] != nil {
			continue
		}
		op := newPendingAction(m, r.ID, r.Name, r.Sent)
		var before *model.Snapshot
		if s, ok := a.state.Data.Store.Get(r.ID); ok {
			before = s
		}
		op.follow = mutation.Resumed(m, before, r.Sent, a.now)
		op.showFollow()
		a.state.add(op)
	}
	return a.fetchIfDue()
}
