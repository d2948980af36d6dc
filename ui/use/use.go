// Package use asks which sandboxes use snapshots, when a question or the Sandboxes tab needs it.
package use

import (
	"context"
	"maps"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/row"
)

const (
	// answerTimeout is how long a question waits for the use of its snapshots.
	answerTimeout = 2 * time.Second
	// settleTime is how long the cursor must rest on a snapshot before its use is read.
	// selectInterval is the minimum time between two such reads: half of a small budget.
	settleTime     = 300 * time.Millisecond
	selectInterval = 2 * time.Second
	// maxKept is how many answers are kept that are no longer current.
	maxKept = 1000
	// deadline bounds the requests of one answer.
	deadline = 30 * time.Second
)

// API reads who uses snapshots.
type API interface {
	// Sandboxes returns who uses the snapshots with the names. With an error the use of
	// some is unknown.
	Sandboxes(ctx context.Context, names ...string) (map[string]model.Use, error)
	// WarmPools returns the warm pools of the organization.
	WarmPools(ctx context.Context) ([]model.WarmPool, error)
}

// Asker asks who uses snapshots and keeps the answers for 30 seconds. It sends nothing unless
// a question is opened or the open tab shows the use of a snapshot.
type Asker struct {
	API  API
	Uses *row.Uses
	// Work returns a command that calls do with a deadline.
	Work func(deadline time.Duration, do func(context.Context) tea.Msg) tea.Cmd
	// After returns a command that answers with msg once d has passed.
	After func(d time.Duration, msg tea.Msg) tea.Cmd

	open       *question
	poolsAsked bool      // without an answer yet
	selected   string    // name of the snapshot in the open tab
	selections int       // counts its changes
	selectedAt time.Time // when the use of one was asked for
}

// question is the latest question that was opened.
type question struct {
	dialog  *dialog.Confirm
	targets []*model.Snapshot
	build   func() dialog.Question // from what is known by now
	waiting bool
	states  []model.UseState // of the targets, as the dialog shows them
	pools   int              // of the targets, as the dialog shows them
}

// Msg is a message to [Asker.Receive].
type Msg interface {
	apply(*Asker, time.Time) tea.Cmd
}

type (
	sandboxesMsg struct {
		names []string
		uses  map[string]model.Use
		err   error
	}
	poolsMsg struct {
		pools []model.WarmPool
		err   error
	}
	// lateMsg: a question has waited long enough.
	lateMsg struct{ dialog *dialog.Confirm }
	// settledMsg: the cursor rested on a snapshot, unless it moved again.
	settledMsg struct{ selection int }
)

// Receive applies a message. now is the time of the program.
func (a *Asker) Receive(msg Msg, now time.Time) tea.Cmd { return msg.apply(a, now) }

// Ask returns the dialog of a question about snapshots, and the command that asks for their
// use. The dialog arms once the answers are there, or after two seconds; build returns the
// question from what is known when it is called.
func (a *Asker) Ask(targets []*model.Snapshot, build func() dialog.Question, now time.Time) (*dialog.Confirm, tea.Cmd) {
	names := make([]string, len(targets))
	for i, s := range targets {
		names[i] = s.Name
	}
	read := a.read(now, names...)
	q := &question{targets: targets, build: build, waiting: a.asking(targets)}
	q.dialog = dialog.NewConfirm(build(), now)
	q.states, q.pools = a.known(targets)
	a.open = q
	if !q.waiting {
		return q.dialog, read
	}
	q.dialog.Wait()
	return q.dialog, tea.Batch(read, a.After(answerTimeout, lateMsg{q.dialog}))
}

// AskFor asks for the use of the snapshots with the names, which a list shows.
func (a *Asker) AskFor(names []string, now time.Time) tea.Cmd { return a.read(now, names...) }

// Select asks for the use of the snapshot that the open tab shows, once the cursor has rested
// on it; "" is none. While the snapshot stays the same, it asks only once.
func (a *Asker) Select(name string, now time.Time) tea.Cmd {
	if name == a.selected {
		return nil
	}
	a.selected = name
	a.selections++
	if name == "" {
		return nil
	}
	return a.After(min(max(settleTime, selectInterval-now.Sub(a.selectedAt)), selectInterval), settledMsg{a.selections})
}

// Refresh makes the next Select ask again for the same snapshot.
func (a *Asker) Refresh() { a.selected = "" }

func (msg settledMsg) apply(a *Asker, now time.Time) tea.Cmd {
	if msg.selection != a.selections || a.selected == "" {
		return nil
	}
	a.selectedAt = now
	return a.read(now, a.selected)
}

