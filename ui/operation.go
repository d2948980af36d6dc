package ui

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/text"
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

// operation is a verb on one snapshot that has not come to its end. There is at
// most one for each snapshot.
type operation struct {
	verb     *verb
	id, name string
	started  time.Time
	sent     time.Time // when the server accepted it, zero before
	looking  bool      // a GET is under way
	nextLook time.Time
	looks    int
	warned   bool // the user was told that it takes long

	between  *model.Snapshot         // its row while the server has none, nil where that is not known
	workflow bool                    // it reports its steps itself instead of being followed
	steps    []RebuildStep           // of a workflow, the latest last
	stepped  time.Time               // when the latest was heard of
	also     []string                // ids of further snapshots that belong to it
	cursor   bool                    // the cursor was on it, and goes with it
	gone     string                  // the snapshot that its steps proved to be gone, "" for none
	stop     context.CancelCauseFunc // ends a workflow
	stopped  bool                    // by the user, and it has not ended yet
	kept     bool                    // it ended with its recipe still in the journal
}

type (
	// actedMsg: the server answered the request of a verb.
	actedMsg struct {
		id       string
		verb     *verb
		snapshot *model.Snapshot
		err      error
	}
	// lookedMsg: the server answered a GET that follows an action.
	lookedMsg struct {
		id       string
		verb     *verb
		snapshot *model.Snapshot
		err      error
	}
)

// running are the operations, each once, in the order in which they were begun: what
// several of them tell at once must not depend on chance.
func (k *knowledge) running() []*operation {
	var found []*operation
	for id, op := range k.operations {
		if id == op.id { // the same one stands under its further ids too
			found = append(found, op)
		}
	}
	slices.SortFunc(found, func(x, y *operation) int {
		return cmp.Or(x.started.Compare(y.started), cmp.Compare(x.id, y.id))
	})
	return found
}

// accepted reports whether the server took the request.
func (o *operation) accepted() bool { return !o.sent.IsZero() }

// saved reports whether it is a rebuild that can be finished later.
func (o *operation) saved() bool { return len(o.steps) > 0 && o.steps[len(o.steps)-1].Saved }

// revocable reports whether a deactivate can still take the action back.
func (o *operation) revocable() bool {
	return !o.workflow && o.verb.shows == model.StateRemoving && o.accepted()
}

// progress is the action in a few words, for the row and the details.
func (o *operation) progress(now time.Time) text.Safe {
	switch {
	case o.workflow:
		if len(o.steps) == 0 {
			return text.Sprintf("%s begins", o.verb.name)
		}
		step := o.steps[len(o.steps)-1]
		return text.Sprintf("%s %s · %s", o.verb.name, age(now.Sub(o.started)), step.Name)
	case !o.accepted():
		return text.Sprintf("sending %s · %s", o.verb.name, age(now.Sub(o.started)))
	case o.verb.shows == model.StateRemoving:
		return text.Sprintf("DELETE sent %s ago · waiting for 404", age(now.Sub(o.sent)))
	default:
		return text.Sprintf("%s sent %s ago", o.verb.name, age(now.Sub(o.sent)))
	}
}

// lookPause is the time before the next GET: the server's job removes rows every
// 10 s, so looking more often at first and less often later loses little.
func (o *operation) lookPause() time.Duration {
	return min(time.Duration(o.looks+1)*time.Second, 5*time.Second)
}

// begin sends the request of a verb. What was asked for may have changed while a
// question stood on the screen, so the reasons against it are looked at again.
func (a *App) begin(v *verb, s *model.Snapshot) (tea.Cmd, string) {
	current, ok := a.known.deck.store.Get(s.ID)
	if !ok {
		return nil, "it is gone"
	}
	if why := v.refuse(a, current); why != "" {
		return nil, why
	}
	if v.start != nil {
		return v.start(a, current), ""
	}
	a.known.operations[s.ID] = &operation{verb: v, id: s.ID, name: s.Name, started: a.now}
	api, id := a.options.API, s.ID
	return a.work(callDeadline, func(ctx context.Context) tea.Msg {
		fresh, err := v.call(ctx, api, id)
		return actedMsg{id: id, verb: v, snapshot: fresh, err: err}
	}), ""
}

