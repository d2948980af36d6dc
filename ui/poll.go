package ui

import (
	"context"
	"errors"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/format"
)

// pollDeadline bounds one whole poll. A single request has its own, shorter one;
// a poll of 100,000 snapshots is 500 requests that also wait for the rate limit.
const pollDeadline = 10 * time.Minute

// poller knows how fresh the data is and when to look again. One poll is under
// way at a time, never two.
type poller struct {
	floor      time.Duration
	generation int
	inFlight   bool
	paused     bool
	blurred    bool      // nobody looks at the terminal
	begun      time.Time // when the latest poll was begun
	next       time.Time
	fresh      time.Time // when the last good answer came, zero for never
	requests   int       // what that answer cost
	skipped    []error   // why items of it are on no row
	rate       model.RateLimit
	failures   int // in a row
	err        *model.Error
	loaded     int // during the first poll
	total      int
}

func newPoller(floor time.Duration) poller {
	return poller{floor: max(floor, time.Second)}
}

type (
	// progressedMsg: a part of the first list is there.
	progressedMsg struct {
		generation    int
		loaded, total int
		part          Dataset // without a store where it is too soon to draw again
	}
	// polledMsg: a poll has ended.
	polledMsg struct {
		generation int
		base       Dataset // what the answer was compared with
		next       Dataset
		changes    []model.Change
		listing    model.Listing
		err        error
	}
)

// poll reads the list, compares it with the base and answers with a polledMsg.
func poll(ctx context.Context, api API, base Dataset, generation int, send func(tea.Msg)) tea.Msg {
	drawn := 0
	listing, err := api.List(ctx, func(p model.ListProgress) {
		if base.Store.Complete() {
			return
		}
		msg := progressedMsg{generation: generation, loaded: len(p.Snapshots), total: p.Total}
		// Each part is sorted and filtered anew, so the parts double.
		if len(p.Snapshots) >= 2*drawn {
			drawn = len(p.Snapshots)
			msg.part = base.With(base.Store.Load(p.Snapshots))
		}
		send(msg)
	})
	if err != nil {
		return polledMsg{generation: generation, err: err}
	}
	return compare(base, generation, listing)
}

// compare applies a list to what was known before.
func compare(base Dataset, generation int, listing model.Listing) tea.Msg {
	store, changes := base.Store.Apply(listing.Snapshots)
	return polledMsg{generation: generation, base: base, next: base.With(store), changes: changes, listing: listing}
}

// startPoll starts a poll unless one is under way.
func (a *App) startPoll() tea.Cmd {
	if a.poller.inFlight {
		return nil
	}
	a.poller.inFlight = true
	a.poller.begun = a.now
	a.poller.generation++
	api, base, generation, send := a.options.API, a.state.Data, a.poller.generation, a.options.Send
	return a.work(pollDeadline, func(ctx context.Context) tea.Msg {
		return poll(ctx, api, base, generation, send)
	})
}

func (a *App) pollIfDue() tea.Cmd {
	if a.poller.paused || a.now.Before(a.poller.next) {
		return nil
	}
	return a.startPoll()
}

// pollNow is the key: it looks at once, also while polling is paused. Only the
// silence that a rate limit asks for is kept, since a request sent into it
// would prolong it for every client of the organization.
func (a *App) refresh() tea.Cmd {
	if wait := a.poller.silence(a.now); wait > 0 {
		a.toast.show(toastRefused, "the server asked for silence for "+format.Wait(wait)+" more", a.now)
		return nil
	}
	return a.startPoll()
}

// tryNow names the key that polls at once, unless the server wants silence.
func (a *App) retryHint(before string) string {
	if a.poller.silence(a.now) > 0 {
		return ""
	}
	return before + a.keyFor("poll.now") + " tries now"
}

func (a *App) togglePause() tea.Cmd {
	a.poller.paused = !a.poller.paused
	if a.poller.paused {
		a.toast.show(toastInfo, "polling is paused · "+a.keyFor("poll.pause")+" goes on, "+a.keyFor("poll.now")+" looks once", a.now)
		return nil
	}
	return a.pollIfDue()
}

