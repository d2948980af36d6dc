package ui

import (
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/row"
)

const (
	// callDeadline bounds one request as the dashboard sees it; the client has a
	// shorter one of its own.
	callDeadline = time.Minute
	// maxFollowedByGet is how many actions are followed by a GET each; more are followed by
	// the polls, which cost the same for any number, and GETs for unknown outcomes that use
	// half as many requests as polls may.
	maxFollowedByGet = 4
)

// pendingAction is a running mutation of one snapshot, which has at most one.
type pendingAction struct {
	row.Pending
	mutation   *mutation.Mutation
	follow     mutation.Follow
	fetching   bool // a GET is running
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

// showFollow updates what the row shows of the request.
func (o *pendingAction) showFollow() {
	o.Unknown, o.AskAt = "", o.follow.Next()
	if o.follow.Unknown() {
		o.Unknown = o.follow.Reason()
	} else {
		o.Sent = o.follow.Since()
	}
}

type (
	// mutationAnsweredMsg: the request of an action has ended.
	mutationAnsweredMsg struct {
		op       *pendingAction
		snapshot *model.Snapshot
		err      error
	}
	// followedMsg: a GET that follows an action has ended.
	followedMsg struct {
		op       *pendingAction
		snapshot *model.Snapshot
		err      error
	}
)

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
	var replaced tea.Cmd
	if old := a.state.actions[s.ID]; old != nil { // its outcome is unknown, or will be reverted
		a.state.remove(old)
		a.bulk.Release(old.ID)
		replaced = a.logAction(old, activity.Replaced, "another request followed")
	}
	op := newPendingAction(v, s.ID, s.Name, a.now)
	op.follow = mutation.NewFollow(v, current, a.now)
	a.state.add(op)
	api, sent, record, send := mutationAPI{a.options.API, a.options.Trash}, a.state.sentRecord(op, &a.options), a.options.Record, a.options.Send
	return tea.Batch(replaced, a.options.work(callDeadline, func(ctx context.Context) tea.Msg {
		if record != nil {
			if err := record(sent); err != nil {
				send(recordedMsg{err: err}) // the action goes on: the log only explains it
			}
		}
		fresh, err := v.Call(ctx, api, current)
		return mutationAnsweredMsg{op: op, snapshot: fresh, err: err}
	})), ""
}

// apply applies the answer to a mutation. Success is no proof, and what is no refusal is no
// failure: both are followed.
func (msg mutationAnsweredMsg) apply(a *App) tea.Cmd {
	op := msg.op
	if a.state.actions[op.ID] != op {
		return nil
	}
	answer, unknown := mutation.Unanswered(msg.err)
	switch {
	case msg.err == nil:
		op.follow.Accepted(a.now)
		op.showFollow()
	case unknown:
		op.follow.Unanswered(answer, a.now)
		op.showFollow()
		a.activity.Add(a.now, op.ID, op.unansweredLine())
		if a.bulk.Owns(op.ID) { // it does not wait for the outcome
			a.bulk.Unknown(op.ID, op.Name, answer)
			return tea.Batch(a.advanceBulk(), a.startPoll())
		}
		a.toast.Show(dialog.Warned, op.Name+": outcome of "+op.mutation.Name+" unknown, asking again · "+answer, a.now)
	case model.CodeOf(msg.err) == model.NotFound:
		return a.notFound(op)
	default:
		return a.failed(op, msg.err)
	}
	if msg.snapshot != nil {
		applied := a.applyStore(a.state.Data.Store.With(msg.snapshot))
		return tea.Batch(applied, a.read(op, msg.snapshot), a.startPoll())
	}
	return a.startPoll()
}

