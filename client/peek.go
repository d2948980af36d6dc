package client

import (
	"context"
	"io"
)

const (
	// peekRequests is how many requests a build log may take: one for its URL, one for it.
	peekRequests = 2
	// peekShare is the divisor of the requests for checks that gives those for peeks: the
	// list of snapshots is worth more than the current step of a build.
	peekShare = 2
)

// reservePeek reserves the requests of a peek, which take only what polls and checks leave.
// It reports whether there is room for all of them.
func (c *Client) reservePeek() bool {
	if requestBudget(c.Rate()) < peekRequests || c.throttle.wait(c.now()) > 0 {
		return false
	}
	now, b := c.now(), c.throttle.budget()
	b.Reserved = c.checks.reserved(now, b)
	left := b.ForPolls() - len(c.requests.times(now, b.Window))
	reserved := c.peeks.reserve(peekRequests, min(left, b.ForChecks()/peekShare), now, b.Window)
	if reserved == peekRequests {
		return true
	}
	for range reserved {
		c.peeks.end(now, false)
	}
	return false
}

// PeekBuildLog copies what the build log of a snapshot holds now to a writer, if the budget
// of polling has room for that. It reports whether it asked the server. The context or an
// error of the writer stops it.
func (c *Client) PeekBuildLog(ctx context.Context, id string, w io.Writer) (asked bool, err error) {
	if !c.reservePeek() {
		return false, nil
	}
	err = c.BuildLogs(ctx, id, false, w)
	for range peekRequests {
		c.peeks.end(c.now(), true)
	}
	return true, err
}
