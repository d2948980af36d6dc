package client

import (
	"math"
	"sync"
	"time"

	"daytona/snapdeck/model"
)

// sameWindow is how much the end of a window may seem to move, since servers tell
// it in whole seconds.
const sameWindow = 1500 * time.Millisecond

// gate knows when the server wants silence and how many requests are left. There
// is one for the whole client: the server counts an organization's requests
// together, whatever they ask for, and a request that is refused counts as well
// and may renew the block.
type throttle struct {
	mu           sync.Mutex
	blockedUntil time.Time // no request may leave before
	rate         model.RateLimit
	recordedAt   time.Time // when rate was read
}

// wait is how long no request may leave, 0 where the gate is open.
func (g *throttle) wait(now time.Time) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return max(g.blockedUntil.Sub(now), 0)
}

// block closes the gate. A block that ends later already stays.
func (g *throttle) block(until time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if until.After(g.blockedUntil) {
		g.blockedUntil = until
	}
}

// note remembers the newest rate limit. Answers to requests that were sent together
// come in any order: within one window the lowest count is the newest.
func (g *throttle) record(rate model.RateLimit, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	ends, known := now.Add(rate.Reset), g.recordedAt.Add(g.rate.Reset)
	if g.rate.Reset > 0 && g.rate.Limit == rate.Limit && known.After(now) && ends.Before(known.Add(sameWindow)) {
		rate.Remaining = min(rate.Remaining, g.rate.Remaining)
	}
	g.rate, g.recordedAt = rate, now
}

// latest is the newest rate limit with Reset counted down to now. Once its window
// is over, all requests are there again.
func (g *throttle) current(now time.Time) model.RateLimit {
	g.mu.Lock()
	defer g.mu.Unlock()
	rate := g.rate
	if !rate.Known || rate.Reset == 0 {
		return rate
	}
	rate.Reset -= max(now.Sub(g.recordedAt), 0)
	if rate.Reset <= 0 {
		rate.Reset, rate.Remaining = 0, rate.Limit
	}
	return rate
}

// spare is how many requests may leave before less than a quarter of the limit
// is left, which belongs to the organization's other clients.
func requestBudget(rate model.RateLimit) int {
	if !rate.Known {
		return math.MaxInt
	}
	quarter := (rate.Limit + 3) / 4
	return max(rate.Remaining-quarter+1, 0)
}
