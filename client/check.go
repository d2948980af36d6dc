package client

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"daytona/snapdeck/model"
)

// checksPerWindow is how many checks the budget has room for in a window of a minute.
const checksPerWindow = 6

// checkLog holds the requests of checks. The budget keeps as many for them as the last
// one wanted.
type checkLog struct {
	requestLog
	mu     sync.Mutex
	wanted int       // requests of the last check
	at     time.Time // when it was
}

// want records how many requests a check wants.
func (l *checkLog) want(n int, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wanted, l.at = n, now
}

// reserved returns how many requests of the budget are for checks. There are none if
// there was no check in the last window.
func (l *checkLog) reserved(now time.Time, b model.Budget) int {
	l.mu.Lock()
	wanted := l.wanted * checksPerWindow * int(max(b.Window/time.Minute, 1))
	if now.Sub(l.at) >= b.Window {
		wanted = 0
	}
	l.mu.Unlock()
	return max(min(wanted, b.ForChecks()), len(l.times(now, b.Window)))
}

// reserveChecks reserves up to n requests of a check, and returns how many.
func (c *Client) reserveChecks(n int) int {
	if requestBudget(c.Rate()) == 0 || c.throttle.wait(c.now()) > 0 {
		return 0
	}
	now, b := c.now(), c.throttle.budget()
	left := b.ForPolls() - len(c.requests.times(now, b.Window)) - len(c.peeks.times(now, b.Window))
	return c.checks.reserve(n, min(left, b.ForChecks()), now, b.Window)
}

// Check reads what is most likely to change between two polls of a long list: the newest
// snapshots, and the ones with the ids that are not among these, in that order and as far
// as the budget allows. [model.Check] has what was read, which may be nothing.
func (c *Client) Check(ctx context.Context, ids []string) (model.Check, error) {
	c.checks.want(1+len(ids), c.now())
	var found model.Check
	if c.reserveChecks(1) == 0 {
		return found, nil
	}
	newest, err := (&pageFetch{client: c, log: &c.checks.requestLog}).fetchPage(ctx, 1, func() {})
	if err != nil {
		return found, err
	}
	found.Snapshots = slices.Clone(newest.items)
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		return slices.ContainsFunc(newest.items, func(s *model.Snapshot) bool { return s.ID == id })
	})
	c.checks.want(1+len(ids), c.now())
	for _, id := range ids {
		if c.reserveChecks(1) == 0 {
			break
		}
		s, err := c.Get(ctx, id)
		failed, isAPI := errors.AsType[*model.Error](err)
		c.checks.end(c.now(), !isAPI || failed.Sent)
		switch {
		case err == nil:
			found.Snapshots = append(found.Snapshots, s)
		case failed != nil && failed.Code == model.NotFound:
			found.NotFound = append(found.NotFound, id)
		default:
			return found, err
		}
	}
	return found, nil
}
