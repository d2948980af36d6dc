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
	requests   int             // of the last successful poll
	pollRate   model.RateLimit // from the last successful poll
	serverRate model.RateLimit // from the server's configuration
	failures   int             // consecutive
	status     Status
}

// Status is how fresh the data is, and what happens next.
type Status struct {
	InFlight bool
	Paused   bool
	Started  time.Time    // of the latest poll
	Updated  time.Time    // time of the last good answer, zero for none
	Next     time.Time    // when the next poll is due
	Err      *model.Error // of the latest poll, nil where it succeeded
	Skipped  []error      // why items of the last good answer have no row
	Loaded   int          // snapshots of the first poll so far
	Total    int          // and how many there will be
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
	p.status.InFlight, p.status.Started = true, now
	p.generation++
	return p.generation, true
}

// Current reports whether the generation is that of the latest poll.
func (p *Poller) Current(generation int) bool { return generation == p.generation }

// Progress records how much of the first list has arrived.
func (p *Poller) Progress(loaded, total int) {
	p.status.Loaded, p.status.Total = loaded, total
}

// Succeeded ends the poll in flight with its answer. The caller schedules the next
// one once it knows what the answer changed.
func (p *Poller) Succeeded(now time.Time, answer model.Listing) {
	p.failures, p.requests, p.pollRate = 0, answer.Requests, answer.Rate
	p.status.InFlight, p.status.Err = false, nil
	p.status.Updated, p.status.Skipped = now, answer.Skipped
}

// Failed ends the poll in flight with an error, and schedules the next one.
func (p *Poller) Failed(now time.Time, err *model.Error) {
	before := p.status.Err
	if err.Code == model.Unauthorized && before != nil && (before.Code == model.Network || before.Code == model.ServerError) {
		p.failures = 0 // a 401 after a long outage does not wait for minutes
	}
	p.failures++
	p.status.InFlight, p.status.Err = false, err
	p.Schedule(now, false)
}

// Schedule sets when the next poll is due. It is sooner while something is busy: a
// snapshot in transition or a running action.
func (p *Poller) Schedule(now time.Time, busy bool) {
	p.status.Next = now.Add(interval(input{
		floor:    p.floor,
		busy:     busy,
		blurred:  p.blurred,
		requests: p.requests,
		rate:     p.rate(),
		failures: p.failures,
		err:      p.status.Err,
	}))
}

// SetServerRate records the rate limit from the server's configuration. It reports whether
// the next poll should be rescheduled, because it was scheduled without that limit.
func (p *Poller) SetServerRate(limit model.RateLimit) bool {
	changed := limit != p.serverRate
	p.serverRate = limit
	return changed && p.status.Err == nil && !p.status.InFlight
}

// rate returns the organization's rate limit. Only the server's configuration has the length
// of the window; the responses to polls have the latest limit, if any.
func (p *Poller) rate() model.RateLimit {
	limit := p.serverRate
	if !limit.Known || limit.Window == 0 {
		return p.pollRate
	}
	if p.pollRate.Known {
		limit.Limit = p.pollRate.Limit
	}
	return limit
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

// TogglePause pauses or resumes polling, and reports whether it is now paused.
func (p *Poller) TogglePause() bool {
	p.status.Paused = !p.status.Paused
	return p.status.Paused
}

// Focus records whether the terminal has the focus. Without it, polls are less frequent after
// the next one.
func (p *Poller) Focus(focused bool) { p.blurred = !focused }
