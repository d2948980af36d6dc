package ui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
)

// checkDeadline bounds a check: the next one is soon due.
const checkDeadline = 30 * time.Second

// checkedMsg brings what was read between two polls.
type checkedMsg struct {
	found model.Check
	err   error
}

// checkIfDue reads the newest snapshots and those in transition while the polls of a long
// list are far apart.
func (a *App) checkIfDue() tea.Cmd {
	if !a.poller.CheckDue(a.now) {
		return nil
	}
	var changing []*model.Snapshot
	for _, s := range a.state.Data.Store.All() {
		if s.State.InTransition() {
			changing = append(changing, s)
		}
	}
	ids, api := a.poller.StartCheck(a.now, changing), a.options.API
	return a.options.work(checkDeadline, func(ctx context.Context) tea.Msg {
		found, err := api.Check(ctx, ids)
		return checkedMsg{found: found, err: err}
	})
}

// apply applies what was read. An error counts as that of a poll, which asks the same server.
func (msg checkedMsg) apply(a *App) tea.Cmd {
	if a.poller.Checked(a.now, msg.found) {
		a.activity.PollSucceeded(a.now, activity.Observed{Updated: a.poller.Status().Updated})
	}
	store, changes := a.state.Data.Store.WithCheck(msg.found)
	if msg.err != nil && !a.poller.Status().InFlight {
		a.pollFailed(msg.err)
	}
	if store == a.state.Data.Store {
		return nil
	}
	return a.applyStore(store, changes)
}
