package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

func TestPlan(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	q := b.rebuildRequest(builtName)
	plan := b.Plan(q)
	id := q.Snapshot.ID
	var calls, losses []string
	for _, call := range plan.Calls {
		calls = append(calls, call.Request())
	}
	for _, loss := range plan.Impact {
		losses = append(losses, fmt.Sprint(loss.Warning, " ", loss.Text))
	}
	if want := []string{"DELETE /snapshots/" + id, "GET /snapshots/" + id, "POST /snapshots"}; !slices.Equal(calls, want) {
		t.Errorf("calls %q, want %q", calls, want)
	}
	if len(plan.Refusals) > 0 || !slices.Contains(losses, "true region us is lost: the API creates in one region only") || !slices.Contains(losses, "false new id and creation time") {
		t.Errorf("refusals %q, losses %q", plan.Refusals, losses)
	}
	q.Mode = model.VerifyFirst
	if plan := b.Plan(q); len(plan.Calls) != 6 || len(plan.Refusals) > 0 {
		t.Errorf("verify first: %+v", plan)
	}
	edited := "FROM scratch\n"
	q.Dockerfile = &edited
	if plan := b.Plan(q); !strings.Contains(plan.Calls[0].Text, "edited") {
		t.Errorf("edited: %+v", plan.Calls)
	}
	q = b.rebuildRequest("daytona-small")
	if plan := b.Plan(q); len(plan.Refusals) == 0 {
		t.Error("a general snapshot can be rebuilt")
	}
	q = b.rebuildRequest(pulledName)
	q.Mode, q.Store = model.VerifyFirst, nil
	if plan := b.Plan(q); len(plan.Refusals) != 1 {
		t.Errorf("verify first of an image: %q", plan.Refusals)
	}
}

func TestRebuildReportsSteps(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{demo.Key, demo.JWT} {
		b := newRebuildTest(t, secret)
		q := b.rebuildRequest(builtName)
		var steps []string
		result, err := b.Run(t.Context(), b.Plan(q), func(e model.RebuildEvent) {
			switch {
			case e.Phase == model.PhaseStarted:
				steps = append(steps, e.Step.Label())
			case e.Phase == model.PhaseFailed, e.Err != nil:
				t.Errorf("%+v", e)
			case e.Phase == model.PhaseDone && e.Step == model.StepDelete && e.SnapshotID != q.Snapshot.ID:
				t.Errorf("the delete is about %s", e.SnapshotID)
			}
		})
		if err != nil || result.Outcome != model.OutcomeRebuilt || result.Entry != "" || result.New.ID == q.Snapshot.ID {
			t.Fatalf("%+v, %v", result, err)
		}
		if want := []string{"checking", "saving the recipe", "deleting", "waiting for the name", "creating", "waiting until active"}; !slices.Equal(steps, want) {
			t.Errorf("steps %q, want %q", steps, want)
		}
		if left := b.unfinished(""); left != nil {
			t.Errorf("left: %v", left)
		}
	}
}

// Without a journal a rebuild is refused before anything is sent.
func TestNoJournal(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	q := b.rebuildRequest(builtName)
	file := filepath.Join(b.journalDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r := newRebuilder(b.api, filepath.Join(file, "rebuilds"), Environment{Now: time.Now, Sleep: client.Sleep, Disk: durable.OS{}}, false)
	_, journalErr := r.journal.wait(t.Context())
	plan := r.Plan(q)
	if len(plan.Refusals) != 1 || !strings.Contains(plan.Refusals[0].Text, "cannot be saved") {
		t.Errorf("refusals %q", plan.Refusals)
	}
	plan.Refusals = nil
	if result, err := r.Run(t.Context(), plan, nil); result.Outcome != model.OutcomeUntouched || !errors.Is(err, journalErr) {
		t.Errorf("%+v, %v", result, err)
	}
	if result, err := r.Resume(t.Context(), "x", nil); !errors.Is(err, journalErr) {
		t.Errorf("%+v, %v", result, err)
	}
	if _, err := r.Unfinished(t.Context()); err == nil {
		t.Error("a journal that is not there can be read")
	}
	if left := r.unfinished(""); left != nil {
		t.Errorf("left: %v", left)
	}
}

// A journal that fails after the plan stops the rebuild before the delete.
func TestJournalFailsAfterPlan(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	q := b.rebuildRequest(builtName)
	plan := b.Plan(q)
	if err := os.RemoveAll(b.journalDir()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(b.journalDir(), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	result, err := b.Run(t.Context(), plan, func(e model.RebuildEvent) {
		if e.Call != "" {
			t.Errorf("sent %s", e.Call)
		}
	})
	if result.Outcome != model.OutcomeUntouched || err == nil {
		t.Errorf("%+v, %v", result, err)
	}
	if s, err := b.api.Get(t.Context(), q.Snapshot.ID); err != nil || s.State != model.StateActive {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestRefusedRebuilds(t *testing.T) {
	t.Parallel()
	nothing := func(model.RebuildEvent) { t.Error("a step") }
	b := newRebuildTest(t, demo.Key, func(r *rebuilder) { r.readOnly = true })
	plan := b.Plan(b.rebuildRequest(builtName))
	if result, err := b.Run(t.Context(), plan, nothing); result.Outcome != model.OutcomeUntouched || !errors.Is(err, errReadOnly) {
		t.Errorf("read-only: %+v, %v", result, err)
	}
	if result, err := b.Resume(t.Context(), "x", nothing); !errors.Is(err, errReadOnly) {
		t.Errorf("read-only: %+v, %v", result, err)
	}
	b.readOnly = false
	if result, err := b.Run(t.Context(), model.Plan{}, nothing); result.Outcome != model.OutcomeUntouched || !errors.As(err, new(*rebuild.RefusedError)) {
		t.Errorf("an empty plan: %+v, %v", result, err)
	}
	if result, err := b.Resume(t.Context(), "0123456789ab", nothing); !errors.Is(err, rebuild.ErrNoEntry) || result.Entry != "" || result.Accepted() {
		t.Errorf("an entry that is not there: %+v, %v", result, err)
	}
	b.running.stop(0)
	if result, err := b.Run(t.Context(), plan, nothing); result.Outcome != model.OutcomeUntouched || !errors.Is(err, errExit) {
		t.Errorf("after the end: %+v, %v", result, err)
	}
	if result, err := b.Resume(t.Context(), "x", nothing); !errors.Is(err, errExit) {
		t.Errorf("after the end: %+v, %v", result, err)
	}
}
