package poller

import (
	"time"

	"daytona/snapdeck/model"
)

// refusedPause is the shortest time between two requests with a refused key.
const refusedPause = 10 * time.Second

// RefreshWait returns how long a refresh has to wait, and why: until the end of a rate
// limit, ten seconds before and after a request with a refused key, and until the
// budget has room for it and for the scheduled polls that follow.
func (p *Poller) RefreshWait(now time.Time, budget model.Budget) (wait time.Duration, reason string) {
	if wait := p.RetryAfter(now); wait > 0 {
		return wait, "rate limited"
	}
	if err := p.status.Err; err != nil && err.Code == model.Unauthorized {
		return p.refusedWait(now), "key refused"
	}
	if wait = p.budgetWait(now, budget); !p.status.Paused {
		wait = min(wait, max(p.status.Next.Sub(now), 0)) // then a scheduled poll follows
	}
	return wait, "share of the rate limit used up"
}

// refusedWait keeps a refresh away from the last and the next request with a refused key.
func (p *Poller) refusedWait(now time.Time) time.Duration {
	at := later(now, p.refusedAt.Add(refusedPause))
	if next := p.status.Next; !p.status.Paused && at.Add(refusedPause).After(next) {
		at = later(now, next)
	}
	return at.Sub(now)
}

// budgetWait returns how long it takes until a refresh fits into the budget without
// delaying the polls after it.
func (p *Poller) budgetWait(now time.Time, budget model.Budget) time.Duration {
	share := budget.ForPolls()
	cost := min(max(p.requests, 1), share)
	every := max(p.floor, minInterval(cost, budget))
	wait := time.Duration(0)
	for polls := 0; ; polls++ {
		after := time.Duration(polls) * every // the refresh, for 0 polls
		if polls > 0 && (p.status.Paused || after >= budget.Window) {
			return wait
		}
		needed := budget.Wait(now, share-cost*(polls+1))
		wait = max(wait, needed-after)
	}
}
