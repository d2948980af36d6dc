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
	// overdue is after how long the removal of a snapshot takes unusually long.
	// The server was seen to need up to 10 s.
	overdue = time.Minute
	// followedByGet is up to how many actions are followed one by one; more are
	// followed by the polls alone, which cost the same for any number.
	followedByGet = 4
)

// pendingAction is a running mutation of one snapshot, which has at most one.
type pendingAction struct {
	row.Pending
	mutation  *mutation.Mutation
	fetching  bool // a GET is running
	nextFetch time.Time
	fetches   int
	warned    bool // the user knows that it takes long

	cursor     bool                    // the cursor was on it, and moves with it
	deletedID  string                  // the snapshot that its steps proved deleted, "" for none
	stop       context.CancelCauseFunc // ends a workflow
	stopped    bool                    // by the user, and it has not ended yet
	recipeKept bool                    // it ended with its recipe still in the journal
}

// newPendingAction is a mutation that starts now.
func newPendingAction(v *mutation.Mutation, id, name string, now time.Time) *pendingAction {
	return &pendingAction{mutation: v, Pending: row.Pending{ID: id, Name: name, Action: v.Name, Shows: v.Shows, Started: now}}
}

type (
	// actedMsg: the server answered the request of a mutation.
	actedMsg struct {
		id       string
		mutation *mutation.Mutation
		snapshot *model.Snapshot
		err      error
	}
	// lookedMsg: the server answered a GET that follows an action.
	fetchedMsg struct {
		id       string
		mutation *mutation.Mutation
		snapshot *model.Snapshot
		err      error
	}
)

// lookPause is the time before the next GET: the server's job removes rows every
// 10 s, so looking more often at first and less often later loses little.
func (o *pendingAction) fetchDelay() time.Duration {
	return min(time.Duration(o.fetches+1)*time.Second, 5*time.Second)
}

// begin sends the request of a mutation. What was asked for may have changed while a
// question stood on the screen, so the reasons against it are looked at again.
func (a *App) begin(v *mutation.Mutation, s *model.Snapshot) (tea.Cmd, string) {
	current, ok := a.state.Data.Store.Get(s.ID)
	if !ok {
		return nil, "it is gone"
	}
	if reason := a.refuseOne(v, current); reason != "" {
		return nil, reason
	}
	if v.Workflow() {
		return a.runRebuild(current, a.options.Rebuilder.Plan(a.rebuildRequest(current, model.InPlace, nil))), ""
	}
	a.state.add(newPendingAction(v, s.ID, s.Name, a.now))
	api, id := a.options.API, s.ID
	return a.work(callDeadline, func(ctx context.Context) tea.Msg {
		fresh, err := v.Call(ctx, api, id)
		return actedMsg{id: id, mutation: v, snapshot: fresh, err: err}
	}), ""
}

// apply takes the answer of a mutation in. Success is not proof, and an answer that
// was lost is not failure: both are followed.
func (msg actedMsg) apply(a *App) tea.Cmd {
	op := a.state.actions[msg.id]
	if op == nil || op.mutation != msg.mutation {
		return nil
	}
	trouble, isAPI := errors.AsType[*model.Error](msg.err)
	switch {
	case msg.err == nil:
		op.Sent = a.now
	case model.CodeOf(msg.err) == model.NotFound:
		return a.notFound(op)
	case isAPI && trouble.Code == model.Network && trouble.Sent:
		op.Sent = a.now // perhaps: the follow-up tells
	default:
		return a.failed(op, msg.err)
	}
	op.nextFetch = a.now.Add(op.fetchDelay())
	if msg.snapshot != nil {
		learn := a.applyStore(a.state.Data.Store.With(msg.snapshot))
		return tea.Batch(learn, a.follow(op, msg.snapshot), a.startPoll())
	}
	return a.startPoll()
}

// lookIfDue asks the server for the snapshots whose actions are followed.
func (a *App) fetchIfDue() tea.Cmd {
	if a.poller.RetryAfter(a.now) > 0 {
		return nil
	}
	var cmds []tea.Cmd
	running := a.state.running()
	many := len(running) > followedByGet
	for _, op := range running {
		if op.Workflow || !op.Accepted() || op.fetching || many || a.now.Before(op.nextFetch) {
			continue
		}
		op.fetching = true
		op.fetches++
		api, id, v := a.options.API, op.ID, op.mutation
		cmds = append(cmds, a.work(callDeadline, func(ctx context.Context) tea.Msg {
			s, err := api.Get(ctx, id)
			return fetchedMsg{id: id, mutation: v, snapshot: s, err: err}
		}))
	}
	return tea.Batch(cmds...)
}

// apply takes the answer of a GET in.
func (msg fetchedMsg) apply(a *App) tea.Cmd {
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
		return nil // the header tells about the connection; the next look tries again
	}
	learn := a.applyStore(a.state.Data.Store.With(msg.snapshot))
	return tea.Batch(learn, a.follow(op, msg.snapshot))
}

// follow decides what the server's truth means for an action that it accepted;
// nil is a snapshot that is gone.
func (a *App) follow(op *pendingAction, s *model.Snapshot) tea.Cmd {
	switch {
	case op.mutation.Ends(s):
		return a.done(op)
	case op.mutation.Reverted(s):
		return a.reverted(op, s)
	case !op.warned && a.now.Sub(op.Sent) > overdue:
		op.warned = true
		a.toast.Show(dialog.Info, op.Name+": "+op.mutation.Name+" takes over a minute; it is still "+s.State.Label(), a.now)
	}
	return nil
}

// settle compares the running actions with a poll that was begun at the given
// time. A poll that was under way before the request says nothing about it.
func (a *App) settle(begun time.Time) tea.Cmd {
	var cmds []tea.Cmd
	for _, op := range a.state.running() {
		if op.Workflow || !op.Accepted() || !begun.After(op.Sent) || !a.state.Data.Store.Complete() {
			continue
		}
		s, _ := a.state.Data.Store.Get(op.ID)
		cmds = append(cmds, a.follow(op, s))
	}
	return tea.Batch(cmds...)
}

// gone takes out a snapshot of which the server says that it does not exist.
func (a *App) notFound(op *pendingAction) tea.Cmd {
	learn := a.applyStore(a.state.Data.Store.Without(op.ID))
	if a.state.actions[op.ID] != op {
		return learn
	}
	if op.mutation.Ends(nil) {
		return tea.Batch(learn, a.done(op))
	}
	return tea.Batch(learn, a.failed(op, errors.New("it is gone")))
}
