package model_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/model"
)

func TestHistory(t *testing.T) {
	var (
		h     model.History
		store = model.NewStore()
		start = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
		at    = func(seconds int) time.Time { return start.Add(time.Duration(seconds) * time.Second) }
	)
	if _, ok := h.Since("a"); ok || h.Transitions("a") != nil {
		t.Error("the empty history has transitions")
	}
	observe := func(seconds int, set ...*model.Snapshot) {
		next, changes := store.Apply(set)
		store = next
		h.Observe(changes, at(seconds))
	}
	observe(0, snapshot(t, "old"))
	observe(10, snapshot(t, "old"), snapshot(t, "a", "state=pending"))
	observe(20, snapshot(t, "old"), snapshot(t, "a", "state=building"))
	observe(25, snapshot(t, "old"), snapshot(t, "a", "state=building", "size=1")) // not a transition
	observe(80, snapshot(t, "old"), snapshot(t, "a"))
	observe(90, snapshot(t, "old"), snapshot(t, "a", "state=removing"))
	observe(95, snapshot(t, "old"))
	want := []model.Transition{
		{To: "pending", At: at(10)},
		{From: "pending", To: "building", At: at(20), Duration: 10 * time.Second},
		{From: "building", To: "active", At: at(80), Duration: 60 * time.Second},
		{From: "active", To: "removing", At: at(90), Duration: 10 * time.Second},
		{From: "removing", At: at(95), Duration: 5 * time.Second},
	}
	if diff := cmp.Diff(want, h.Transitions("a")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if since, ok := h.Since("a"); !ok || !since.Equal(at(95)) {
		t.Errorf("Since() = %v, %t", since, ok)
	}
	if got, ok := h.Median(model.StateBuilding); !ok || got != time.Minute {
		t.Errorf("Median(building) = %v, %t", got, ok)
	}
	if got, ok := h.Median(model.StatePending); ok {
		t.Errorf("Median(pending) = %v, but pending did not lead to active", got)
	}
}

// A history is limited for each snapshot and in the number of deleted snapshots.
func TestHistoryIsLimited(t *testing.T) {
	var (
		h     model.History
		start = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
		at    = func(i int) time.Time { return start.Add(time.Duration(i) * time.Minute) }
	)
	before, after := snapshot(t, "busy"), snapshot(t, "busy", "state=inactive")
	const flips = 1000
	for i := range flips {
		h.Observe([]model.Change{{Kind: model.StateChanged, Before: before, After: after}}, at(i))
		before, after = after, before
	}
	seen := h.Transitions("busy")
	if len(seen) == 0 || len(seen) > 100 || !seen[len(seen)-1].At.Equal(at(flips-1)) {
		t.Errorf("%d of %d transitions are kept, the latest from %v", len(seen), flips, seen[len(seen)-1].At)
	}

	back := snapshot(t, "back")
	h.Observe([]model.Change{{Kind: model.Deleted, Before: back}}, at(flips))
	h.Observe([]model.Change{{Kind: model.Added, After: back}}, at(flips))
	for i := range flips {
		s := snapshot(t, fmt.Sprint(i))
		h.Observe([]model.Change{{Kind: model.Added, After: s}}, at(flips+i))
		h.Observe([]model.Change{{Kind: model.Deleted, Before: s}}, at(flips+i))
	}
	kept := 0
	for i := range flips {
		if h.Transitions(fmt.Sprint(i)) != nil {
			kept++
		}
	}
	if kept == 0 || kept > 100 || h.Transitions(fmt.Sprint(flips-1)) == nil {
		t.Errorf("%d of %d deleted snapshots are kept", kept, flips)
	}
	if h.Transitions("busy") == nil || h.Transitions("back") == nil {
		t.Error("the history of an existing snapshot was dropped")
	}
}

func TestMedianFollowsRecentBuilds(t *testing.T) {
	var h model.History
	start := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	build := func(i int, lasted time.Duration) {
		id := fmt.Sprint(i)
		building, active := snapshot(t, id, "state=building"), snapshot(t, id)
		h.Observe([]model.Change{{Kind: model.Added, After: building}}, start)
		h.Observe([]model.Change{{Kind: model.StateChanged, Before: building, After: active}}, start.Add(lasted))
	}
	for i, lasted := range []time.Duration{9, 1, 5} {
		build(i, lasted*time.Minute)
	}
	if got, _ := h.Median(model.StateBuilding); got != 5*time.Minute {
		t.Errorf("the median of 9, 1 and 5 is %v", got)
	}
	for i := range 100 {
		build(10+i, 20*time.Minute)
	}
	build(200, 21*time.Minute)
	if got, _ := h.Median(model.StateBuilding); got != 20*time.Minute {
		t.Errorf("the median after a hundred builds of 20m is %v", got)
	}
}
