package ui

import (
	"context"
	"errors"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/row"
)

const (
	// callDeadline bounds one request as the dashboard sees it; the client has a
	// shorter one of its own.
	callDeadline = time.Minute
	// slowAfter is when a removal is unusually slow: the server needs up to 10 s.
	slowAfter = time.Minute
	// maxFollowedByGet is how many actions are followed by a GET each; more are followed by
	// the polls alone, which cost the same for any number.
	maxFollowedByGet = 4
)

// pendingAction is a running mutation of one snapshot, which has at most one.
type pendingAction struct {
	row.Pending
	mutation   *mutation.Mutation
	fetching   bool // a GET is running
	nextFetch  time.Time
	fetches    int
	slowWarned bool // the user knows that it takes long

	hadCursor  bool                    // the cursor was on it, and moves with it
	deletedID  string                  // the snapshot that its steps proved deleted, "" for none
	stop       context.CancelCauseFunc // ends a workflow
	stopped    bool                    // by the user, and it has not ended yet
	recipeKept bool                    // it ended with its recipe still in the journal
}

// newPendingAction returns the running action for a mutation that starts now.
func newPendingAction(v *mutation.Mutation, id, name string, now time.Time) *pendingAction {
	return &pendingAction{mutation: v, Pending: row.Pending{ID: id, Name: name, Action: v.Name, Shows: v.Shows, Started: now}}
}

type (
	// mutationAnsweredMsg: the server answered the request of a mutation.
	mutationAnsweredMsg struct {
		id       string
		mutation *mutation.Mutation
		snapshot *model.Snapshot
		err      error
	}
	// followedMsg: the server answered a GET that follows an action.
	followedMsg struct {
		id       string
		mutation *mutation.Mutation
		snapshot *model.Snapshot
		err      error
	}
)

// fetchDelay returns the time before the next GET. The server removes rows every 10 s, so the
// delay grows to a few seconds.
func (o *pendingAction) fetchDelay() time.Duration {
	return min(time.Duration(o.fetches+1)*time.Second, 5*time.Second)
}

// start sends the request of a mutation, or returns why it cannot. The snapshot may have
// changed while the confirmation was open, so it is checked again.
func (a *App) start(v *mutation.Mutation, s *model.Snapshot) (tea.Cmd, string) {
	current, ok := a.state.Data.Store.Get(s.ID)
	if !ok {
		return nil, "deleted elsewhere"
	}
	if reason := a.refuseOne(v, current); reason != "" {
		return nil, reason
	}
	if v.Workflow() {
		return a.runRebuild(current, a.options.Rebuilder.Plan(a.rebuildRequest(current, nil))), ""
	}
	a.state.add(newPendingAction(v, s.ID, s.Name, a.now))
	api, id := a.options.API, s.ID
	return a.work(callDeadline, func(ctx context.Context) tea.Msg {
		fresh, err := v.Call(ctx, api, id)
		return mutationAnsweredMsg{id: id, mutation: v, snapshot: fresh, err: err}
	}), ""
}

// apply applies the answer to a mutation. Success is no proof, and a lost answer is no
// failure: both are followed.
func (msg mutationAnsweredMsg) apply(a *App) tea.Cmd {
	op := a.state.actions[msg.id]
	if op == nil || op.mutation != msg.mutation {
		return nil
	}
	known, isAPI := errors.AsType[*model.Error](msg.err)
	switch {
	case msg.err == nil:
		op.Sent = a.now
	case model.CodeOf(msg.err) == model.NotFound:
		return a.notFound(op)
	case isAPI && known.Code == model.Network && known.Sent:
		op.Sent = a.now // perhaps: the GETs that follow show it
	default:
		return a.failed(op, msg.err)
	}
	op.nextFetch = a.now.Add(op.fetchDelay())
	if msg.snapshot != nil {
		applied := a.applyStore(a.state.Data.Store.With(msg.snapshot))
		return tea.Batch(applied, a.follow(op, msg.snapshot), a.startPoll())
	}
	return a.startPoll()
}

// fetchIfDue gets the snapshots with running actions.
func (a *App) fetchIfDue() tea.Cmd {
	if a.poller.RetryAfter(a.now) > 0 {
		return nil
	}
	var cmds []tea.Cmd
	running := a.state.running()
	many := len(running) > maxFollowedByGet
	for _, op := range running {
		if op.Workflow || !op.Accepted() || op.fetching || many || a.now.Before(op.nextFetch) {
			continue
		}
		op.fetching = true
		op.fetches++
		api, id, v := a.options.API, op.ID, op.mutation
		cmds = append(cmds, a.work(callDeadline, func(ctx context.Context) tea.Msg {
			s, err := api.Get(ctx, id)
			return followedMsg{id: id, mutation: v, snapshot: s, err: err}
		}))
	}
	return tea.Batch(cmds...)
}

// apply applies the answer to a GET.
func (msg followedMsg) apply(a *App) tea.Cmd {
	op := a.state.actions[msg.id]
	if op == nil || op.mutation != msg.mutation {
		return nil
	}
	op.fetching = false
	op.nextFetch = a.now.Add(op.fetchDelay())
	if model.CodeOf(msg.err) == model.NotFound {
		return a.notFound(op)
	}
	if msg.err != nil {
		return nil // the header shows the connection; the next GET tries again
	}
	applied := a.applyStore(a.state.Data.Store.With(msg.snapshot))
	return tea.Batch(applied, a.follow(op, msg.snapshot))
}

// follow decides what the snapshot, as the server sends it, means for an accepted
// action. nil is a deleted snapshot.
func (a *App) follow(op *pendingAction, s *model.Snapshot) tea.Cmd {
	switch {
	case op.mutation.Ends(s):
		return a.done(op)
	case op.mutation.Reverted(s):
		return a.end(op, "", "reverted, it is "+s.State.Label())
	case !op.slowWarned && a.now.Sub(op.Sent) > slowAfter:
		op.slowWarned = true
		a.toast.Show(dialog.Info, op.Name+": "+op.mutation.Name+" takes over a minute, it is still "+s.State.Label(), a.now)
	}
	return nil
}

// settle follows the running actions with a poll that started at the given time. A poll
// that started before the request says nothing about it.
func (a *App) settle(started time.Time) tea.Cmd {
	var cmds []tea.Cmd
	for _, op := range a.state.running() {
		if op.Workflow || !op.Accepted() || !started.After(op.Sent) || !a.state.Data.Store.Complete() {
			continue
		}
		if a.state.Data.Store.Missing(op.ID) {
			continue // one poll without it proves nothing
		}
		s, _ := a.state.Data.Store.Get(op.ID)
		cmds = append(cmds, a.follow(op, s))
	}
	return tea.Batch(cmds...)
}

// notFound applies that the server does not know the snapshot.
func (a *App) notFound(op *pendingAction) tea.Cmd {
	applied := a.applyStore(a.state.Data.Store.Without(op.ID))
	if a.state.actions[op.ID] != op {
		return applied
	}
	if op.mutation.Ends(nil) {
		return tea.Batch(applied, a.done(op))
	}
	return tea.Batch(applied, a.failed(op, errors.New("deleted elsewhere")))
}
