// Package watch reports the changes of snapshots as they happen.
//
// It polls by the rules of the dashboard: [poller.Poller] decides when, and [model.Store]
// decides what a missing row means.
package watch

import (
	"context"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/ui/poller"
	"daytona/snapdeck/ui/row"
)

// firstTimeout is how long the watcher waits for the first answer.
const firstTimeout = 15 * time.Second

// API is what a watcher needs from the server. Its errors are [*model.Error].
type API interface {
	// List reads all snapshots, within the request budget.
	List(ctx context.Context, progress func(model.ListProgress)) (model.Listing, error)
	// Check reads the newest snapshots and those with the ids, as far as the budget allows.
	Check(ctx context.Context, ids []string) (model.Check, error)
	// Budget returns how many requests polling may send.
	Budget() model.Budget
}

// Options configures a [Watcher].
type Options struct {
	API      API
	Host     string // names the server in errors
	Query    query.Query
	Context  query.Context // of the query; the time is set
	Interval time.Duration // minimum time between two polls
	For      time.Duration // how long to watch, 0 for no end

	// Now and Sleep are the clock. Sleep returns early with the cause of ctx.
	Now   func() time.Time
	Sleep func(ctx context.Context, d time.Duration) error

	// Started is called once, after the first answer, with the number of snapshots that
	// match. It returns an error if the query is invalid for these snapshots.
	Started func(matching, all int, mistakes []query.Problem) error
	// Report is called for each change, one after the other.
	Report func(Event) error
	// Connection is called when polls begin to fail, and when they fail for another reason,
	// with the error and the time until the next one, and with nil when they work again.
	Connection func(err error, retry time.Duration)
}

// Watcher reports changes.
type Watcher struct {
	Options
	poller  poller.Poller
	data    row.Dataset
	skew    time.Duration
	asOf    time.Time // when deactivations were last checked, by the server's clock
	started time.Time
	failing model.ErrorCode // of the last poll, "" if it was answered
}

// New returns a watcher.
func New(o Options) *Watcher {
	return &Watcher{Options: o, poller: poller.New(o.Interval), data: row.NewDataset()}
}

// Run watches until the time is over, and then returns nil. An error is that of a report, of
// the context, or of the first polls: once there was an answer, the watcher reconnects.
func (w *Watcher) Run(ctx context.Context) error {
	w.started = w.Now()
	limited, cancel := ctx, func() {}
	if w.For > 0 { // a list that waits for the rate limit must not take longer
		limited, cancel = context.WithTimeout(ctx, w.For)
	}
	defer cancel()
	for {
		err := w.step(limited)
		now := w.Now()
		left := w.For - now.Sub(w.started)
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case w.For > 0 && (left <= 0 || limited.Err() != nil):
			return w.over()
		case err != nil:
			return err
		}
		wait := min(max(w.poller.Status().Next.Sub(now), 0), time.Second)
		if w.For > 0 {
			wait = min(wait, left)
		}
		if err := w.Sleep(limited, wait); err != nil && limited.Err() == nil {
			return err
		}
	}
}

// over returns the error of a watch when its time is over: nil unless there was no answer.
func (w *Watcher) over() error {
	if err := w.poller.Status().Err; err != nil && !w.data.Store.Complete() {
		return err
	}
	return nil
}

// step polls or checks if that is due. Its error ends the watch.
func (w *Watcher) step(ctx context.Context) error {
	now := w.Now()
	switch {
	case w.poller.Due(now):
		return w.poll(ctx)
	case w.poller.CheckDue(now):
		return w.check(ctx)
	}
	return nil
}

// poll reads the list and reports what changed.
func (w *Watcher) poll(ctx context.Context) error {
	w.poller.Start(w.Now())
	listing, err := w.API.List(ctx, nil)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		return w.failed(err)
	}
	first := !w.data.Store.Complete()
	apply := w.data.Store.Apply
	if listing.Incomplete != nil {
		apply = w.data.Store.ApplyPartial
	}
	partial := w.data.Store.Partial()
	store, changes := apply(listing.Snapshots)
	if partial {
		changes = row.WithoutAdded(changes) // they may have existed before
	}
	w.skew = listing.ClockSkew
	w.poller.Succeeded(w.Now(), listing)
	w.reconnected()
	if first {
		err = w.start(ctx, store)
	} else {
		err = w.changed(ctx, store, changes)
	}
	w.poller.Schedule(w.Now(), store.InTransition(), w.API.Budget())
	return err
}

