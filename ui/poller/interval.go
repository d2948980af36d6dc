package poller

import (
	"time"

	"daytona/snapdeck/model"
)

// The intervals between polls, above the floor that the user sets.
const (
	idleFactor      = 2                // nothing is in transition
	blurredInterval = 30 * time.Second // the terminal has no focus
	backoffCap      = 30 * time.Second
	refusedInterval = 30 * time.Second // after a 401; doubles with each further one
	refusedCap      = 10 * time.Minute
	limitedInterval = time.Minute // after a 429 without a Retry-After
	// requestInterval is the mean time between the requests of polls: ten a second take about
	// 1 % of a processor.
	requestInterval = 100 * time.Millisecond
)

// input is everything that the interval depends on.
type input struct {
	floor    time.Duration
	busy     bool // a snapshot is in transition or an action is running
	blurred  bool
	requests int // per poll
	budget   model.Budget
	failures int
	err      *model.Error
}

// interval returns how long to wait before the next poll: short while something is
// in transition, longer while nothing is, without focus and after errors, and never
// so short that polls use more than their budget or a noticeable part of a processor.
func interval(in input) time.Duration {
	if in.failures > 0 && in.err != nil {
		return backoff(in)
	}
	wait := in.floor
	if !in.busy {
		wait *= idleFactor
	}
	if in.blurred {
		wait = max(wait, blurredInterval)
	}
	return max(wait, pace(in.requests, in.budget))
}

func backoff(in input) time.Duration {
	switch in.err.Code {
	case model.RateLimited:
		return RetryAfter(in.err)
	case model.Unauthorized:
		// Each refused key counts against the IP address: at the limit, valid keys from it
		// are locked out as well.
		return min(doubled(refusedInterval, in.failures-1), refusedCap)
	default:
		return max(in.err.RetryAfter, min(doubled(in.floor, in.failures-1), max(backoffCap, in.floor)))
	}
}

// RetryAfter returns how long to send nothing after a 429.
func RetryAfter(err *model.Error) time.Duration {
	if err.RetryAfter > 0 {
		return err.RetryAfter
	}
	return limitedInterval
}

// pace returns the shortest interval between polls of so many requests.
func pace(requests int, budget model.Budget) time.Duration {
	return max(minInterval(requests, budget), time.Duration(requests)*requestInterval)
}

// minInterval returns the shortest interval at which polls of so many requests stay
// within the budget. A poll that needs more than the budget waits while it runs, so one
// window is left between two of them.
func minInterval(requests int, budget model.Budget) time.Duration {
	polls := time.Duration(max(1, budget.ForPolls()/max(requests, 1))) // in a window
	return (budget.Window + polls - 1) / polls
}

func doubled(d time.Duration, times int) time.Duration {
	for range min(times, 16) {
		d *= 2
	}
	return d
}
