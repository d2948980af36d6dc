package ui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/listing"
	"daytona/snapdeck/ui/row"
)

// pollDeadline bounds one whole poll. A single request has its own, shorter one;
// a poll of 100,000 snapshots is 500 requests that wait for the rate limit, which takes
// ten minutes or, with a low limit, more.
const pollDeadline = 2 * time.Hour

type (
	// listProgressMsg: a part of the first list has arrived.
	listProgressMsg struct {
		listing.Progress
		generation int
	}
	// polledMsg: a poll has ended.
	polledMsg struct {
		listing.Result
		generation int
	}
)

// startPoll polls at once, after an action or for the user, unless a poll is in flight. If the
// budget is used up or the last request was just refused, it leaves that to the next
// scheduled poll.
func (a *App) startPoll() tea.Cmd {
	if wait, _ := a.refreshWait(); wait > 0 {
		return nil
	}
	return a.runPoll(a.poller.Refresh(a.now))
}

// runPoll runs the poll of a generation, or nothing if another one is in flight.
func (a *App) runPoll(generation int, ok bool) tea.Cmd {
	if !ok {
		return nil
	}
	api, base, send := a.options.API, a.state.Data, a.options.Send
	return a.options.work(pollDeadline, func(ctx context.Context) tea.Msg {
		report := func(p listing.Progress) { send(listProgressMsg{Progress: p, generation: generation}) }
		return polledMsg{Result: listing.Read(ctx, api, base, report), generation: generation}
	})
}

func (a *App) pollIfDue() tea.Cmd {
	if !a.poller.Due(a.now) {
		return nil
	}
	return a.runPoll(a.poller.Start(a.now))
}

// refresh polls at once, also while polling is paused, and asks again who uses the snapshot
// if that is shown.
func (a *App) refresh() tea.Cmd {
	if wait, reason := a.refreshWait(); wait > 0 && !a.poller.Status().InFlight {
		a.toast.Show(dialog.Refused, reason+": refresh possible in "+format.Wait(wait), a.now)
		return nil
	}
	a.uses.Refresh()
	a.detail.audit.Expire()
	return a.startPoll()
}

// refreshWait returns how long the next refresh has to wait, and why.
func (a *App) refreshWait() (wait time.Duration, reason string) {
	return a.poller.RefreshWait(a.now, a.options.API.Budget())
}

// retryKey returns the key that polls at once, "" while a refresh has to wait.
func (a *App) retryKey() string {
	if wait, _ := a.refreshWait(); wait > 0 {
		return ""
	}
	return a.keyFor("refresh")
}

func (a *App) togglePause() tea.Cmd {
	if a.poller.TogglePause() {
		a.toast.Show(dialog.Info, "polling paused · "+a.keyFor("poll.pause")+" resume · "+a.keyFor("refresh")+" refresh", a.now)
		return nil
	}
	return a.pollIfDue()
}

func (msg listProgressMsg) apply(a *App) tea.Cmd {
	if !a.poller.Current(msg.generation) {
		return nil
	}
	a.poller.Progress(a.now, msg.Loaded, msg.Total, msg.Left)
	if msg.Partial.Store == nil || a.state.Data.Store.Complete() {
		return nil
	}
	a.state.Data = msg.Partial
	return a.derive()
}

// apply applies the answer to a poll. An error changes the freshness and the time
// of the next poll, never the data.
func (msg polledMsg) apply(a *App) tea.Cmd {
	if !a.poller.Current(msg.generation) {
		return nil
	}
	if msg.Err == nil && a.state.Data.Store.Complete() && msg.Base.Store != a.state.Data.Store {
		// Another request changed the data during the poll: compare with that.
		base, list := a.state.Data, a.poller.MergeChecks(msg.Listing)
		return a.options.work(pollDeadline, func(context.Context) tea.Msg {
			return polledMsg{Result: listing.Compare(base, base, list), generation: msg.generation}
		})
	}
	before := a.poller.Status()
	if msg.Err != nil {
		a.pollFailed(msg.Err)
		return nil
	}
	a.poller.Succeeded(a.now, msg.Listing)
	a.state.Skew = msg.Listing.ClockSkew
	a.state.Now = a.now.Add(a.state.Skew)
	a.activity.PollSucceeded(a.now, activity.Observed{Updated: before.Updated, Due: before.Next, Started: before.Started})
	cmds := []tea.Cmd{a.setData(msg.Next, msg.Changes), a.settle(before.Started), a.readOpenActions()}
	a.poller.Schedule(a.now, a.state.busy(), a.options.API.Budget())
	if before.Updated.IsZero() {
		cmds = append(cmds, a.readOrgInfoIfDue())
	}
	return tea.Batch(cmds...)
}

// pollFailed records the error of a poll.
func (a *App) pollFailed(err error) {
	known := model.AsError(err, a.options.Host)
	a.poller.Failed(a.now, known)
	a.activity.PollFailed(a.now, known)
}

// setData applies a new dataset, and everything that follows from it.
func (a *App) setData(next row.Dataset, changes []model.Change) tea.Cmd {
	if store := a.state.Data.Store; store.Complete() {
		observed := changes
		if store.Partial() {
			observed = row.WithoutAdded(changes) // they may have existed before
		}
		a.activity.AddChanges(a.now, observed)
		a.failures.Observe(a.now, observed)
		a.recipes.Observe(a.now, observed, a.state.Pending)
	}
	unchanged := next.Store == a.state.Data.Store && a.state.Query.Empty()
	notified := a.notify(changes)
	a.state.SetData(next, changes)
	if unchanged {
		return notified
	}
	if row.AnyDeleted(changes) {
		a.state.dropStaleMarks(a.table)
	}
	return tea.Batch(notified, a.deriveNext())
}

// applyStore applies an answer about a single snapshot. Index and totals follow with the
// visible rows.
func (a *App) applyStore(store *model.Store, changes []model.Change) tea.Cmd {
	next := a.state.Data
	next.Store = store
	return a.setData(next, changes)
}