func (msg progressedMsg) apply(a *App) tea.Cmd {
	if msg.generation != a.poller.generation {
		return nil
	}
	a.poller.loaded, a.poller.total = msg.loaded, msg.total
	if msg.part.Store == nil || a.state.Data.Store.Complete() {
		return nil
	}
	a.state.Data = msg.part
	return a.derive()
}

// apply takes the answer of a poll in. An error changes the freshness and the
// next try, never the data.
func (msg polledMsg) apply(a *App) tea.Cmd {
	if msg.generation != a.poller.generation {
		return nil
	}
	if msg.err == nil && a.state.Data.Store.Complete() && msg.base.Store != a.state.Data.Store {
		// A single answer came in between: compare again with what is known now.
		base := a.state.Data
		return a.work(pollDeadline, func(context.Context) tea.Msg {
			return compare(base, msg.generation, msg.listing)
		})
	}
	a.poller.inFlight = false
	if msg.err != nil {
		a.pollFailed(msg.err)
		return nil
	}
	first := a.poller.fresh.IsZero()
	a.poller.err, a.poller.failures = nil, 0
	a.poller.fresh = a.now
	a.poller.requests, a.poller.rate, a.poller.skipped = msg.listing.Requests, msg.listing.Rate, msg.listing.Skipped
	cmds := []tea.Cmd{a.setData(msg.next, msg.changes), a.settle(a.poller.begun)}
	a.schedule()
	if first {
		cmds = append(cmds, a.readOrgInfoIfDue())
	}
	return tea.Batch(cmds...)
}

// learn takes a new dataset in, and everything that follows from it.
func (a *App) setData(next Dataset, changes []model.Change) tea.Cmd {
	if a.state.Data.Store.Complete() {
		a.recordChanges(changes)
	}
	told := a.notify(changes)
	a.state.SetData(next, changes)
	if AnyDeleted(changes) {
		a.forgetMarks()
	}
	return tea.Batch(told, a.deriveNext())
}

// learnStore takes a single newer answer in. What is worked out from all snapshots
// follows with the visible rows.
func (a *App) applyStore(store *model.Store, changes []model.Change) tea.Cmd {
	next := a.state.Data
	next.Store = store
	return a.setData(next, changes)
}

func (a *App) pollFailed(err error) {
	before := a.poller.err
	if !errors.As(err, &a.poller.err) {
		a.poller.err = &model.Error{Code: model.Network, Message: err.Error(), Host: a.options.Host}
	}
	if a.poller.err.Code == model.Unauthorized && before != nil && (before.Code == model.Network || before.Code == model.ServerError) {
		a.poller.failures = 0 // a long outage before it does not make it wait for minutes
	}
	a.poller.failures++
	a.schedule()
}

// schedule sets when the next poll is due.
func (a *App) schedule() {
	a.poller.next = a.now.Add(pace(pollInput{
		floor:    a.poller.floor,
		busy:     a.state.Data.Store.InTransition() || len(a.state.Pending) > 0,
		blurred:  a.poller.blurred,
		requests: a.poller.requests,
		rate:     a.rateLimit(),
		failures: a.poller.failures,
		err:      a.poller.err,
	}))
}

// rateLimit is the organization's rate limit. Only the server's description of
// itself tells how long a window is; the answers to polls tell the latest limit,
// where they tell one at all.
func (a *App) rateLimit() model.RateLimit {
	limit := a.state.server.RateLimit
	if !limit.Known || limit.Window == 0 {
		return a.poller.rate
	}
	if a.poller.rate.Known {
		limit.Limit = a.poller.rate.Limit
	}
	return limit
}

// silence is how long the server still wants no request at all.
func (p *poller) silence(now time.Time) time.Duration {
	if p.err == nil || p.err.Code != model.RateLimited {
		return 0
	}
	return max(0, p.next.Sub(now))
}
