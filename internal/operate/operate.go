// Package operate runs an action on many snapshots and follows each one until its outcome
// is known.
//
// A response does not prove success, and a missing response does not mean failure:
// [mutation.Follow] decides when an action is done. A delete is done when a GET says 404.
package operate

import (
	"context"
	"sync"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/bulk"
	"daytona/snapdeck/ui/mutation"
)

// API is what the actions need from the server. Its errors are [*model.Error].
type API interface {
	mutation.API
	// Get reads one snapshot by id.
	Get(ctx context.Context, id string) (*model.Snapshot, error)
	// List reads all snapshots, within the request budget.
	List(ctx context.Context, progress func(model.ListProgress)) (model.Listing, error)
	// Budget returns how many requests polling may send.
	Budget() model.Budget
}

// Options configures [Run].
type Options struct {
	API      API
	Mutation *mutation.Mutation // one request, see [mutation.Mutation.Workflow]

	// Now and Sleep are the clock. Sleep returns early with the cause of ctx.
	Now   func() time.Time
	Sleep func(ctx context.Context, d time.Duration) error

	// Check is called just before each request with the snapshot as the server shows it then.
	// It returns why the snapshot is skipped, "" to send the request. If it returns an error,
	// nothing is sent. Nil checks nothing.
	Check func(ctx context.Context, fresh *model.Snapshot) (reason string, err error)
	// Record writes to the log of actions. Base has what all records share: the server and
	// the organization.
	Record func(activity.Record) error
	Base   activity.Record
	// Report is called for each event, one after the other. Nil reports nothing.
	Report func(Event)
}

// Outcome is how the action on one snapshot ended.
type Outcome string

// The outcomes.
const (
	Done     Outcome = "done"
	Failed   Outcome = "failed"    // the server refused or reverted it, or it could not be sent
	Skipped  Outcome = "skipped"   // refused by a check, so nothing was sent
	Unknown  Outcome = "unknown"   // the server may or may not have carried it out
	NotTried Outcome = "not tried" // stopped before its turn
)

// Result is the end of the action on one snapshot.
type Result struct {
	Snapshot *model.Snapshot // as passed to [Run]
	Outcome  Outcome
	Reason   string // why it is not done; may quote the server
	Err      error  // of the request, nil if there is none
	Elapsed  time.Duration
}

// Phase is the progress of the action on one snapshot.
type Phase string

// The phases.
const (
	Sent       Phase = "sent"       // the request is about to be sent
	Accepted   Phase = "accepted"   // the server accepted it
	Unanswered Phase = "unanswered" // the outcome is unknown, and the snapshot is read until it is known
	Waiting    Phase = "waiting"    // for the end of a rate limit
	Ended      Phase = "ended"
)

// Event is one report of [Run].
type Event struct {
	Phase    Phase
	Snapshot *model.Snapshot // nil while waiting
	Detail   string          // why there is no answer, or how long it waits
	Result   *Result         // in the phase [Ended]
	Ended    int             // how many have ended
}

// Run runs the mutation on the snapshots, a few at a time, and returns a result for each, in
// the same order. It returns early when ctx ends: the outcome of what was accepted by then, but
// not seen to be done, is unknown.
func Run(ctx context.Context, o Options, targets []*model.Snapshot) []Result {
	r := &runner{Options: o, results: make([]Result, len(targets)), wake: make(chan struct{}, 1)}
	for i, s := range targets {
		r.results[i] = Result{Snapshot: s, Outcome: NotTried}
	}
	var workers sync.WaitGroup
	for range min(bulk.Concurrency, len(targets)) {
		workers.Go(func() { r.work(ctx) })
	}
	sent := make(chan struct{})
	go func() {
		workers.Wait()
		close(sent)
	}()
	r.followAll(ctx, sent)
	return r.results
}

// runner is one call of [Run].
type runner struct {
	Options

	mu       sync.Mutex
	results  []Result
	next     int   // the first target that was not started
	stopped  error // why no more are started
	ended    int
	followed []*followed
	total    int // snapshots in the latest list, 0 if none was read

	reporting sync.Mutex
	wake      chan struct{} // something new is followed
}

// take returns the next target, or false if there is none.
func (r *runner) take(ctx context.Context) (i int, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.next == len(r.results) || r.stopped != nil || ctx.Err() != nil {
		return 0, false
	}
	r.next++
	return r.next - 1, true
}

// stop prevents further requests: each of them would fail in the same way.
func (r *runner) stop(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stopped = err
	for i := r.next; i < len(r.results); i++ {
		r.results[i].Err = err
	}
}

// report reports an event.
func (r *runner) report(e Event) {
	if r.Report == nil {
		return
	}
	r.reporting.Lock()
	defer r.reporting.Unlock()
	r.mu.Lock()
	e.Ended = r.ended
	r.mu.Unlock()
	r.Report(e)
}

// end records the end of a target.
func (r *runner) end(i int, outcome Outcome, reason string, err error, elapsed time.Duration) {
	r.mu.Lock()
	result := &r.results[i]
	result.Outcome, result.Reason, result.Err, result.Elapsed = outcome, reason, err, elapsed
	r.ended++
	copied := *result
	r.mu.Unlock()
	r.report(Event{Phase: Ended, Snapshot: copied.Snapshot, Result: &copied})
}