// failed records the error of a poll. Before the first answer, an error that is not temporary
// ends the watch.
func (w *Watcher) failed(err error) error {
	known := model.AsError(err, w.Host)
	w.poller.Failed(w.Now(), known)
	if !w.data.Store.Complete() {
		temporary := known.Code == model.Network || known.Code == model.ServerError || known.Code == model.RateLimited
		if !temporary || w.Now().Sub(w.started) >= firstTimeout {
			return err
		}
	}
	if w.failing != known.Code && w.Connection != nil {
		w.Connection(err, w.poller.Status().Next.Sub(w.Now()))
	}
	w.failing = known.Code
	return nil
}

func (w *Watcher) reconnected() {
	if w.failing != "" && w.Connection != nil {
		w.Connection(nil, 0)
	}
	w.failing = ""
}

// check reads the newest snapshots and those in transition between two polls of a long list.
func (w *Watcher) check(ctx context.Context) error {
	var changing []*model.Snapshot
	for _, s := range w.data.Store.All() {
		if s.State.InTransition() {
			changing = append(changing, s)
		}
	}
	found, err := w.API.Check(ctx, w.poller.StartCheck(w.Now(), changing))
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if w.poller.Checked(w.Now(), found) {
		w.reconnected()
	}
	store, changes := w.data.Store.WithCheck(found)
	if reportErr := w.changed(ctx, store, changes); reportErr != nil {
		return reportErr
	}
	if err != nil {
		return w.failed(err)
	}
	return nil
}

// start keeps the first list, in which nothing counts as changed.
func (w *Watcher) start(ctx context.Context, store *model.Store) error {
	w.data = w.data.With(store)
	w.asOf = w.Now().Add(w.skew)
	result, err := w.search(ctx, w.data)
	if err == nil && w.Started != nil {
		err = w.Started(len(result.Snapshots), store.Len(), result.Problems)
	}
	return err
}

// search returns what matches the query.
func (w *Watcher) search(ctx context.Context, data row.Dataset) (query.Result, error) {
	env := w.Context
	env.Now = w.Now().Add(w.skew)
	return data.Index.Search(ctx, w.Query, env)
}

// changed reports the changes of snapshots that match before or after them, and what is
// deactivated soon.
func (w *Watcher) changed(ctx context.Context, store *model.Store, changes []model.Change) error {
	before, now := w.data, w.Now().Add(w.skew)
	after := before.With(store)
	w.data = after
	matching, err := w.matching(ctx, before, after, len(changes) > 0)
	if err != nil {
		return err
	}
	var events []Event
	for _, change := range changes {
		if matching(change.Snapshot().ID) && !change.UsageOnly() {
			events = append(events, eventOf(change, now))
		}
	}
	for _, s := range store.All() {
		if left, ok := w.deactivates(before.Store, s, now); ok && matching(s.ID) {
			events = append(events, left)
		}
	}
	w.asOf = now
	for _, e := range events {
		if err := w.Report(e); err != nil {
			return err
		}
	}
	return nil
}

// matching returns a function that reports whether a snapshot matches the query, before or
// after the changes.
func (w *Watcher) matching(ctx context.Context, before, after row.Dataset, changed bool) (func(id string) bool, error) {
	if w.Query.Empty() {
		return func(string) bool { return true }, nil
	}
	datasets := []row.Dataset{after}
	if changed {
		datasets = append(datasets, before)
	}
	ids := make(map[string]bool)
	for _, data := range datasets {
		result, err := w.search(ctx, data)
		if err != nil {
			return nil, err
		}
		for _, s := range result.Snapshots {
			ids[s.ID] = true
		}
	}
	return func(id string) bool { return ids[id] }, nil
}
