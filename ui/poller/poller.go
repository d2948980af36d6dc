// Package poller decides when to poll the list of snapshots.
//
// It is a pure state machine: the caller passes the time, and it sends no requests.
package poller

import (
	"time"

	"daytona/snapdeck/model"
)

// Poller tracks how fresh the data is and when the next poll is due. At most one poll is in
// flight.
type Poller struct {
	floor      time.Duration
	generation int
	blurred    bool
	requests   int          // of the last successful poll
	budget     model.Budget // when the next poll was scheduled
	manual     bool         // the poll in flight is a refresh
	refusedAt  time.Time    // time of the last 401, zero for none
	failures   int          // consecutive, of scheduled polls
	checks     checks
	status     Status
}

// longPoll is how long a poll must take to count in the pace of polls.
const longPoll = 5 * time.Second

// Status is how fresh the data is, and what happens next.
type Status struct {
	InFlight bool
	Paused   bool
	Started  time.Time // of the latest poll
	Updated  time.Time // time of the last good answer, zero for none
	Next     time.Time // when the next poll is due
	// Every is how far apart polls are, with the time that a long one takes.
	Every   time.Duration
	Err     *model.Error // of the latest poll, nil if it succeeded
	Skipped []error      // why items of the last good answer have no row
	// Incomplete is why rows of the last good answer may be missing, nil if none are.
	Incomplete *model.IncompleteList
	Loaded     int       // snapshots of the first poll so far
	Total      int       // and how many there will be
	Complete   time.Time // when the first poll ends at the earliest, zero if the rate limit does not delay it
}

// New returns a Poller. floor is the minimum interval between two polls.
func New(floor time.Duration) Poller {
	return Poller{floor: max(floor, time.Second)}
}

// Status returns the current status.
func (p *Poller) Status() Status { return p.status }

// Start begins a poll and returns its generation, or false while one is in flight.
func (p *Poller) Start(now time.Time) (generation int, ok bool) {
	if p.status.InFlight {
		return 0, false
	}
	p.status.InFlight, p.status.Started, p.manual = true, now, false
	p.generation++
	p.checks.fresh = make(map[string]*model.Snapshot)
	return p.generation, true
}

// Refresh begins a poll that a user asked for, or returns false while one is in flight.
// Check [Poller.RefreshWait] first.
func (p *Poller) Refresh(now time.Time) (generation int, ok bool) {
	generation, ok = p.Start(now)
	p.manual = p.manual || ok
	return generation, ok
}

// Current reports whether the generation is that of the latest poll.
func (p *Poller) Current(generation int) bool { return generation == p.generation }

// Progress records how much of the first list has arrived, and how long the rate limit
// delays the rest.
func (p *Poller) Progress(now time.Time, loaded, total int, left time.Duration) {
	p.status.Loaded, p.status.Total, p.status.Complete = loaded, total, time.Time{}
	if left > 0 {
		p.status.Complete = now.Add(left)
	}
}

// Succeeded ends the poll in flight with its answer. The caller schedules the next
// one once it knows what the answer changed.
func (p *Poller) Succeeded(now time.Time, answer model.Listing) {
	p.failures, p.requests = 0, answer.Requests
	p.status.InFlight, p.status.Err = false, nil
	p.status.Updated, p.status.Skipped, p.status.Incomplete = now, answer.Skipped, answer.Incomplete
}

// Failed ends the poll in flight with an error, and schedules the next one. A refresh
// that fails like the polls before it does not lengthen their pause.
func (p *Poller) Failed(now time.Time, err *model.Error) {
	before := p.status.Err
	if err.Code == model.Unauthorized && before != nil && (before.Code == model.Network || before.Code == model.ServerError) {
		p.failures = 0 // a 401 after a long outage does not wait for minutes
	}
	if err.Code == model.Unauthorized {
		p.refusedAt = now
	}
	next := p.status.Next
	p.status.InFlight, p.status.Err = false, err
	if !p.manual || p.failures == 0 {
		p.failures++
		p.Schedule(now, false, p.budget)
		return
	}
	switch err.Code {
	case model.RateLimited:
		next = later(next, now.Add(RetryAfter(err)))
	case model.Unauthorized:
		next = later(next, now.Add(refusedPause))
	}
	p.status.Next = next
}

func later(x, y time.Time) time.Time {
	if y.After(x) {
		return y
	}
	return x
}

// Schedule sets when the next poll is due. It is sooner while something is busy: a
// snapshot in transition or a running action.
func (p *Poller) Schedule(now time.Time, busy bool, budget model.Budget) {
	p.budget = budget
	wait := p.interval(busy)
	p.status.Next = now.Add(wait)
	if p.status.Err != nil {
		return // a retry is not the pace
	}
	p.status.Every = wait
	if took := p.status.Updated.Sub(p.status.Started); took > longPoll {
		p.status.Every += took
	}
}

func (p *Poller) interval(busy bool) time.Duration {
	return interval(input{
		floor:    p.floor,
		busy:     busy,
		blurred:  p.blurred,
		requests: p.requests,
		budget:   p.budget,
		failures: p.failures,
		err:      p.status.Err,
	})
}

// LimitChanged reports whether the next poll should be scheduled again, because it was
// scheduled with another rate limit.
func (p *Poller) LimitChanged(budget model.Budget) bool {
	changed := budget.Requests != p.budget.Requests || budget.Window != p.budget.Window
	return changed && p.status.Err == nil && !p.status.InFlight
}

// Due reports whether a poll should start now.
func (p *Poller) Due(now time.Time) bool {
	return !p.status.Paused && !p.status.InFlight && !now.Before(p.status.Next)
}

// RetryAfter returns how long the rate limit still forbids requests, 0 if it does not. It
// applies while polling is paused, too.
func (p *Poller) RetryAfter(now time.Time) time.Duration {
	if err := p.status.Err; err == nil || err.Code != model.RateLimited {
		return 0
	}
	return max(0, p.status.Next.Sub(now))
}

// KeyRefused reports whether the latest poll was refused with a 401. Until a poll succeeds,
// other requests would only add to the refused ones, which the server counts by address.
func (p *Poller) KeyRefused() bool {
	return p.status.Err != nil && p.status.Err.Code == model.Unauthorized
}

// Steady reports whether polls run as usual: the terminal has the focus, they are not
// paused, and the server answered the latest one.
func (p *Poller) Steady() bool {
	return !p.blurred && !p.status.Paused && p.status.Err == nil && !p.status.Updated.IsZero()
}

// TogglePause pauses or resumes polling, and reports whether it is now paused.
func (p *Poller) TogglePause() bool {
	p.status.Paused = !p.status.Paused
	return p.status.Paused
}

// Focus records whether the terminal has the focus. Without it, polls are less frequent after
// the next one.
func (p *Poller) Focus(focused bool) { p.blurred = !focused }
