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

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui"
)

func TestPlanIsTheWorkflows(t *testing.T) {
	t.Parallel()
	b := newBench(t, demo.Key)
	q := b.request(built)
	plan := b.Plan(q)
	id := q.Snapshot.ID
	var calls, losses []string
	for _, call := range plan.Calls {
		calls = append(calls, call.Request)
	}
	for _, loss := range plan.Impact {
		losses = append(losses, fmt.Sprint(loss.Warning, " ", loss.Text))
	}
	if want := []string{"DELETE /snapshots/" + id, "GET /snapshots/" + id, "POST /snapshots"}; !slices.Equal(calls, want) {
		t.Errorf("calls %q, want %q", calls, want)
	}
	if len(plan.Refusals) > 0 || !slices.Contains(losses, "true region eu is lost: the API creates in one region") || !slices.Contains(losses, "false it gets a new id and a new time of creation") {
		t.Errorf("refusals %q, losses %q", plan.Refusals, losses)
	}
	q.VerifyFirst = true
	if plan := b.Plan(q); len(plan.Calls) != 6 || len(plan.Refusals) > 0 {
		t.Errorf("verify first: %+v", plan)
	}
	edited := "FROM scratch\n"
	q.Dockerfile = &edited
	if plan := b.Plan(q); !strings.Contains(plan.Calls[0].Text, "edited") {
		t.Errorf("edited: %+v", plan.Calls)
	}
	q = b.request("daytona-small")
	if plan := b.Plan(q); len(plan.Refusals) == 0 {
		t.Error("a general snapshot can be rebuilt")
	}
	q = b.request(pulled)
	q.VerifyFirst, q.Store = true, nil
	if plan := b.Plan(q); len(plan.Refusals) != 1 {
		t.Errorf("verify first of an image: %q", plan.Refusals)
	}
}

func TestRebuildTellsItsSteps(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{demo.Key, demo.JWT} {
		b := newBench(t, secret)
		q := b.request(built)
		var steps []ui.RebuildStep
		result := b.Run(t.Context(), b.Plan(q), func(step ui.RebuildStep) {
			if last := len(steps) - 1; last >= 0 && steps[last].Name == step.Name {
				steps[last] = step
				return
			}
			steps = append(steps, step)
		})
		if !result.Rebuilt || result.Kept || result.Untouched || result.Err != nil || result.NewID == "" || result.NewID == q.Snapshot.ID {
			t.Fatalf("%+v", result)
		}
		var names []string
		for _, step := range steps {
			names = append(names, step.Name)
			if !step.Done || step.Failed {
				t.Errorf("%+v", step)
			}
		}
		if want := []string{"checking", "saving the recipe", "deleting", "waiting for the name", "creating", "waiting until active"}; !slices.Equal(names, want) {
			t.Errorf("steps %q, want %q", names, want)
		}
		if remove, create := steps[2], steps[4]; remove.Detail != "accepted" || remove.SnapshotID != q.Snapshot.ID || create.SnapshotID != result.NewID {
			t.Errorf("delete %+v, create %+v", remove, create)
		}
		if left := b.left(""); left != nil {
			t.Errorf("left: %v", left)
		}
	}
}