// fetchIfDue gets the snapshots with running actions, and gives up outcomes that have been
// unknown for too long.
func (a *App) fetchIfDue() tea.Cmd {
	due, expired := a.state.followed(a.now, a.options.API.Budget())
	var cmds []tea.Cmd
	for _, op := range expired {
		cmds = append(cmds, a.giveUp(op))
	}
	if a.poller.RetryAfter(a.now) > 0 || a.poller.KeyRefused() {
		return tea.Batch(cmds...)
	}
	for _, op := range due {
		op.fetching = true
		op.follow.Asked(a.now)
		op.showFollow()
		api, id := a.options.API, op.ID
		cmds = append(cmds, a.options.work(callDeadline, func(ctx context.Context) tea.Msg {
			s, err := api.Get(ctx, id)
			return followedMsg{op: op, snapshot: s, err: err}
		}))
	}
	return tea.Batch(cmds...)
}

// followed returns the actions to get the snapshot of now, and those with an outcome that has
// been unknown for too long.
func (s *appState) followed(now time.Time, budget model.Budget) (due, expired []*pendingAction) {
	running := s.running()
	for _, op := range running {
		switch {
		case op.Workflow || op.fetching:
		case op.follow.Expired(now):
			expired = append(expired, op)
		case op.follow.Due(now):
			due = append(due, op)
		}
	}
	if len(running) <= maxFollowedByGet {
		return due, expired
	}
	due = slices.DeleteFunc(due, func(op *pendingAction) bool { return !op.follow.Unknown() })
	slices.SortStableFunc(due, func(x, y *pendingAction) int { return x.follow.Next().Compare(y.follow.Next()) })
	if gap := budget.Window / time.Duration(max(budget.Requests/2, 1)); len(due) == 0 || now.Sub(s.asked) < gap {
		return nil, expired
	}
	s.asked = now
	return due[:1], expired
}

// apply applies the answer to a GET.
func (msg followedMsg) apply(a *App) tea.Cmd {
	op := msg.op
	if a.state.actions[op.ID] != op {
		return nil
	}
	op.fetching = false
	if model.CodeOf(msg.err) == model.NotFound {
		return a.notFound(op)
	}
	if msg.err != nil {
		return nil // the header shows the connection; the next GET tries again
	}
	applied := a.applyStore(a.state.Data.Store.With(msg.snapshot))
	return tea.Batch(applied, a.read(op, msg.snapshot))
}

// read applies what a read of the snapshot means for its action. Nil is a deleted one.
func (a *App) read(op *pendingAction, s *model.Snapshot) tea.Cmd {
	if a.state.actions[op.ID] != op {
		return nil
	}
	verdict := op.follow.Read(s, a.now)
	op.showFollow()
	switch {
	case verdict == mutation.Done:
		return a.end(op, op.doneDetails(a.now), "")
	case verdict == mutation.Deleted:
		return a.end(op, "", "deleted elsewhere")
	case verdict == mutation.Reverted:
		return a.end(op, "", "reverted, it is "+s.State.Label())
	case verdict == mutation.NotDone:
		return a.end(op, "", op.follow.Reason())
	case op.follow.Unknown() && a.bulk.Awaits(op.ID):
		a.bulk.Unknown(op.ID, op.Name, op.follow.Reason())
	case !op.follow.Unknown() && !op.slowWarned && a.now.Sub(op.Sent) > mutation.Overdue:
		op.slowWarned = true
		a.toast.Show(dialog.Info, op.Name+": "+op.mutation.Name+" takes over a minute, it is still "+s.State.Label(), a.now)
	}
	return nil
}

// settle follows the running actions with a poll that started at the given time. A poll
// that started before the request ended says nothing about it, nor does one that missed the
// row.
func (a *App) settle(started time.Time) tea.Cmd {
	var cmds []tea.Cmd
	store := a.state.Data.Store
	for _, op := range a.state.running() {
		if op.Workflow || !op.Answered() || !started.After(op.follow.Since()) || !store.Complete() || store.Missing(op.ID) {
			continue
		}
		s, _ := store.Get(op.ID)
		cmds = append(cmds, a.read(op, s))
	}
	return tea.Batch(cmds...)
}

// notFound applies that the server does not know the snapshot.
func (a *App) notFound(op *pendingAction) tea.Cmd {
	return tea.Batch(a.applyStore(a.state.Data.Store.Without(op.ID)), a.read(op, nil))
}
