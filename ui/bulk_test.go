package ui

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"daytona/snapdeck/model"
)

// A rebuild whose delete was accepted is not over: the others wait for its end, so
// that a bulk action can be stopped before it has deleted everything.
func TestABatchOfRebuildsIsBounded(t *testing.T) {
	h := newHarness(t, withRebuilder(&scripted{}))
	h.press("*")
	targets := h.app.targets()
	if len(targets) < 3*bulkConcurrency {
		t.Fatalf("only %d targets", len(targets))
	}
	_ = h.app.runBulk(rebuildMutation(), targets) // nobody runs them, so none ends
	for range 5 {
		for id := range h.app.bulk.active {
			h.app.state.Pending[id].Sent = h.app.now
		}
		_ = h.app.advanceBulk()
		if n := len(h.app.bulk.active); n != bulkConcurrency {
			t.Fatalf("%d rebuilds run at once, want %d", n, bulkConcurrency)
		}
	}
	begun := slices.Collect(maps.Keys(h.app.bulk.active))
	h.press("esc")
	h.sees("stopped: waiting for what is under way")
	for _, id := range begun {
		h.send(rebuildEndedMsg{id: id, result: model.RebuildResult{Outcome: model.OutcomeRebuilt}})
	}
	refused := len(h.app.bulk.failures)
	h.sees(fmt.Sprintf("4 rebuilt · %d failed · 0 under way · %d not tried", refused, len(targets)-4-refused), "the rest is still marked")
}

// Rebuilds that were begun one by one, and take their time, hold no bulk action up.
func TestARebuildOfItsOwnDoesNotHoldABatchUp(t *testing.T) {
	h := newHarness(t, withRebuilder(&scripted{}))
	var targets []*model.Snapshot
	for _, s := range h.app.table.Rows() {
		if refuseDelete(h.app, s) == "" && len(targets) < 2*bulkConcurrency {
			targets = append(targets, s)
		}
	}
	for _, s := range targets[:bulkConcurrency] {
		h.app.runRebuild(s, model.Plan{Snapshot: s})
	}
	h.app.runBulk(deleteMutation(), targets[bulkConcurrency:])
	if n := len(h.app.bulk.active); n != bulkConcurrency {
		t.Fatalf("%d deletes are under way", n)
	}
}

// What was left half-way is finished a few at a time too, and can be stopped.
func TestUnfinishedRebuildsAreFinishedAFewAtATime(t *testing.T) {
	h := newHarness(t, withRebuilder(&scripted{}))
	var left []model.UnfinishedRebuild
	for i := range 7 {
		left = append(left, model.UnfinishedRebuild{ID: fmt.Sprint("entry", i), SnapshotID: fmt.Sprint("old", i), Name: fmt.Sprint("name", i), Started: start})
	}
	h.app.state.unfinished = left
	_ = h.app.finishAll(left) // nobody runs them
	h.sees("Finish 7 rebuilds", "0 rebuilt · 0 failed · 4 under way · 3 not tried", "esc stops after what is under way")
	if n := len(h.app.state.running()); n != bulkConcurrency {
		t.Fatalf("%d run at once", n)
	}
	if refuseFinish(h.app) == "" {
		t.Fatal("they can be begun a second time")
	}
	h.press("esc")
	for i := range bulkConcurrency {
		ended := rebuildEndedMsg{id: fmt.Sprint("old", i), result: model.RebuildResult{Outcome: model.OutcomeRebuilt}}
		if i == 0 {
			ended.result, ended.err = model.RebuildResult{Outcome: model.OutcomeUnfinished}, errors.New("quota")
		}
		h.send(ended)
	}
	h.sees("3 rebuilt · 1 failed · 0 under way · 3 not tried", "✗ name0", "quota", "F finishes what is saved")
	if len(h.app.state.unfinished) != 3 || len(left) != 7 || left[0].ID != "entry0" {
		t.Fatalf("left are %v of %v", h.app.state.unfinished, left)
	}
}

// What is gone when the server asks for silence cannot be sent again. It must stand in
// the report all the same.
func TestABatchLosesNothingThatIsGoneWhenItIsHeldBack(t *testing.T) {
	for name, v := range map[string]*mutation{"delete": deleteMutation(), "deactivate": deactivateMutation()} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t)
			var targets []*model.Snapshot
			for _, s := range h.app.table.Rows() {
				if len(targets) < 2 && v.refuse(h.app, s) == "" {
					targets = append(targets, s)
				}
			}
			h.app.runBulk(v, targets) // sent, and not answered yet
			limited := &model.Error{Code: model.RateLimited}
			h.app.applyStore(h.app.state.Data.Store.Without(targets[0].ID))
			for _, s := range targets {
				h.send(actedMsg{id: s.ID, mutation: v, err: limited})
			}
			b := &h.app.bulk
			if len(b.queue) != 1 || b.queue[0].id != targets[1].ID || len(b.active) != 0 {
				t.Errorf("%d in the queue, %d under way; what is still there was to wait", len(b.queue), len(b.active))
			}
			if ended := b.done + len(b.failures); ended != 1 {
				t.Errorf("%d of %d ended and %d wait: the report does not add up", ended, b.total, len(b.queue))
			}
		})
	}
}