// apply takes the answer of a verb in. Success is not proof, and an answer that
// was lost is not failure: both are followed.
func (msg actedMsg) apply(a *App) tea.Cmd {
	op := a.known.operations[msg.id]
	if op == nil || op.verb != msg.verb {
		return nil
	}
	trouble, isAPI := errors.AsType[*model.Error](msg.err)
	switch {
	case msg.err == nil:
		op.sent = a.now
	case model.CodeOf(msg.err) == model.NotFound:
		return a.gone(op)
	case isAPI && trouble.Code == model.Network && trouble.Sent:
		op.sent = a.now // perhaps: the follow-up tells
	default:
		return a.failed(op, msg.err)
	}
	op.nextLook = a.now.Add(op.lookPause())
	if msg.snapshot != nil {
		learn := a.learnStore(a.known.deck.store.With(msg.snapshot))
		return tea.Batch(learn, a.follow(op, msg.snapshot), a.startPoll())
	}
	return a.startPoll()
}

// lookIfDue asks the server for the snapshots whose actions are followed.
func (a *App) lookIfDue() tea.Cmd {
	if a.poller.silence(a.now) > 0 {
		return nil
	}
	var cmds []tea.Cmd
	running := a.known.running()
	many := len(running) > followedByGet
	for _, op := range running {
		if op.workflow || !op.accepted() || op.looking || many || a.now.Before(op.nextLook) {
			continue
		}
		op.looking = true
		op.looks++
		api, id, v := a.options.API, op.id, op.verb
		cmds = append(cmds, a.work(callDeadline, func(ctx context.Context) tea.Msg {
			s, err := api.Get(ctx, id)
			return lookedMsg{id: id, verb: v, snapshot: s, err: err}
		}))
	}
	return tea.Batch(cmds...)
}

// apply takes the answer of a GET in.
func (msg lookedMsg) apply(a *App) tea.Cmd {
	op := a.known.operations[msg.id]
	if op == nil || op.verb != msg.verb {
		return nil
	}
	op.looking = false
	op.nextLook = a.now.Add(op.lookPause())
	if model.CodeOf(msg.err) == model.NotFound {
		return a.gone(op)
	}
	if msg.err != nil {
		return nil // the header tells about the connection; the next look tries again
	}
	learn := a.learnStore(a.known.deck.store.With(msg.snapshot))
	return tea.Batch(learn, a.follow(op, msg.snapshot))
}

// follow decides what the server's truth means for an action that it accepted;
// nil is a snapshot that is gone.
func (a *App) follow(op *operation, s *model.Snapshot) tea.Cmd {
	switch {
	case op.verb.ends(s):
		return a.done(op)
	case op.verb.undone(s):
		return a.takenBack(op, s)
	case !op.warned && a.now.Sub(op.sent) > overdue:
		op.warned = true
		a.toast.show(toastInfo, op.name+": "+op.verb.name+" takes over a minute; it is still "+s.State.Label(), a.now)
	}
	return nil
}

// settle compares the running actions with a poll that was begun at the given
// time. A poll that was under way before the request says nothing about it.
func (a *App) settle(begun time.Time) tea.Cmd {
	var cmds []tea.Cmd
	for _, op := range a.known.running() {
		if op.workflow || !op.accepted() || !begun.After(op.sent) || !a.known.deck.store.Complete() {
			continue
		}
		s, _ := a.known.deck.store.Get(op.id)
		cmds = append(cmds, a.follow(op, s))
	}
	return tea.Batch(cmds...)
}

// gone takes out a snapshot of which the server says that it does not exist.
func (a *App) gone(op *operation) tea.Cmd {
	learn := a.learnStore(a.known.deck.store.Without(op.id))
	if a.known.operations[op.id] != op {
		return learn
	}
	if op.verb.ends(nil) {
		return tea.Batch(learn, a.done(op))
	}
	return tea.Batch(learn, a.failed(op, errors.New("it is gone")))
}
