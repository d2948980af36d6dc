package model

import (
	"slices"
	"time"
)

// Transition is one change of state that was observed.
type Transition struct {
	From, To State // From is "" where the snapshot appeared, To where it is gone
	At       time.Time
	Lasted   time.Duration // how long From lasted, 0 where its start was not observed
}

// History is what was observed of each snapshot since the program started. It
// claims nothing about the time before. The zero value is ready to use.
type History struct {
	transitions map[string][]Transition
	lasted      map[State][]time.Duration // whole stays in a state that ended well
	gone        []string                  // ids of what is gone, the latest last
}

// A history keeps only the latest, so that days of polling do not grow it.
const (
	// keptTransitions is how many are kept of one snapshot.
	keptTransitions = 50
	// keptDurations bounds what a median is taken from, so that it follows the
	// present.
	keptDurations = 50
	// keptGone is how many snapshots that are gone are kept: a rebuild shows what was
	// observed of the old one while it makes the new one.
	keptGone = 50
)

// Observe records the changes of one poll that was answered at the given time.
func (h *History) Observe(changes []Change, at time.Time) {
	for _, change := range changes {
		t := Transition{At: at}
		switch change.Kind {
		case Added:
			t.To = change.After.State
		case Gone:
			t.From = change.Before.State
		case StateChanged:
			t.From, t.To = change.Before.State, change.After.State
		case FieldsChanged:
			continue
		}
		id := change.Snapshot().ID
		h.record(id, t)
		if change.Kind == Gone {
			h.forgetGone(id)
		}
	}
}

func (h *History) record(id string, t Transition) {
	if h.transitions == nil {
		h.transitions = make(map[string][]Transition)
		h.lasted = make(map[State][]time.Duration)
	}
	if since, ok := h.Since(id); ok {
		t.Lasted = t.At.Sub(since)
		if t.From.Starting() && t.To == StateActive {
			h.lasted[t.From] = latest(append(h.lasted[t.From], t.Lasted), keptDurations)
		}
	}
	h.transitions[id] = latest(append(h.transitions[id], t), keptTransitions)
}

// forgetGone takes the id as that of the latest that is gone, and forgets the
// oldest of these where they are too many, unless it has come back.
func (h *History) forgetGone(id string) {
	h.gone = append(h.gone, id)
	if len(h.gone) <= keptGone {
		return
	}
	oldest := h.gone[0]
	h.gone = latest(h.gone, keptGone)
	if seen := h.transitions[oldest]; len(seen) > 0 && seen[len(seen)-1].To == "" {
		delete(h.transitions, oldest)
	}
}

// latest returns the last n of a list, or all where it is shorter.
func latest[T any](list []T, n int) []T { return list[max(0, len(list)-n):] }

// Of returns the latest that was observed of the snapshot, oldest first.
func (h *History) Of(id string) []Transition { return h.transitions[id] }

// Since returns when the snapshot was seen to enter its present state.
func (h *History) Since(id string) (time.Time, bool) {
	seen := h.transitions[id]
	if len(seen) == 0 {
		return time.Time{}, false
	}
	return seen[len(seen)-1].At, true
}

// Median returns how long snapshots usually stay in the state before they are
// active, as far as it was observed.
func (h *History) Median(state State) (time.Duration, bool) {
	lasted := slices.Sorted(slices.Values(h.lasted[state]))
	if len(lasted) == 0 {
		return 0, false
	}
	return lasted[len(lasted)/2], true
}
