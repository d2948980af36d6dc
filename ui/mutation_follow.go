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

// callDeadline bounds one request as the dashboard sees it; the client has a shorter one of
// its own.
const callDeadline = time.Minute

type (
	// mutationAnsweredMsg: the request of an action has ended.
	mutationAnsweredMsg struct {
		op       *running.Action
		snapshot *model.Snapshot
		err      error
	}
	// followedMsg: a GET that follows an action has ended.
	followedMsg struct {
		op       *running.Action
		snapshot *model.Snapshot
		err      error
	}
)

// start sends the request of a mutation, or returns why it cannot. The snapshot may have
// changed while the confirmation was open, so it is checked again.
func (a *App) start(m *mutation.Mutation, s *model.Snapshot) (tea.Cmd, string) {
	current, ok := a.state.Data.Store.Get(s.ID)
	if !ok {
		return nil, "deleted elsewhere"
	}
	if reason := a.refuseOne(m, current); reason != "" {
		return nil, reason
	}
	if m.Workflow() {
		return a.runRebuild(current, a.options.Rebuilder.Plan(a.rebuildRequest(current, nil))), ""
	}
	var replaced tea.Cmd
	if old := a.state.running.Get(s.ID); old != nil { // its outcome is unknown, or will be reverted
		a.state.running.Remove(old)
		a.bulk.Release(old.ID)
		replaced = a.logAction(old, activity.Replaced, "another request followed")
	}
	op := running.NewAction(m, s.ID, s.Name, a.now)
	op.Follow = mutation.NewFollow(m, current, a.now)
	if a.state.begin(op) {
		a.toast.Clear()
	}
	api, sent, record, send := mutationAPI{a.options.API, a.options.Trash}, op.SentRecord(a.state.Now, a.state.origin(&a.options)), a.options.Record, a.options.Send
	return tea.Batch(replaced, a.options.work(callDeadline, func(ctx context.Context) tea.Msg {
		if record != nil {
			if err := record(sent); err != nil {
				send(recordedMsg{err: err}) // the action goes on: the log only explains it
			}
		}
		fresh, err := m.Call(ctx, api, current)
		return mutationAnsweredMsg{op: op, snapshot: fresh, err: err}
	})), ""
}

// apply applies the answer to a mutation. A success proves nothing yet, and without an answer
// the outcome is unknown: both are followed.
func (msg mutationAnsweredMsg) apply(a *App) tea.Cmd {
	op := msg.op
	if !a.state.running.Has(op) {
		return nil
	}
	a.state.Limit.ApplyRefusal(msg.err)
	answer, unknown := mutation.Unanswered(msg.err)
	switch {
	case msg.err == nil:
		op.Follow.Accepted(a.now)
		op.ShowFollow()
	case unknown:
		op.Follow.Unanswered(answer, a.now)
		op.ShowFollow()
		a.activity.Add(a.now, op.ID, op.UnansweredLine())
		if a.bulk.Owns(op.ID) { // it does not wait for the outcome
			a.bulk.Unknown(op.ID, op.Name, answer)
			return tea.Batch(a.advanceBulk(), a.startPoll())
		}
		a.toast.Show(dialog.Warned, op.Name+": outcome of "+op.Mutation.Name+" unknown, asking again · "+answer, a.now)
	case model.CodeOf(msg.err) == model.NotFound:
		op.Follow.NotFound(a.now)
		op.ShowFollow()
		return a.fetchIfDue()
	default:
		return tea.Batch(a.askUnsaved(op, msg.err), a.failed(op, msg.err))
	}
	if msg.snapshot != nil {
		applied := a.applyStore(a.state.Data.Store.With(msg.snapshot))
		return tea.Batch(applied, a.judge(op, msg.snapshot), a.startPoll())
	}
	return a.startPoll()
}

// fetchIfDue gets the snapshots with running actions, and gives up outcomes that have been
// unknown for too long.
func (a *App) fetchIfDue() tea.Cmd {
	due, expired := a.state.running.Due(a.now, a.options.API.Budget())
	var cmds []tea.Cmd
	for _, op := range expired {
		cmds = append(cmds, a.giveUp(op))
	}
	if a.poller.RetryAfter(a.now) > 0 || a.poller.KeyRefused() {
		return tea.Batch(cmds...)
	}
	for _, op := range due {
		op.Fetching = true
		op.Follow.Asked(a.now)
		op.ShowFollow()
		api, id := a.options.API, op.ID
		cmds = append(cmds, a.options.work(callDeadline, func(ctx context.Context) tea.Msg {
			s, err := api.Get(ctx, id)
			return followedMsg{op: op, snapshot: s, err: err}
		}))
	}
	return tea.Batch(cmds...)
}

// apply applies the answer to a GET.
func (msg followedMsg) apply(a *App) tea.Cmd {
	op := msg.op
	if !a.state.running.Has(op) {
		return nil
	}
	op.Fetching = false
	if model.CodeOf(msg.err) == model.NotFound {
		return a.notFound(op)
	}
	if msg.err != nil {
		return nil // the header shows the connection; the next GET tries again
	}
	applied := a.applyStore(a.state.Data.Store.With(msg.snapshot))
	return tea.Batch(applied, a.judge(op, msg.snapshot))
}

// judge applies a read of the snapshot to its action. A nil snapshot is deleted.
func (a *App) judge(op *running.Action, s *model.Snapshot) tea.Cmd {
	if !a.state.running.Has(op) {
		return nil
	}
	verdict := op.Follow.Judge(s, a.now)
	op.ShowFollow()
	switch {
	case verdict == mutation.Done:
		return a.end(op, op.DoneDetails(a.now), "")
	case verdict == mutation.Deleted:
		return a.end(op, "", "deleted elsewhere")
	case verdict == mutation.Reverted:
		return a.end(op, "", "reverted, it is "+s.State.Label())
	case verdict == mutation.NotDone:
		return a.end(op, "", op.Follow.Reason())
	case op.Follow.Unknown() && a.bulk.Awaits(op.ID):
		a.bulk.Unknown(op.ID, op.Name, op.Follow.Reason())
	case !op.Follow.Unknown() && !op.SlowWarned && a.now.Sub(op.Sent) > mutation.Overdue:
		op.SlowWarned = true
		a.toast.Show(dialog.Info, op.Name+": "+op.Mutation.Name+" takes over a minute, it is still "+s.State.Label(), a.now)
	}
	return nil
}

// settle judges the running actions by a poll that started at the given time. A poll that
// started before the request was answered proves nothing, nor does one that missed the row.
func (a *App) settle(started time.Time) tea.Cmd {
	var cmds []tea.Cmd
	store := a.state.Data.Store
	for _, op := range a.state.running.All() {
		if op.Workflow || !op.Answered() || !started.After(op.Follow.Since()) || !store.Complete() || store.Missing(op.ID) {
			continue
		}
		s, _ := store.Get(op.ID)
		cmds = append(cmds, a.judge(op, s))
	}
	return tea.Batch(cmds...)
}

// notFound applies a 404.
func (a *App) notFound(op *running.Action) tea.Cmd {
	return tea.Batch(a.applyStore(a.state.Data.Store.Without(op.ID)), a.judge(op, nil))
}
