package ui

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/bulk"
	"daytona/snapdeck/ui/mutation"
)

// A rebuild runs on after its delete was accepted: the others wait for its end, so
// that a bulk action can be stopped before it has deleted everything.
func TestBulkRebuildIsBounded(t *testing.T) {
	t.Parallel()
	h := newHarness(t, withRebuilder(&scripted{}))
	h.press("*")
	targets := h.app.targets()
	if len(targets) < 3*bulk.Concurrency {
		t.Fatalf("only %d targets", len(targets))
	}
	_ = h.app.runBulk(mutation.Rebuild(), targets) // the commands do not run, so none ends
	for range 5 {
		for _, op := range h.app.state.running.All() {
			op.Sent = h.app.now
		}
		_ = h.app.advanceBulk()
		if n := h.app.bulk.Counts().Running; n != bulk.Concurrency {
			t.Fatalf("%d rebuilds run at once, want %d", n, bulk.Concurrency)
		}
	}
	running := h.app.state.running.All()
	h.press("esc")
	h.sees("stopping: waiting for what is running")
	for _, op := range running {
		h.send(rebuildEndedMsg{id: op.ID, result: model.RebuildResult{Outcome: model.OutcomeRebuilt}})
	}
	refused, failures := h.app.bulk.Counts().Failed, ""
	if refused > 0 {
		failures = fmt.Sprintf(" · %d failed", refused)
	}
	h.sees(fmt.Sprintf("4 rebuilt%s · %d not tried", failures, len(targets)-4-refused), "the rest stays marked")
}

// Rebuilds that were started one by one do not delay a bulk action.
func TestSingleRebuildDoesNotDelayABulkAction(t *testing.T) {
	t.Parallel()
	h := newHarness(t, withRebuilder(&scripted{}))
	var targets []*model.Snapshot
	for _, s := range h.app.table.Rows() {
		if mutation.Delete().Refuse(&h.app.state.ViewState, s) == "" && len(targets) < 2*bulk.Concurrency {
			targets = append(targets, s)
		}
	}
	for _, s := range targets[:bulk.Concurrency] {
		h.app.runRebuild(s, model.Plan{Snapshot: s})
	}
	h.app.runBulk(mutation.Delete(), targets[bulk.Concurrency:])
	if n := h.app.bulk.Counts().Running; n != bulk.Concurrency {
		t.Fatalf("%d deletes are running", n)
	}
}

// Unfinished rebuilds are resumed a few at a time too, and can be stopped.
func TestUnfinishedRebuildsAreResumedAFewAtATime(t *testing.T) {
	t.Parallel()
	h := newHarness(t, withRebuilder(&scripted{}))
	var left []model.UnfinishedRebuild
	for i := range 7 {
		left = append(left, model.UnfinishedRebuild{ID: fmt.Sprint("entry", i), SnapshotID: fmt.Sprint("old", i), Name: fmt.Sprint("name", i), Started: start})
	}
	h.app.state.unfinished = left
	_ = h.app.resumeAll(left) // the commands do not run
	h.sees("Resume 7 rebuilds", "0 rebuilt · 0 failed · 0 unknown · 4 running · 3 not tried", "esc stop after what is running")
	if n := len(h.app.state.running.All()); n != bulk.Concurrency {
		t.Fatalf("%d run at once", n)
	}
	if refuseResume(h.app) == "" {
		t.Fatal("they can be started twice")
	}
	h.press("esc")
	for i := range bulk.Concurrency {
		ended := rebuildEndedMsg{id: fmt.Sprint("old", i), result: model.RebuildResult{Outcome: model.OutcomeRebuilt}}
		if i == 0 {
			ended.result, ended.err = model.RebuildResult{Outcome: model.OutcomeUnfinished}, errors.New("quota")
		}
		h.send(ended)
	}
	h.sees("3 rebuilt · 1 failed · 3 not tried", "✗ name0", "quota", "F resume unfinished actions")
	if len(h.app.state.unfinished) != 3 || len(left) != 7 || left[0].ID != "entry0" {
		t.Fatalf("left are %v of %v", h.app.state.unfinished, left)
	}
}

// A snapshot that was deleted elsewhere during a rate limit cannot be sent again, but
// the report counts it.
func TestRateLimitedBulkCountsWhatWasDeletedElsewhere(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]*mutation.Mutation{"delete": mutation.Delete(), "deactivate": mutation.Deactivate()} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t)
			var targets []*model.Snapshot
			for _, s := range h.app.table.Rows() {
				if len(targets) < 2 && h.app.refuseOne(v, s) == "" {
					targets = append(targets, s)
				}
			}
			h.app.runBulk(v, targets) // sent, and not answered yet
			limited := &model.Error{Code: model.RateLimited}
			h.app.applyStore(h.app.state.Data.Store.Without(targets[0].ID))
			for _, s := range targets {
				h.send(mutationAnsweredMsg{op: h.app.state.running.Get(s.ID), err: limited})
			}
			b := &h.app.bulk
			if c := b.Counts(); c.Done+c.Failed != 1 || c.Running != 0 || c.NotTried != 1 {
				t.Errorf("%+v of 2: the report does not add up, or what still exists does not wait", c)
			}
			if next, ok := b.Next(h.app.now.Add(time.Hour), 0); !ok || next.ID != targets[1].ID {
				t.Errorf("the next item is %q", next.Name)
			}
		})
	}
}
