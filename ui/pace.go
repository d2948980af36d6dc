package ui

import (
	"time"

	"daytona/snapdeck/model"
)

// The pace of polling, beside the floor that the user sets.
const (
	idleFactor    = 2                // nothing is in transition
	blurredPace   = 30 * time.Second // nobody looks
	backoffCap    = 30 * time.Second
	refusedPace   = 30 * time.Second // after a 401; doubles with each further one
	refusedCap    = 10 * time.Minute
	limitedPace   = time.Minute // after a 429 that does not say how long
	budgetShare   = 4           // at most a quarter of the organization's rate limit
	unknownPerMin = 60          // requests a minute where the limit is unknown
)

// circumstances are all that the pace depends on.
type pollInput struct {
	floor    time.Duration
	busy     bool // something is in transition or an action is followed
	blurred  bool
	requests int // what a poll costs
	rate     model.RateLimit
	failures int
	err      *model.Error
}

// pace is how long to wait before the next poll: fast while something is in
// transition, slower when it is calm, when nobody looks and when the server is
// in trouble, and never more than a fair share of its rate limit.
func pace(c pollInput) time.Duration {
	if c.failures > 0 && c.err != nil {
		return backoff(c)
	}
	wait := c.floor
	if !c.busy {
		wait *= idleFactor
	}
	if c.blurred {
		wait = max(wait, blurredPace)
	}
	return max(wait, minInterval(c.requests, c.rate))
}

func backoff(c pollInput) time.Duration {
	switch c.err.Code {
	case model.RateLimited:
		if c.err.RetryAfter > 0 {
			return c.err.RetryAfter
		}
		return limitedPace
	case model.Unauthorized:
		// Each refused key counts against the address: at the limit good keys
		// from it are locked out too.
		return min(doubled(refusedPace, c.failures-1), refusedCap)
	default:
		return max(c.err.RetryAfter, min(doubled(c.floor, c.failures-1), max(backoffCap, c.floor)))
	}
}

// fairShare is how long a poll of that many requests must be spread.
func minInterval(requests int, rate model.RateLimit) time.Duration {
	if rate.Known && rate.Limit > 0 && rate.Window > 0 {
		return rate.Window * time.Duration(requests*budgetShare) / time.Duration(rate.Limit)
	}
	return time.Minute * time.Duration(requests) / unknownPerMin
}

func doubled(d time.Duration, times int) time.Duration {
	for range min(times, 16) {
		d *= 2
	}
	return d
}
