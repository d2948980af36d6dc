package ui

import (
	"fmt"
	"testing"

	"daytona/snapdeck/ui/format"

	"daytona/snapdeck/model"
)

// Planning takes time while nothing else is drawn, so each rebuild is planned once, and
// not more than a bound allows.
func TestTheRebuildOfManyIsPlannedOnce(t *testing.T) {
	t.Parallel()
	for _, n := range []int{7, plansAtOnce + 300} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			r := &scripted{}
			h := newHarness(t, withRebuilder(r), func(s *setup) { s.demo.Size = n + 20 })
			for _, s := range h.app.state.Data.Store.All()[:n] {
				h.app.table.Mark(s.ID)
			}
			r.plans = 0
			h.app.askRebuild()
			looked := min(n, plansAtOnce)
			if r.plans != looked {
				t.Errorf("%d plans were made for %d snapshots, want %d", r.plans, n, looked)
			}
			h.press("down", "down")
			h.sees("Rebuild "+format.Plural(n, "snapshot"), "! "+format.Thousands(looked)+" lose regions")
			if n > looked {
				h.sees(format.Thousands(n-looked) + " more are looked at when their turn comes")
			}
		})
	}
}

// What is refused is neither counted among those that lose something nor begun.
func TestTheSurveyLeavesOutWhatIsRefused(t *testing.T) {
	t.Parallel()
	h := newHarness(t, withRebuilder(&scripted{}))
	targets := h.app.state.Data.Store.All()[:5]
	h.app.runRebuild(targets[2], model.Plan{Snapshot: targets[2]})
	found := h.app.previewBulk(rebuildMutation(), targets)
	if len(found.able) != 4 || found.reasons["an action on this snapshot is still running"] != 1 {
		t.Fatalf("%d can be rebuilt, left out: %v", len(found.able), found.reasons)
	}
	if got := found.lines[0].String(); got != "! 4 "+model.ImpactRegions.BulkText() {
		t.Errorf("the first line is %q", got)
	}
	for _, s := range found.able {
		if s == targets[2] {
			t.Error("it is among those to rebuild")
		}
	}
}