// read asks for what is not known, unless it was answered or asked a moment ago.
func (a *Asker) read(now time.Time, names ...string) tea.Cmd {
	var missing []string
	for _, name := range names {
		if u := a.Uses.ByName[name]; a.Uses.Asking[name] || u.Known && u.Fresh(now) {
			continue
		}
		delete(a.Uses.ByName, name)
		a.Uses.Asking[name] = true
		missing = append(missing, name)
	}
	var sandboxes, pools tea.Cmd
	api := a.API
	if len(missing) > 0 {
		a.Uses.Reads++
		sandboxes = a.Work(deadline, func(ctx context.Context) tea.Msg {
			uses, err := api.Sandboxes(ctx, missing...)
			return sandboxesMsg{names: missing, uses: uses, err: err}
		})
	}
	if !a.poolsAsked && !a.Uses.Pools.Fresh(now) {
		a.poolsAsked = true
		pools = a.Work(deadline, func(ctx context.Context) tea.Msg {
			found, err := api.WarmPools(ctx)
			return poolsMsg{pools: found, err: err}
		})
	}
	return tea.Batch(sandboxes, pools)
}

// apply keeps the answer. An error leaves the use unknown and has no other effect: the polls
// decide whether we are connected.
func (msg sandboxesMsg) apply(a *Asker, now time.Time) tea.Cmd {
	if len(a.Uses.ByName) > maxKept {
		maps.DeleteFunc(a.Uses.ByName, func(_ string, u model.Use) bool { return !u.Fresh(now) })
	}
	for _, name := range msg.names {
		use, answered := msg.uses[name]
		if !answered && msg.err != nil {
			use.Reason = msg.err.Error()
		}
		use.At = now
		a.Uses.ByName[name] = use
		delete(a.Uses.Asking, name)
	}
	a.Uses.Reads++
	a.update(now)
	return nil
}

func (msg poolsMsg) apply(a *Asker, now time.Time) tea.Cmd {
	a.poolsAsked = false
	a.Uses.Pools = model.WarmPools{Known: msg.err == nil, At: now, Pools: msg.pools}
	a.Uses.Reads++
	a.update(now)
	return nil
}

// apply asks the question without the answers.
func (msg lateMsg) apply(a *Asker, now time.Time) tea.Cmd {
	if q := a.open; q != nil && q.dialog == msg.dialog && q.waiting && !q.dialog.IsClosed() {
		for _, s := range q.targets {
			if a.Uses.Asking[s.Name] {
				a.Uses.ByName[s.Name] = model.Use{At: now, Reason: "no answer yet"}
			}
		}
		if a.poolsAsked {
			a.Uses.Pools = model.WarmPools{At: now}
		}
		a.Uses.Reads++
		a.replace(now)
	}
	return nil
}

// asking reports whether an answer about the snapshots is still missing.
func (a *Asker) asking(targets []*model.Snapshot) bool {
	return a.poolsAsked || slices.ContainsFunc(targets, func(s *model.Snapshot) bool { return a.Uses.Asking[s.Name] })
}

// askedAgain reports whether an old answer about the snapshots was dropped, and a new one is
// awaited.
func (a *Asker) askedAgain(targets []*model.Snapshot) bool {
	return slices.ContainsFunc(targets, func(s *model.Snapshot) bool {
		_, answered := a.Uses.ByName[s.Name]
		return !answered && a.Uses.Asking[s.Name]
	})
}

// known returns the use of the snapshots, and how many warm pools they have.
func (a *Asker) known(targets []*model.Snapshot) (states []model.UseState, pools int) {
	for _, s := range targets {
		states = append(states, a.Uses.ByName[s.Name].State())
		if len(a.Uses.Pools.Pools) > 0 {
			pools += len(a.Uses.Pools.Of(s))
		}
	}
	return states, pools
}

// update shows an answer in the open question. A question that waits is complete once all
// answers are there. After that, an answer that makes the action more dangerous, or changes
// what it leaves out, arms the dialog again; any other only changes the text.
func (a *Asker) update(now time.Time) {
	q := a.open
	switch {
	case q == nil || q.dialog.IsClosed():
		a.open = nil
	case q.waiting && a.asking(q.targets):
		if len(q.targets) == 1 {
			q.dialog.Reword(q.build())
		}
	case !q.waiting && a.askedAgain(q.targets): // the dialog is right until that is answered
	case q.waiting || a.worse(q):
		a.replace(now)
	default:
		q.dialog.Reword(q.build())
		q.states, q.pools = a.known(q.targets)
	}
}

func (a *Asker) replace(now time.Time) {
	q := a.open
	q.waiting = false
	q.states, q.pools = a.known(q.targets)
	q.dialog.Replace(q.build(), now)
}

// worse reports whether a snapshot turned out to be in use or to have a warm pool, or, if there
// are many, whether the use of any has changed.
func (a *Asker) worse(q *question) bool {
	states, pools := a.known(q.targets)
	for i, state := range states {
		if state != q.states[i] && (state == model.InUse || len(states) > 1) {
			return true
		}
	}
	return pools > q.pools
}
