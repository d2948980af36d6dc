package model_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/model"
)

func TestHistoryRecordsWhatWasObserved(t *testing.T) {
	var (
		h     model.History
		store = model.NewStore()
		start = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
		at    = func(seconds int) time.Time { return start.Add(time.Duration(seconds) * time.Second) }
	)
	if _, ok := h.Since("a"); ok || h.Transitions("a") != nil {
		t.Error("an empty history knows something")
	}
	see := func(seconds int, set ...*model.Snapshot) {
		next, changes := store.Apply(set)
		store = next
		h.Observe(changes, at(seconds))
	}
	see(0, snapshot(t, "old"))
	see(10, snapshot(t, "old"), snapshot(t, "a", "state=pending"))
	see(20, snapshot(t, "old"), snapshot(t, "a", "state=building"))
	see(25, snapshot(t, "old"), snapshot(t, "a", "state=building", "size=1")) // not a transition
	see(80, snapshot(t, "old"), snapshot(t, "a"))
	see(90, snapshot(t, "old"), snapshot(t, "a", "state=removing"))
	see(95, snapshot(t, "old"))
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
		t.Errorf("Median(pending) = %v, of stays that did not end in active", got)
	}
}

// Days of polling must not fill the memory: of one snapshot the latest is kept, and
// of those that are gone only what may still be looked at.
func TestHistoryHasAnEnd(t *testing.T) {
	var (
		h     model.History
		start = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
		at    = func(i int) time.Time { return start.Add(time.Duration(i) * time.Minute) }
	)
	awake, asleep := snapshot(t, "restless"), snapshot(t, "restless", "state=inactive")
	const flips = 1000
	for i := range flips {
		h.Observe([]model.Change{{Kind: model.StateChanged, Before: awake, After: asleep}}, at(i))
		awake, asleep = asleep, awake
	}
	seen := h.Transitions("restless")
	if len(seen) == 0 || len(seen) > 100 || !seen[len(seen)-1].At.Equal(at(flips-1)) {
		t.Errorf("%d transitions are kept of %d, the latest of %v", len(seen), flips, seen[len(seen)-1].At)
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
		t.Errorf("%d of %d that are gone are kept", kept, flips)
	}
	if h.Transitions("restless") == nil || h.Transitions("back") == nil {
		t.Error("what is there was forgotten with what is gone")
	}
}

func TestMedianFollowsThePresent(t *testing.T) {
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
		t.Errorf("after a hundred builds of 20m the median is %v", got)
	}
}
