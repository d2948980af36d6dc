package failures

import (
	"slices"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

// shownFor is how long a new failure is announced.
const shownFor = 10 * time.Minute

// Announced are the snapshots that failed while no row on the screen showed it: out
// of view, or hidden by the filter.
type Announced struct {
	arrived   []announcement // the rows with them are not shown yet
	announced []announcement // until the cursor was on them
	Room      int            // how many rows are visible while there is an announcement
}

type announcement struct {
	id string // of the snapshot
	at time.Time
}

// Observe notes which snapshots failed.
func (f *Announced) Observe(now time.Time, changes []model.Change) {
	for _, c := range changes {
		if c.After != nil && c.After.State.Failed() && (c.Before == nil || !c.Before.State.Failed()) {
			f.Remove(c.After.ID)
			f.arrived = append(f.arrived, announcement{c.After.ID, now})
		}
	}
}

// Announces reports whether the failure of a snapshot is announced.
func (f *Announced) Announces(id string) bool {
	return slices.ContainsFunc(f.announced, func(n announcement) bool { return n.id == id })
}

// Remove stops announcing a failure.
func (f *Announced) Remove(id string) {
	f.announced = slices.DeleteFunc(f.announced, func(n announcement) bool { return n.id == id })
}

// Expire stops announcing failures that were announced for long.
func (f *Announced) Expire(now time.Time) {
	f.keep(func(n announcement) bool { return now.Sub(n.at) < shownFor })
}

// Empty reports whether nothing is announced.
func (f *Announced) Empty() bool { return len(f.announced) == 0 }

// keep stops announcing all other failures.
func (f *Announced) keep(keep func(announcement) bool) {
	f.announced = slices.DeleteFunc(f.announced, func(n announcement) bool { return !keep(n) })
}

// Announce announces the failures that the visible rows do not show, and no longer those
// that are over.
func (f *Announced) Announce(store *model.Store, visible []*model.Snapshot) {
	visible = visible[:min(len(visible), f.Room)]
	for _, n := range f.arrived {
		if !slices.ContainsFunc(visible, func(s *model.Snapshot) bool { return s.ID == n.id }) {
			f.announced = append(f.announced, n)
		}
	}
	f.arrived = nil
	f.keep(func(n announcement) bool {
		s, ok := store.Get(n.id)
		return ok && s.State.Failed()
	})
}

// Next returns the latest announced failure, nil for none.
func (f *Announced) Next(store *model.Store) *model.Snapshot {
	var next *model.Snapshot
	for _, n := range f.announced {
		if s, ok := store.Get(n.id); ok && (next == nil || model.CompareAttention(s, next) < 0) {
			next = s
		}
	}
	return next
}

// Refuse returns why there is nothing to go to.
func (f *Announced) Refuse() string {
	if len(f.announced) == 0 {
		return "no new failures"
	}
	return ""
}

// Line announces the failures with the key that goes there, nil for none.
func (f *Announced) Line(key string) text.Line {
	n := len(f.announced)
	if n == 0 {
		return nil
	}
	return text.Join(text.Sprintf(" ✗ %s · ", format.Plural(n, "new failure")).As(theme.Failed), text.Cell(key).As(theme.Key), text.Lit(" show").As(theme.Dim))
}
