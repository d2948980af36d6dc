package ui

import (
	"testing"

	"daytona/snapdeck/ui/mutation"

	"daytona/snapdeck/model"
)

// Planning blocks Update, so each rebuild is planned once.
func TestBulkRebuildIsPlannedOnce(t *testing.T) {
	t.Parallel()
	const n = 7
	r := &scripted{}
	h := newHarness(t, withRebuilder(r), func(s *setup) { s.demo.Size = n + 20 })
	for _, s := range h.app.state.Data.Store.All()[:n] {
		h.app.table.Mark(s.ID)
	}
	r.plans = 0
	h.app.askRebuild()
	if r.plans != n {
		t.Errorf("%d plans were made for %d snapshots", r.plans, n)
	}
	h.press("down", "down")
	h.sees("Rebuild 7 snapshots", "! 7 lose regions")
}

// A refused snapshot is neither counted in the impact nor started.
func TestPreviewSkipsWhatIsRefused(t *testing.T) {
	t.Parallel()
	h := newHarness(t, withRebuilder(&scripted{}))
	targets := h.app.state.Data.Store.All()[:5]
	h.app.runRebuild(targets[2], model.Plan{Snapshot: targets[2]})
	found := mutation.PreviewRebuilds(targets, h.app.state.Data.Store, h.app.planInPlace)
	if len(found.Able) != 4 || found.Reasons["an action on this snapshot is still running"] != 1 {
		t.Fatalf("%d can be rebuilt, refused: %v", len(found.Able), found.Reasons)
	}
	if got := found.Lines[0].String(); got != "! 4 "+model.ImpactRegions.BulkText(4) {
		t.Errorf("the first line is %q", got)
	}
	for _, s := range found.Able {
		if s == targets[2] {
			t.Error("it is among those to rebuild")
		}
	}
}
