package ui

import (
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/text"
)

// failureShownFor is how long a new failure is announced.
const failureShownFor = 10 * time.Minute

// newFailures are the snapshots that failed while no row on the screen showed it: out
// of view, or hidden by the filter.
type newFailures struct {
	arrived   []newFailure // the rows with them are not shown yet
	announced []newFailure // until the cursor was on them
	room      int          // how many rows are visible while there is an announcement
}

type newFailure struct {
	id string // of the snapshot
	at time.Time
}

// observe notes which snapshots failed.
func (f *newFailures) observe(now time.Time, changes []model.Change) {
	for _, c := range changes {
		if c.After != nil && c.After.State.Failed() && (c.Before == nil || !c.Before.State.Failed()) {
			f.remove(c.After.ID)
			f.arrived = append(f.arrived, newFailure{c.After.ID, now})
		}
	}
}

// remove stops announcing a failure.
func (f *newFailures) remove(id string) {
	f.announced = slices.DeleteFunc(f.announced, func(n newFailure) bool { return n.id == id })
}

// keep stops announcing all other failures.
func (f *newFailures) keep(keep func(newFailure) bool) {
	f.announced = slices.DeleteFunc(f.announced, func(n newFailure) bool { return !keep(n) })
}

// announce announces the failures that the visible rows do not show, and no longer those
// that are over.
func (f *newFailures) announce(store *model.Store, visible []*model.Snapshot) {
	visible = visible[:min(len(visible), f.room)]
	for _, n := range f.arrived {
		if !slices.ContainsFunc(visible, func(s *model.Snapshot) bool { return s.ID == n.id }) {
			f.announced = append(f.announced, n)
		}
	}
	f.arrived = nil
	f.keep(func(n newFailure) bool {
		s, ok := store.Get(n.id)
		return ok && s.State.Failed()
	})
}

// next returns the latest announced failure, nil for none.
func (f *newFailures) next(store *model.Store) *model.Snapshot {
	var next *model.Snapshot
	for _, n := range f.announced {
		if s, ok := store.Get(n.id); ok && (next == nil || model.CompareAttention(s, next) < 0) {
			next = s
		}
	}
	return next
}

// refuse returns why there is nothing to go to.
func (f *newFailures) refuse() string {
	if len(f.announced) == 0 {
		return "no new failures"
	}
	return ""
}

// line announces the failures with the key that goes there, nil for none.
func (f *newFailures) line(key string) text.Line {
	n := len(f.announced)
	if n == 0 {
		return nil
	}
	return text.Join(text.Sprintf(" ✗ %s · ", format.Plural(n, "new failure")).As(theme.Failed), text.Cell(key).As(theme.Key))
}

// tableCovered reports whether a screen without snapshots is open over the table.
func (s *layerStack) tableCovered() bool {
	const screens = keys.OnActivity | keys.OnLogs
	return slices.ContainsFunc(s.layers, func(l layer) bool { return l.Scope()&screens != 0 })
}

// nextFailure moves the cursor to the latest announced failure. It closes what covers
// the table.
func (a *App) nextFailure() tea.Cmd {
	next := a.failures.next(a.state.Data.Store)
	if next == nil {
		return nil // deleted a moment ago
	}
	for a.top().Scope()&keys.OnScreens == 0 {
		a.pop()
	}
	return a.goTo(next)
}
