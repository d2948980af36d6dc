package ui

import (
	"slices"
	"testing"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/mutation"
)

// Several actions that end with one poll are reported in the order in which they
// started, and not in that of a map.
func TestActionsThatEndTogetherAreReportedInOrder(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	v := mutation.Delete()
	var targets []*model.Snapshot
	for _, s := range h.app.table.Rows() {
		if len(targets) < 8 && h.app.refuseOne(v, s) == "" {
			targets = append(targets, s)
		}
	}
	slices.Reverse(targets) // another order than that of the rows
	store := h.app.state.Data.Store
	for _, s := range targets {
		h.app.start(v, s)
		h.app.now = h.app.now.Add(1)
		op := h.app.state.running.Get(s.ID)
		op.Follow.Accepted(h.app.now)
		op.ShowFollow()
		store, _ = store.Without(s.ID)
	}
	before := h.app.activity.Added()
	h.app.state.Data = h.app.state.Data.With(store)
	h.app.settle(h.app.now.Add(1))

	var reported, want []string
	for _, e := range slices.Backward(h.app.activity.Newest()) {
		if e.Number > before {
			reported = append(reported, e.SnapshotID)
		}
	}
	for _, s := range targets {
		want = append(want, s.ID)
	}
	if !slices.Equal(reported, want) {
		t.Errorf("reported\n%q, want\n%q", reported, want)
	}
	h.sees("deleted " + targets[len(targets)-1].Name)
}
