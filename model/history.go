package model

import (
	"slices"
	"time"
)

// Transition is one change of state that was observed.
type Transition struct {
	From, To State // From is "" where the snapshot appeared, To where it is gone
	At       time.Time
	Duration time.Duration // how long From lasted, 0 where its start was not observed
}

// History is what was observed of each snapshot since the program started. It
// claims nothing about the time before. The zero value is ready to use.
type History struct {
	byID      map[string][]Transition
	durations map[State][]time.Duration // whole stays in a state that ended well
	deleted   []string                  // ids of what is gone, the latest last
}

// A history keeps only the latest, so that days of polling do not grow it.
const (
	// keptTransitions is how many are kept of one snapshot.
	maxTransitions = 50
	// keptDurations bounds what a median is taken from, so that it follows the
	// present.
	maxDurations = 50
	// keptGone is how many snapshots that are gone are kept: a rebuild shows what was
	// observed of the old one while it makes the new one.
	maxDeleted = 50
)

// Observe records the changes of one poll that was answered at the given time.
func (h *History) Observe(changes []Change, at time.Time) {
	for _, change := range changes {
		t := Transition{At: at}
		switch change.Kind {
		case Added:
			t.To = change.After.State
		case Deleted:
			t.From = change.Before.State
		case StateChanged:
			t.From, t.To = change.Before.State, change.After.State
		case FieldsChanged:
			continue
		}
		id := change.Snapshot().ID
		h.record(id, t)
		if change.Kind == Deleted {
			h.pruneDeleted(id)
		}
	}
}

func (h *History) record(id string, t Transition) {
	if h.byID == nil {
		h.byID = make(map[string][]Transition)
		h.durations = make(map[State][]time.Duration)
	}
	if since, ok := h.Since(id); ok {
		t.Duration = t.At.Sub(since)
		if t.From.Starting() && t.To == StateActive {
			h.durations[t.From] = latest(append(h.durations[t.From], t.Duration), maxDurations)
		}
	}
	h.byID[id] = latest(append(h.byID[id], t), maxTransitions)
}

// forgetGone takes the id as that of the latest that is gone, and forgets the
// oldest of these where they are too many, unless it has come back.
func (h *History) pruneDeleted(id string) {
	h.deleted = append(h.deleted, id)
	if len(h.deleted) <= maxDeleted {
		return
	}
	oldest := h.deleted[0]
	h.deleted = latest(h.deleted, maxDeleted)
	if seen := h.byID[oldest]; len(seen) > 0 && seen[len(seen)-1].To == "" {
		delete(h.byID, oldest)
	}
}

// latest returns the last n of a list, or all where it is shorter.
func latest[T any](list []T, n int) []T { return list[max(0, len(list)-n):] }

// Of returns the latest that was observed of the snapshot, oldest first.
func (h *History) Transitions(id string) []Transition { return h.byID[id] }

// Since returns when the snapshot was seen to enter its present state.
func (h *History) Since(id string) (time.Time, bool) {
	seen := h.byID[id]
	if len(seen) == 0 {
		return time.Time{}, false
	}
	return seen[len(seen)-1].At, true
}

// Median returns how long snapshots usually stay in the state before they are
// active, as far as it was observed.
func (h *History) Median(state State) (time.Duration, bool) {
	lasted := slices.Sorted(slices.Values(h.durations[state]))
	if len(lasted) == 0 {
		return 0, false
	}
	return lasted[len(lasted)/2], true
}
