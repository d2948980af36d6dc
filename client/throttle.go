package client

import (
	"math"
	"sync"
	"time"

	"daytona/snapdeck/model"
)

// windowTolerance is by how much the reported end of a window may move: servers
// report it in whole seconds. Beyond it, the window is a new one.
const windowTolerance = 1500 * time.Millisecond

// throttle records the server's retry delay and the remaining requests. A client
// has one for all endpoints, because the server counts the requests of an
// organization together. Rejected requests count too and may extend the delay.
type throttle struct {
	mu           sync.Mutex
	blockedUntil time.Time // no request is sent before that
	rate         model.RateLimit
	recordedAt   time.Time       // when rate was read
	longestReset time.Duration   // a window is at least as long
	published    model.RateLimit // by the server's configuration
}

// wait returns how long no request may be sent, 0 if requests are allowed.
func (t *throttle) wait(now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return max(t.blockedUntil.Sub(now), 0)
}

// block stops requests until the given time, unless they are already blocked for
// longer.
func (t *throttle) block(until time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if until.After(t.blockedUntil) {
		t.blockedUntil = until
	}
}

// record stores the latest rate limit. Responses to concurrent requests arrive in
// any order, so within one window the lowest count is the latest.
func (t *throttle) record(rate model.RateLimit, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	end, knownEnd := now.Add(rate.Reset), t.recordedAt.Add(t.rate.Reset)
	if t.rate.Reset > 0 && t.rate.Limit == rate.Limit && knownEnd.After(now) && end.Before(knownEnd.Add(windowTolerance)) {
		rate.Remaining = min(rate.Remaining, t.rate.Remaining)
	}
	t.rate, t.recordedAt = rate, now
	t.longestReset = max(t.longestReset, rate.Reset)
}

// describe stores the rate limit of the server's configuration.
func (t *throttle) describe(rate model.RateLimit) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.published = rate
}

// current returns the latest rate limit with Reset counted down to now. After the
// end of the window, all requests are available again.
func (t *throttle) current(now time.Time) model.RateLimit {
	t.mu.Lock()
	defer t.mu.Unlock()
	rate := t.rate
	if !rate.Known || rate.Reset == 0 {
		return rate
	}
	rate.Reset -= max(now.Sub(t.recordedAt), 0)
	if rate.Reset <= 0 {
		rate.Reset, rate.Remaining = 0, rate.Limit
	}
	return rate
}

// requestBudget returns how many requests may be sent until less than a quarter of
// the limit remains. The rest is for the organization's other clients.
func requestBudget(rate model.RateLimit) int {
	if !rate.Known {
		return math.MaxInt
	}
	reserved := (rate.Limit + 3) / 4
	return max(rate.Remaining-reserved+1, 0)
}
