package client

import (
	"context"
	"sync"
	"time"

	"daytona/snapdeck/model"
)

const (
	budgetShare   = 4  // polling uses at most a quarter of the rate limit
	unknownBudget = 59 // requests a window where the limit is unknown: less than one a second
	defaultWindow = time.Minute
	configTimeout = 2 * time.Second // how long a list waits for the server's configuration
)

// requestLog holds the requests that count toward the budget of polling. A request
// counts from the time of its response: the server received it before that, so it
// cannot see more requests in one window than the log.
type requestLog struct {
	mu      sync.Mutex
	running int // without a response
	sent    []time.Time
}

// reserve starts up to n requests, and returns how many. It starts none if that would
// exceed limit. Each of them must be ended.
func (l *requestLog) reserve(n, limit int, now time.Time, window time.Duration) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.forget(now, window)
	n = min(n, limit-l.running-len(l.sent))
	l.running += max(n, 0)
	return max(n, 0)
}

// start starts a request that does not wait for the budget.
func (l *requestLog) start() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.running++
}

// end ends a request. It does not count if it was not sent.
func (l *requestLog) end(now time.Time, sent bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.running--
	if sent {
		l.sent = append(l.sent, now)
	}
}

// times returns the requests that count, oldest first.
func (l *requestLog) times(now time.Time, window time.Duration) []time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.forget(now, window)
	times := append(make([]time.Time, 0, len(l.sent)+l.running), l.sent...)
	for range l.running {
		times = append(times, now)
	}
	return times
}

// forget removes requests that are older than a window.
func (l *requestLog) forget(now time.Time, window time.Duration) {
	old := 0
	for old < len(l.sent) && now.Sub(l.sent[old]) >= window {
		old++
	}
	l.sent = append(l.sent[:0], l.sent[old:]...)
}

// Budget returns how many requests polling may send, and which ones count: those of
// [Client.List] and those about the organization. Requests about single snapshots are
// the user's actions, which do not wait for it.
func (c *Client) Budget() model.Budget {
	now, b := c.now(), c.budget()
	b.Sent = c.requests.times(now, b.Window)
	return b
}

// budget returns the budget of polling without the requests that count.
func (c *Client) budget() model.Budget {
	b := c.throttle.budget()
	now := c.now()
	b.Reserved = c.checks.reserved(now, b) + len(c.peeks.times(now, b.Window))
	return b
}

// budget returns the budget of polling as far as the rate limit decides it.
func (t *throttle) budget() model.Budget {
	t.mu.Lock()
	defer t.mu.Unlock()
	b := model.Budget{Requests: unknownBudget, Window: defaultWindow}
	switch {
	case t.rate.Known:
		b.Requests = max(t.rate.Limit/budgetShare, 1)
		b.Window = max(b.Window, t.longestReset)
	case t.published.Known:
		b.Requests = max(t.published.Limit/budgetShare, 1)
	}
	if t.published.Known && t.published.Window > 0 {
		b.Window = t.published.Window
	}
	return b
}

// reservePages reserves requests for up to n pages of a list. If it reserves none, it
// returns how long to wait.
func (c *Client) reservePages(n int) (reserved int, wait time.Duration) {
	now, b := c.now(), c.budget()
	if reserved = c.requests.reserve(n, b.ForPolls(), now, b.Window); reserved > 0 {
		return reserved, 0
	}
	b.Sent = c.requests.times(now, b.Window)
	return 0, b.Wait(now, b.ForPolls()-1)
}

// freePages returns how many pages may be requested now.
func (c *Client) freePages() int {
	b := c.Budget()
	return min(b.ForPolls()-b.Used(c.now()), requestBudget(c.Rate()))
}

// timeFor returns how long the budget makes a number of pages take, 0 if they may all
// be requested now.
func (c *Client) timeFor(pages int) time.Duration {
	now, b := c.now(), c.Budget()
	share := b.ForPolls()
	missing := pages - (share - b.Used(now))
	if missing <= 0 {
		return 0
	}
	windows, last := (missing-1)/share, (missing-1)%share+1
	return time.Duration(windows)*b.Window + b.Wait(now, b.Used(now)-last)
}

// fetchRateLimit asks the server for its rate limit, once, unless it is known. Without
// it a long list takes minutes, or too many requests.
func (c *Client) fetchRateLimit(ctx context.Context) {
	if c.Rate().Known {
		return
	}
	c.rateFetched.Do(func() {
		ctx, cancel := context.WithTimeout(ctx, configTimeout)
		defer cancel()
		_, _ = c.Server(ctx) // optional
	})
}
