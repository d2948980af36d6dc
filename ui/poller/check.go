package poller

import (
	"slices"
	"time"

	"daytona/snapdeck/model"
)

const (
	// checkInterval is how often the newest snapshots and those in transition are read
	// between two polls that are further apart than maxUnchecked.
	checkInterval = 10 * time.Second
	maxUnchecked  = 15 * time.Second
)

// checks are the reads between two polls.
type checks struct {
	running bool
	next    time.Time
	read    map[string]time.Time       // when a snapshot in transition was read
	fresh   map[string]*model.Snapshot // what was read since the latest poll started
}

// CheckDue reports whether the newest snapshots, and those in transition, should be read
// now: polls of the whole list are too rare. After an outage a check
// shows sooner than a poll that the server answers again.
func (p *Poller) CheckDue(now time.Time) bool {
	s := &p.status
	reachable := s.Err == nil || s.InFlight && (s.Err.Code == model.Network || s.Err.Code == model.ServerError)
	return !s.Paused && reachable && !s.Updated.IsZero() && !p.checks.running && !now.Before(p.checks.next) &&
		pace(p.requests, p.budget) > maxUnchecked
}

// StartCheck begins a check of some snapshots, and returns their ids, those first that
// were not read for the longest time.
func (p *Poller) StartCheck(now time.Time, snapshots []*model.Snapshot) (ids []string) {
	p.checks.running, p.checks.next = true, now.Add(max(checkInterval, p.floor))
	read := make(map[string]time.Time, len(snapshots))
	for _, s := range snapshots {
		ids = append(ids, s.ID)
		if at, ok := p.checks.read[s.ID]; ok {
			read[s.ID] = at
		}
	}
	p.checks.read = read
	slices.SortStableFunc(ids, func(x, y string) int { return read[x].Compare(read[y]) })
	return ids
}

// Checked ends a check with what it read. It reports whether that ends an outage.
func (p *Poller) Checked(now time.Time, found model.Check) (recovered bool) {
	p.checks.running = false
	if recovered = p.status.Err != nil && len(found.Snapshots) > 0; recovered {
		p.status.Err, p.failures = nil, 0
	}
	for _, s := range found.Snapshots {
		if s.State.InTransition() {
			p.checks.read[s.ID] = now
		}
		if p.status.InFlight {
			p.checks.fresh[s.ID] = s
		}
	}
	return recovered
}

// MergeChecks returns the answer to the poll in flight with what checks read since it
// started, if that is newer.
func (p *Poller) MergeChecks(answer model.Listing) model.Listing {
	return answer.MergeNewer(p.checks.fresh)
}