// Each answer is told once, and a step keeps what was last heard of it.
func TestStepper(t *testing.T) {
	t.Parallel()
	var got []ui.RebuildStep
	hear := stepper(func(step ui.RebuildStep) { got = append(got, step) })
	for _, e := range []rebuild.Event{
		{Step: "save recipe", Phase: rebuild.Begun},
		{Step: "save recipe", Phase: rebuild.Done, Detail: "the old Dockerfile is kept"},
		{Step: "delete", Phase: rebuild.Begun, SnapshotID: "1"},
		{Step: "delete", Phase: rebuild.Going, Call: "DELETE /snapshots/1", Took: time.Second, Detail: "403", Err: errors.New("403")},
		{Step: "delete", Phase: rebuild.Going, Call: "DELETE /snapshots/1", Detail: "accepted"},
		{Step: "delete", Phase: rebuild.Done},
		{Step: "wait", Phase: rebuild.Begun, SnapshotID: "1"},
		{Step: "wait", Phase: rebuild.Going, Detail: "removing", Elapsed: time.Second},
		{Step: "wait", Phase: rebuild.Going, Elapsed: 2 * time.Second},
		{Step: "wait", Phase: rebuild.Failed, Detail: "it is back"},
		{Step: "wait", Phase: rebuild.Begun, SnapshotID: "1"},
		{Step: "wait", Phase: rebuild.Done},
		{Step: "create", Phase: rebuild.Begun},
		{Step: "create", Phase: rebuild.Done},
	} {
		hear(e)
	}
	want := []ui.RebuildStep{
		{Name: "saving the recipe"},
		{Name: "saving the recipe", Done: true, Detail: "the old Dockerfile is kept", Saved: true},
		{Name: "deleting", SnapshotID: "1"},
		{Name: "deleting", SnapshotID: "1", Request: "DELETE /snapshots/1", Took: time.Second, Detail: "403", Refused: true},
		{Name: "deleting", SnapshotID: "1", Request: "DELETE /snapshots/1", Detail: "accepted"},
		{Name: "deleting", SnapshotID: "1", Done: true, Detail: "accepted"},
		{Name: "waiting for the name", SnapshotID: "1"},
		{Name: "waiting for the name", SnapshotID: "1", Detail: "removing", Elapsed: time.Second},
		{Name: "waiting for the name", SnapshotID: "1", Detail: "removing", Elapsed: 2 * time.Second},
		{Name: "waiting for the name", SnapshotID: "1", Failed: true, Detail: "it is back"},
		{Name: "waiting for the name", SnapshotID: "1"},
		{Name: "waiting for the name", SnapshotID: "1", Done: true, Gone: true},
		{Name: "creating"},
		{Name: "creating", Done: true},
	}
	for i := range want[1 : len(want)-1] { // the entry goes when the create is accepted
		want[i+1].Saved = true
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// The recipe of a verified rebuild is kept until its candidate is gone.
func TestWhileTheRecipeIsSaved(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		mode rebuild.Mode
		want string // a letter for each step at its end: s is saved
	}{{rebuild.InPlace, "-sss--"}, {rebuild.VerifyFirst, "-sssssss"}} {
		got, last := "", ui.RebuildStep{}
		hear := stepper(func(step ui.RebuildStep) { last = step })
		for _, step := range tc.mode.Steps() {
			hear(rebuild.Event{Step: step, Phase: rebuild.Begun})
			if step == rebuild.StepSave && last.Saved {
				t.Error("said to be saved before it is")
			}
			hear(rebuild.Event{Step: step, Phase: rebuild.Done})
			got += map[bool]string{true: "s", false: "-"}[last.Saved]
		}
		if got != tc.want {
			t.Errorf("%s: %s, want %s", tc.mode, got, tc.want)
		}
	}
}

func TestResults(t *testing.T) {
	t.Parallel()
	made := &model.Snapshot{ID: "2"}
	wrong := errors.New("one\nline")
	for _, tc := range []struct {
		result rebuild.Result
		err    error
		want   ui.RebuildResult
	}{
		{rebuild.Result{Outcome: rebuild.Rebuilt, New: made}, nil, ui.RebuildResult{Rebuilt: true, NewID: "2"}},
		{rebuild.Result{Outcome: rebuild.Rebuilt, New: made, Replaced: "old"}, nil, ui.RebuildResult{Rebuilt: true, NewID: "2", Replaced: "old"}},
		{rebuild.Result{Outcome: rebuild.Untouched}, wrong, ui.RebuildResult{Untouched: true}},
		{rebuild.Result{Outcome: rebuild.Untouched, Entry: "e"}, wrong, ui.RebuildResult{Untouched: true, Kept: true}},
		{rebuild.Result{Outcome: rebuild.Unfinished, Entry: "e"}, wrong, ui.RebuildResult{Kept: true}},
		{rebuild.Result{Outcome: rebuild.BuildFailed, New: made}, wrong, ui.RebuildResult{NewID: "2"}},
		{rebuild.Result{Outcome: rebuild.Accepted, New: made}, wrong, ui.RebuildResult{NewID: "2"}},
	} {
		got := resultOf(tc.result, tc.err)
		if (got.Err == nil) != (tc.err == nil) || got.Err != nil && got.Err.Error() != "one line" {
			t.Errorf("%v: the error is %v", tc.result.Outcome, got.Err)
		}
		got.Err = nil
		if got != tc.want {
			t.Errorf("%v: %+v, want %+v", tc.result.Outcome, got, tc.want)
		}
	}
}

// What cannot be saved is refused before anything is sent.
func TestNoJournal(t *testing.T) {
	t.Parallel()
	b := newBench(t, demo.Key)
	q := b.request(built)
	file := filepath.Join(b.folder(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r := newRebuilder(b.api, filepath.Join(file, "rebuilds"), Streams{Now: time.Now, Sleep: sleep}, false)
	plan := r.Plan(q)
	if len(plan.Refusals) != 1 || !strings.Contains(plan.Refusals[0], "cannot be saved") {
		t.Errorf("refusals %q", plan.Refusals)
	}
	if result := r.Run(t.Context(), plan, nil); !result.Untouched || result.Err == nil {
		t.Errorf("%+v", result)
	}
	if result := r.Finish(t.Context(), "x", nil); result.Err == nil {
		t.Errorf("%+v", result)
	}
	if _, err := r.Unfinished(t.Context()); err == nil {
		t.Error("a journal that is not there can be read")
	}
	if left := r.left(""); left != nil {
		t.Errorf("left: %v", left)
	}
}

// A journal that breaks after the plan was made stops the rebuild before the delete.
func TestJournalBreaks(t *testing.T) {
	t.Parallel()
	b := newBench(t, demo.Key)
	q := b.request(built)
	plan := b.Plan(q)
	if err := os.RemoveAll(b.folder()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(b.folder(), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	result := b.Run(t.Context(), plan, func(step ui.RebuildStep) {
		if step.Request != "" {
			t.Errorf("sent %s", step.Request)
		}
	})
	if !result.Untouched || result.Err == nil {
		t.Errorf("%+v", result)
	}
	if s, err := b.api.Get(t.Context(), q.Snapshot.ID); err != nil || s.State != model.StateActive {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestRefusedRebuilds(t *testing.T) {
	t.Parallel()
	nothing := func(ui.RebuildStep) { t.Error("a step") }
	b := newBench(t, demo.Key, func(r *rebuilder) { r.readOnly = true })
	plan := b.Plan(b.request(built))
	if result := b.Run(t.Context(), plan, nothing); !result.Untouched || !errors.Is(result.Err, errReadOnly) {
		t.Errorf("read-only: %+v", result)
	}
	if result := b.Finish(t.Context(), "x", nothing); !errors.Is(result.Err, errReadOnly) {
		t.Errorf("read-only: %+v", result)
	}
	b.readOnly = false
	if result := b.Run(t.Context(), ui.RebuildPlan{}, nothing); !result.Untouched || !errors.Is(result.Err, errNotOurs) {
		t.Errorf("a plan of nobody: %+v", result)
	}
	if result := b.Finish(t.Context(), "0123456789ab", nothing); result.Err == nil || result.Rebuilt {
		t.Errorf("an entry that is not there: %+v", result)
	}
	b.underway.settle(0)
	if result := b.Run(t.Context(), plan, nothing); !result.Untouched || !errors.Is(result.Err, errEnding) {
		t.Errorf("after the end: %+v", result)
	}
	if result := b.Finish(t.Context(), "x", nothing); !errors.Is(result.Err, errEnding) {
		t.Errorf("after the end: %+v", result)
	}
}
