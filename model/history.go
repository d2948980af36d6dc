package model

import (
	"slices"
	"time"
)

// Transition is an observed change of state.
type Transition struct {
	From, To State // From is "" if the snapshot was added, To if it was deleted
	At       time.Time
	Duration time.Duration // time in From, 0 if its start was not observed
}

// History holds the transitions since the program started. The zero value is ready to use.
type History struct {
	byID      map[string][]Transition
	durations map[State][]time.Duration // complete times in a state that led to active
	deleted   []string                  // ids of deleted snapshots, the latest last
}

// Limits of a history, so that it does not grow for days.
const (
	// maxTransitions is the limit for one snapshot.
	maxTransitions = 50
	// maxDurations is the number of durations for a median, so that it follows recent
	// builds.
	maxDurations = 50
	// maxDeleted is the limit of deleted snapshots. A rebuild shows the history of the
	// old snapshot while it creates the new one.
	maxDeleted = 50
)

// Observe records the changes of a poll at the time of its response.
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
		h.append(id, t)
		if change.Kind == Deleted {
			h.pruneDeleted(id)
		}
	}
}

func (h *History) append(id string, t Transition) {
	if h.byID == nil {
		h.byID = make(map[string][]Transition)
		h.durations = make(map[State][]time.Duration)
	}
	if since, ok := h.Since(id); ok {
		t.Duration = t.At.Sub(since)
		if t.From.Starting() && t.To == StateActive {
			h.durations[t.From] = lastN(append(h.durations[t.From], t.Duration), maxDurations)
		}
	}
	h.byID[id] = lastN(append(h.byID[id], t), maxTransitions)
}

// pruneDeleted records the id of a deleted snapshot, and drops the oldest one beyond
// maxDeleted unless that exists again.
func (h *History) pruneDeleted(id string) {
	h.deleted = append(h.deleted, id)
	if len(h.deleted) <= maxDeleted {
		return
	}
	oldest := h.deleted[0]
	h.deleted = lastN(h.deleted, maxDeleted)
	if seen := h.byID[oldest]; len(seen) > 0 && seen[len(seen)-1].To == "" {
		delete(h.byID, oldest)
	}
}

// lastN returns the last n elements of a list.
func lastN[T any](list []T, n int) []T { return list[max(0, len(list)-n):] }

// Transitions returns the latest transitions of the snapshot, oldest first.
func (h *History) Transitions(id string) []Transition { return h.byID[id] }

// Since returns when the snapshot entered its current state, false if that was not
// observed.
func (h *History) Since(id string) (time.Time, bool) {
	seen := h.byID[id]
	if len(seen) == 0 {
		return time.Time{}, false
	}
	return seen[len(seen)-1].At, true
}

// Median returns the median time in a state that led to active, false if none was
// observed.
func (h *History) Median(state State) (time.Duration, bool) {
	durations := slices.Sorted(slices.Values(h.durations[state]))
	if len(durations) == 0 {
		return 0, false
	}
	return durations[len(durations)/2], true
}
