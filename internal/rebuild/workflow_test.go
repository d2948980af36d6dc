package rebuild_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

func modes() []model.RebuildMode { return []model.RebuildMode{model.InPlace, model.VerifyFirst} }

func TestRebuild(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, agents())
			result, err := w.run(mode)
			if err != nil || result.Outcome != model.OutcomeRebuilt || result.Entry != "" || !result.Accepted() {
				t.Errorf("result %+v, %v", result, err)
			}
			if got := w.wantWhole(); got != "new" {
				t.Errorf("it is the %s one", got)
			}
			if result.New == nil || result.New.State != model.StateActive || result.New.ID == w.old.ID {
				t.Errorf("new snapshot %+v", result.New)
			}
			var steps []model.Step
			for _, e := range w.events {
				if e.Phase == model.PhaseStarted {
					steps = append(steps, e.Step)
				}
				if e.Phase == model.PhaseFailed {
					t.Errorf("failed: %+v", e)
				}
			}
			want := []model.Step{model.StepCheck, model.StepSave, model.StepServerCheck, model.StepDelete, model.StepWait, model.StepCreate, model.StepFollow}
			if mode == model.VerifyFirst {
				want = []model.Step{model.StepCheck, model.StepSave, model.StepCandidate, model.StepDelete, model.StepWait, model.StepCreate, model.StepFollow, model.StepCleanup}
			}
			if diff := cmp.Diff(want, steps); diff != "" {
				t.Errorf("steps (-want +got):\n%s", diff)
			}
		})
	}
}

// TestPlannedCallsAreSent compares the calls of the plan with those that were sent.
func TestPlannedCallsAreSent(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		w := newWorld(t, agents())
		p := w.plan(mode)
		if _, err := w.workflow().Run(t.Context(), p, w.record); err != nil {
			t.Fatal(err)
		}
		var planned, sent []string
		for _, call := range p.Calls {
			if call.Method != http.MethodGet {
				planned = append(planned, call.Method+" "+call.Path)
			}
		}
		for _, e := range w.events {
			if e.Call == "" {
				continue
			}
			if e.Detail != "accepted" && e.Step != model.StepServerCheck {
				t.Errorf("%s: %s", e.Call, e.Detail)
			}
			if id := strings.TrimPrefix(e.Call, "DELETE /snapshots/"); id != e.Call && id != w.old.ID {
				e.Call = strings.Replace(e.Call, id, "{id}", 1)
			}
			sent = append(sent, e.Call)
		}
		if diff := cmp.Diff(planned, sent); diff != "" {
			t.Errorf("%s (-planned +sent):\n%s", mode, diff)
		}
	}
}

// TestEventSaved checks when an event says that the rebuild can be resumed: from the
// first entry to the accepted create, with a candidate until that is removed.
func TestEventSaved(t *testing.T) {
	t.Parallel()
	for mode, want := range map[model.RebuildMode]string{model.InPlace: "-ssss--", model.VerifyFirst: "-ssssss-"} {
		w := newWorld(t, agents())
		if _, err := w.run(mode); err != nil {
			t.Fatal(err)
		}
		got := "" // a letter for each step at its end: s is saved
		for _, e := range w.events {
			if e.Saved && e.Step == model.StepSave && e.Phase == model.PhaseStarted {
				t.Error("said to be saved before it is")
			}
			if e.Phase == model.PhaseDone {
				got += map[bool]string{true: "s", false: "-"}[e.Saved]
			}
		}
		if got != want {
			t.Errorf("%s: %s, want %s", mode, got, want)
		}
	}
}

