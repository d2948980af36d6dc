package model

import "time"

// Budget is how many requests polling may send: at most Requests in every Window. The
// rest of the rate limit is for the organization's other clients.
type Budget struct {
	Requests int
	Window   time.Duration
	Reserved int         // of these requests, those for checks between two polls
	Sent     []time.Time // other requests that count, oldest first
}

// maxExtra is how many requests of a budget are kept for other requests than those of a
// poll: regions, organizations and permissions.
const maxExtra = 3

// ForPolls returns how many of the requests polls may use, at least one.
func (b Budget) ForPolls() int { return max(b.shared()-b.Reserved, 1) }

// ForChecks returns how many requests checks may use at most: half of what polls could.
func (b Budget) ForChecks() int { return b.shared() / 2 }

// shared returns how many requests are for polls and checks.
func (b Budget) shared() int { return b.Requests - min(maxExtra, b.Requests/2) }

// Used returns how many requests count at a time.
func (b Budget) Used(at time.Time) int {
	used := 0
	for _, sent := range b.Sent {
		if at.Sub(sent) < b.Window {
			used++
		}
	}
	return used
}

// Wait returns how long it takes until at most the given number of requests count.
func (b Budget) Wait(now time.Time, used int) time.Duration {
	excess := b.Used(now) - max(used, 0)
	if excess <= 0 {
		return 0
	}
	for _, sent := range b.Sent {
		if now.Sub(sent) >= b.Window {
			continue
		}
		if excess--; excess == 0 {
			return sent.Add(b.Window).Sub(now)
		}
	}
	return b.Window
}