// TestCallDuration checks that Took is the duration of one request, not of its step.
func TestCallDuration(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	tries := 0
	w.at = func(m moment) error {
		if (m.call != "POST" && m.call != "DELETE") || m.when == after {
			return nil
		}
		_ = w.clock.Sleep(t.Context(), 3*time.Second)
		if tries++; tries%2 == 1 {
			return fault(model.ServerError, 503, "away")
		}
		return nil
	}
	if _, err := w.run(model.InPlace); err != nil {
		t.Fatal(err)
	}
	var durations []time.Duration
	for _, e := range w.events {
		if e.Call != "" {
			durations = append(durations, e.Duration)
		} else if e.Duration != 0 {
			t.Errorf("no request, but it took %v: %+v", e.Duration, e)
		}
	}
	three := 3 * time.Second
	if diff := cmp.Diff([]time.Duration{three, three, three, three}, durations); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestImageAndResources(t *testing.T) {
	t.Parallel()
	w := newWorld(t, debian())
	result, err := w.run(model.InPlace)
	if err != nil {
		t.Fatal(err)
	}
	if w.wantWhole() != "new" || strings.Join(result.New.Entrypoint.Value, " ") != "/bin/bash -l" {
		t.Errorf("entrypoint %q", result.New.Entrypoint.Value)
	}
}

func TestVerifyFirstAgainReplacesTheComment(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	for range 3 {
		result, err := w.run(model.VerifyFirst)
		if err != nil {
			t.Fatal(err)
		}
		content, _ := result.New.Dockerfile()
		if n := strings.Count(content, "# snapdeck rebuild"); n != 1 || !strings.HasPrefix(content, dockerfile) {
			t.Errorf("the Dockerfile has %d comments:\n%s", n, content)
		}
		w.old = result.New
		_ = w.clock.Sleep(t.Context(), time.Second)
		w.server.creates = map[string]int{}
	}
}

func TestCandidateFails(t *testing.T) {
	t.Parallel()
	r := agents()
	r.dockerfile += "RUN false\n"
	w := newWorld(t, r)
	result, err := w.run(model.VerifyFirst)
	failed, ok := errors.AsType[*rebuild.BuildError](err)
	if !ok || result.Outcome != model.OutcomeUntouched || result.Accepted() || strings.ContainsAny(failed.Error(), "\n") {
		t.Errorf("result %+v, %v", result, err)
	}
	if got := w.wantWhole(); got != "old" {
		t.Errorf("it is the %s one", got)
	}
}

func TestBuildFailsAfterwards(t *testing.T) {
	t.Parallel()
	r := agents()
	r.dockerfile += "RUN false\n"
	w := newWorld(t, r)
	result, err := w.run(model.InPlace)
	if _, ok := errors.AsType[*rebuild.BuildError](err); !ok || result.Outcome != model.OutcomeBuildFailed || !result.Accepted() {
		t.Errorf("result %+v, %v", result, err)
	}
	w.wantNoEntry()
}

func TestAcceptOnly(t *testing.T) {
	t.Parallel()
	// The new snapshot from a candidate's Dockerfile is active at once.
	want := map[model.RebuildMode]model.Outcome{model.InPlace: model.OutcomeAccepted, model.VerifyFirst: model.OutcomeRebuilt}
	for _, mode := range modes() {
		w := newWorld(t, agents())
		work := w.workflow(func(o *rebuild.Options) { o.AcceptOnly = true })
		result, err := work.Run(t.Context(), w.plan(mode), nil)
		if err != nil || result.Outcome != want[mode] || result.New == nil {
			t.Errorf("%s: result %+v, %v", mode, result, err)
		}
		w.wantWhole()
	}
}

// TestOldSnapshotStartsToBuild starts a build of the old snapshot while the candidate
// builds: it must not be deleted.
func TestOldSnapshotStartsToBuild(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	w.at = func(m moment) error {
		if m.call == "POST" && m.what == "candidate" && m.when == after {
			w.server.set(w.old.ID, func(r *row) { r.state = model.StateBuilding })
		}
		return nil
	}
	result, err := w.run(model.VerifyFirst)
	if _, ok := errors.AsType[*rebuild.RefusedError](err); !ok || result.Outcome != model.OutcomeUntouched {
		t.Errorf("result %+v, %v", result, err)
	}
	w.at = nil
	w.server.set(w.old.ID, func(r *row) { r.state = model.StateActive })
	if got := w.wantWhole(); got != "old" {
		t.Errorf("it is the %s one", got)
	}
}

func TestCheckRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*world)
		reason model.RefusalReason
	}{
		"deleted":    {func(w *world) { delete(w.server.rows, w.old.ID) }, model.ReasonDeleted},
		"removing":   {func(w *world) { w.server.set(w.old.ID, func(r *row) { r.state = model.StateRemoving }) }, model.ReasonState},
		"building":   {func(w *world) { w.server.set(w.old.ID, func(r *row) { r.state = model.StateBuilding }) }, model.ReasonState},
		"edited":     {func(w *world) { w.server.set(w.old.ID, func(r *row) { r.dockerfile += "#" }) }, model.ReasonChanged},
		"general":    {func(w *world) { w.server.set(w.old.ID, func(r *row) { r.general = true }) }, model.ReasonGeneral},
		"elsewhere":  {func(w *world) { w.server.set(w.old.ID, func(r *row) { r.org = "other" }) }, model.ReasonOrganization},
		"no regions": {func(w *world) { w.server.regions = []model.Region{} }, model.ReasonRegion},
		"no permission": {func(w *world) {
			w.server.access.Permissions = []string{model.PermissionDelete}
		}, model.ReasonPermission},
	}
	for name, test := range tests {
		for _, mode := range modes() {
			w := newWorld(t, agents())
			p := w.plan(mode)
			test.change(w)
			had := len(w.server.rows)
			old := w.old
			w.old = nil // it is deleted elsewhere
			result, err := w.workflow().Run(t.Context(), p, w.record)
			refused, ok := errors.AsType[*rebuild.RefusedError](err)
			if !ok || result.Outcome != model.OutcomeUntouched || !slices.ContainsFunc(refused.Refusals, func(r model.Refusal) bool { return r.Reason == test.reason }) {
				t.Errorf("%s, %s: %+v, %v; want %s", name, mode, result, err, test.reason)
			}
			unchanged := test.reason != model.ReasonDeleted && name != "removing"
			if result.OldUnchanged() != unchanged || result.OldDeleted != (test.reason == model.ReasonDeleted) {
				t.Errorf("%s, %s: %+v", name, mode, result)
			}
			if len(w.server.rows) != had || w.server.creates[old.Name] != 0 {
				t.Errorf("%s, %s: something was done", name, mode)
			}
			w.wantNoEntry()
		}
	}
}

// TestOrgInfoNotKnown refuses the optional requests: the rebuild continues.
func TestOrgInfoNotKnown(t *testing.T) {
	t.Parallel()
	for _, code := range []model.ErrorCode{model.Unauthorized, model.Forbidden, model.NotFound, model.NotTheAPI} {
		w := newWorld(t, agents())
		w.at = func(m moment) error {
			if m.what == "regions" || m.what == "access" {
				return fault(code, 400, "no")
			}
			return nil
		}
		if _, err := w.run(model.InPlace); err != nil {
			t.Errorf("%s: %v", code, err)
		}
		w.wantWhole()
	}
}
