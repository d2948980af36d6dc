package rebuild_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/client/rebuild"
	"daytona/snapdeck/model"
)

func modes() []rebuild.Mode { return []rebuild.Mode{rebuild.InPlace, rebuild.VerifyFirst} }

func TestRebuild(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, agents())
			result, err := w.run(mode)
			if err != nil || result.Outcome != rebuild.Rebuilt || result.Entry != "" || !result.Accepted() {
				t.Errorf("result %+v, %v", result, err)
			}
			if got := w.wantWhole(); got != "new" {
				t.Errorf("it is the %s one", got)
			}
			if result.New == nil || result.New.State != model.StateActive || result.New.ID == w.old.ID {
				t.Errorf("new snapshot %+v", result.New)
			}
			var steps []rebuild.Step
			for _, e := range w.events {
				if e.Phase == rebuild.Begun {
					steps = append(steps, e.Step)
				}
				if e.Phase == rebuild.Failed {
					t.Errorf("failed: %+v", e)
				}
			}
			if diff := cmp.Diff(mode.Steps(), steps); diff != "" {
				t.Errorf("steps (-want +got):\n%s", diff)
			}
		})
	}
}

// TestCallsAreThoseOfThePlan compares what was confirmed with what was sent.
func TestCallsAreThoseOfThePlan(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		w := newWorld(t, agents())
		p := w.plan(mode)
		if _, err := w.workflow().Run(t.Context(), p, w.hear); err != nil {
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
			if e.Detail != "accepted" {
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

// A request takes what its answer takes, however long its step has tried before.
func TestCallsTakeTheirOwnTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	tries := 0
	w.at = func(m moment) error {
		if (m.call != "POST" && m.call != "DELETE") || m.when == after {
			return nil
		}
		_ = w.clock.Sleep(t.Context(), 3*time.Second)
		if tries++; tries%2 == 1 {
			return fault(model.ServerFault, 503, "away")
		}
		return nil
	}
	if _, err := w.run(rebuild.InPlace); err != nil {
		t.Fatal(err)
	}
	var took []time.Duration
	for _, e := range w.events {
		if e.Call != "" {
			took = append(took, e.Took)
		} else if e.Took != 0 {
			t.Errorf("no request, but it took %v: %+v", e.Took, e)
		}
	}
	three := 3 * time.Second
	if diff := cmp.Diff([]time.Duration{three, three, three, three}, took); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestImageAndResources(t *testing.T) {
	t.Parallel()
	w := newWorld(t, debian())
	result, err := w.run(rebuild.InPlace)
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
		result, err := w.run(rebuild.VerifyFirst)
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
	result, err := w.run(rebuild.VerifyFirst)
	failed, ok := errors.AsType[*rebuild.BuildError](err)
	if !ok || result.Outcome != rebuild.Untouched || result.Accepted() || strings.ContainsAny(failed.Error(), "\n") {
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
	result, err := w.run(rebuild.InPlace)
	if _, ok := errors.AsType[*rebuild.BuildError](err); !ok || result.Outcome != rebuild.BuildFailed || !result.Accepted() {
		t.Errorf("result %+v, %v", result, err)
	}
	w.wantNothingLeft()
}

func TestAcceptOnly(t *testing.T) {
	t.Parallel()
	// The one from a candidate's Dockerfile is active at once.
	want := map[rebuild.Mode]rebuild.Outcome{rebuild.InPlace: rebuild.Accepted, rebuild.VerifyFirst: rebuild.Rebuilt}
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

// TestDeleteThatCameBack plays a job that writes over the state, and a deactivate.
func TestDeleteThatCameBack(t *testing.T) {
	t.Parallel()
	for _, state := range []model.State{model.StateActive, model.StateInactive} {
		w := newWorld(t, agents())
		w.server.rejoin = state
		result, err := w.run(rebuild.InPlace)
		back, ok := errors.AsType[*rebuild.CameBackError](err)
		if !ok || back.State != state || result.Outcome != rebuild.Untouched || result.Entry != "" {
			t.Errorf("result %+v, %v", result, err)
		}
		w.old = w.server.rows[w.old.ID].snapshot()
		if got := w.wantWhole(); got != "old" {
			t.Errorf("it is the %s one", got)
		}
	}
}

// TestBackForAMoment plays a row that looks as if it had come back, and goes then.
func TestBackForAMoment(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	w.at = func(m moment) error {
		if m.call == "DELETE" && m.when == after {
			w.server.set(w.old.ID, func(r *row) { r.state, r.due = model.StateInactive, time.Time{} })
		}
		if m.call == "GET" && w.clock.Now().Second() == 0 {
			w.server.mu.Lock()
			delete(w.server.rows, w.old.ID)
			w.server.mu.Unlock()
		}
		return nil
	}
	result, err := w.run(rebuild.InPlace)
	if err != nil || w.wantWhole() != "new" {
		t.Errorf("result %+v, %v", result, err)
	}
}

func TestRemovalThatNeverEnds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	w.server.stuck = true
	started := w.clock.Now()
	result, err := w.run(rebuild.InPlace)
	if !errors.Is(err, rebuild.ErrStays) || result.Outcome != rebuild.Unfinished || result.Entry == "" {
		t.Errorf("result %+v, %v", result, err)
	}
	if took := w.clock.Now().Sub(started); took < time.Minute || took > 70*time.Second {
		t.Errorf("gave up after %v", took)
	}
	w.server.stuck = false
	if result, err := w.finish(); err != nil || result.Outcome != rebuild.Rebuilt {
		t.Errorf("finished: %+v, %v", result, err)
	}
	w.wantWhole()
}

// TestNameTaken lets somebody take the name in the moment in which it is free.
func TestNameTaken(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		w := newWorld(t, agents())
		w.at = func(m moment) error {
			if m.call == "POST" && m.what == "name" && m.when == before && len(w.server.named(w.old.Name+"!")) == 0 {
				if rows := w.server.named(w.old.Name); !slices.ContainsFunc(rows, func(r row) bool { return r.name == w.old.Name }) {
					w.server.add(row{name: w.old.Name, image: "alpine:3.20", cpu: 1, mem: 1, disk: 3, regions: []string{"us"}})
				}
			}
			return nil
		}
		result, err := w.run(mode)
		if _, ok := errors.AsType[*rebuild.TakenError](err); !ok || result.Outcome != rebuild.Unfinished || result.Entry == "" {
			t.Errorf("%s: result %+v, %v", mode, result, err)
		}
		if rows := w.server.named(w.old.Name); len(rows) != 1 || rows[0].image != "alpine:3.20" {
			t.Errorf("%s: the server has %+v", mode, rows)
		}
		// Nothing is done to somebody else's snapshot by finishing either.
		if _, err := w.finish(); !errors.As(err, new(*rebuild.TakenError)) {
			t.Errorf("%s: finish: %v", mode, err)
		}
		if err := w.workflow().Discard(t.Context(), result.Entry, nil); err != nil {
			t.Errorf("%s: discard: %v", mode, err)
		}
		w.wantNothingLeft()
	}
}

// TestNameTakenByTheSame lets somebody else create exactly what was to be created:
// that is what was wanted.
func TestNameTakenByTheSame(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	p := w.plan(rebuild.InPlace)
	w.at = func(m moment) error {
		if m.call == "POST" && m.when == before && len(w.server.named(w.old.Name)) == 0 {
			if _, err := w.server.Create(t.Context(), p.Recipe); err != nil {
				t.Error(err)
			}
		}
		return nil
	}
	if result, err := w.run(rebuild.InPlace); err != nil || result.Outcome != rebuild.Rebuilt {
		t.Errorf("result %+v, %v", result, err)
	}
	w.wantWhole()
}

func TestCreateRefused(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		w := newWorld(t, agents())
		w.at = func(m moment) error {
			if m.call == "POST" && m.what == "name" {
				return fault(model.Invalid, 400, "No runners are configured in region 'us'")
			}
			return nil
		}
		result, err := w.run(mode)
		if result.Outcome != rebuild.Unfinished || err == nil || !strings.Contains(err.Error(), "No runners") {
			t.Errorf("%s: result %+v, %v", mode, result, err)
		}
		all, err := w.journal().List()
		if err != nil || len(all) != 1 || !strings.Contains(all[0].Entry.Trouble, "No runners") || all[0].Entry.Step != rebuild.StepCreate {
			t.Errorf("%s: journal %+v, %v", mode, all, err)
		}
		w.at = nil
		if result, err := w.finish(); err != nil || result.Outcome != rebuild.Rebuilt {
			t.Errorf("%s: finish: %+v, %v", mode, result, err)
		}
		w.wantWhole()
	}
}

func TestDeleteRefused(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		w := newWorld(t, agents())
		w.at = func(m moment) error {
			if m.call == "DELETE" && m.what == "old" {
				return fault(model.Forbidden, 403, "Access denied")
			}
			return nil
		}
		if result, err := w.run(mode); result.Outcome != rebuild.Untouched || err == nil {
			t.Errorf("%s: result %+v, %v", mode, result, err)
		}
		if got := w.wantWhole(); got != "old" {
			t.Errorf("%s: it is the %s one", mode, got)
		}
	}
}

// TestBuildsMeanwhile lets the old snapshot start to build while the candidate
// does: it must not be deleted then.
func TestBuildsMeanwhile(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	w.at = func(m moment) error {
		if m.call == "POST" && m.what == "candidate" && m.when == after {
			w.server.set(w.old.ID, func(r *row) { r.state = model.StateBuilding })
		}
		return nil
	}
	result, err := w.run(rebuild.VerifyFirst)
	if _, ok := errors.AsType[*rebuild.RefusedError](err); !ok || result.Outcome != rebuild.Untouched {
		t.Errorf("result %+v, %v", result, err)
	}
	w.at = nil
	w.server.set(w.old.ID, func(r *row) { r.state = model.StateActive })
	if got := w.wantWhole(); got != "old" {
		t.Errorf("it is the %s one", got)
	}
}

func TestChecksBeforeAnythingIsDone(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*world)
		reason rebuild.Reason
	}{
		"gone":       {func(w *world) { delete(w.server.rows, w.old.ID) }, rebuild.ReasonGone},
		"removing":   {func(w *world) { w.server.set(w.old.ID, func(r *row) { r.state = model.StateRemoving }) }, rebuild.ReasonState},
		"building":   {func(w *world) { w.server.set(w.old.ID, func(r *row) { r.state = model.StateBuilding }) }, rebuild.ReasonState},
		"edited":     {func(w *world) { w.server.set(w.old.ID, func(r *row) { r.dockerfile += "#" }) }, rebuild.ReasonChanged},
		"general":    {func(w *world) { w.server.set(w.old.ID, func(r *row) { r.general = true }) }, rebuild.ReasonGeneral},
		"elsewhere":  {func(w *world) { w.server.set(w.old.ID, func(r *row) { r.org = "other" }) }, rebuild.ReasonPlace},
		"no regions": {func(w *world) { w.server.regions = []model.Region{} }, rebuild.ReasonRegion},
		"no permission": {func(w *world) {
			w.server.access.Permissions = []string{model.PermissionDelete}
		}, rebuild.ReasonPermission},
	}
	for name, test := range tests {
		for _, mode := range modes() {
			w := newWorld(t, agents())
			p := w.plan(mode)
			test.change(w)
			had := len(w.server.rows)
			old := w.old
			w.old = nil // no laws: somebody else deletes it
			result, err := w.workflow().Run(t.Context(), p, w.hear)
			refused, ok := errors.AsType[*rebuild.RefusedError](err)
			if !ok || result.Outcome != rebuild.Untouched || !slices.ContainsFunc(refused.Refusals, func(r rebuild.Refusal) bool { return r.Reason == test.reason }) {
				t.Errorf("%s, %s: %+v, %v; want %s", name, mode, result, err, test.reason)
			}
			if len(w.server.rows) != had || w.server.creates[old.Name] != 0 {
				t.Errorf("%s, %s: something was done", name, mode)
			}
			w.wantNothingLeft()
		}
	}
}

// TestUnknownSurroundings lets the endpoints refuse that do not matter.
func TestUnknownSurroundings(t *testing.T) {
	t.Parallel()
	for _, code := range []model.ErrorCode{model.Unauthorized, model.Forbidden, model.NotFound, model.NotTheAPI} {
		w := newWorld(t, agents())
		w.at = func(m moment) error {
			if m.what == "regions" || m.what == "access" {
				return fault(code, 400, "no")
			}
			return nil
		}
		if _, err := w.run(rebuild.InPlace); err != nil {
			t.Errorf("%s: %v", code, err)
		}
		w.wantWhole()
	}
}

// TestSilentServer begins nothing on a server that does not answer.
func TestSilentServer(t *testing.T) {
	t.Parallel()
	for _, what := range []string{"old", "regions", "access"} {
		w := newWorld(t, agents())
		w.at = func(m moment) error {
			if m.what == what {
				return fault(model.ServerFault, 503, "away")
			}
			return nil
		}
		started := w.clock.Now()
		if result, err := w.run(rebuild.InPlace); err == nil || result.Outcome != rebuild.Untouched {
			t.Errorf("%s: %+v, %v", what, result, err)
		}
		if took := w.clock.Now().Sub(started); took < 30*time.Second || took > time.Minute {
			t.Errorf("%s: gave up after %v", what, took)
		}
		w.at = nil
		if w.wantWhole() != "old" {
			t.Errorf("%s: not the old one", what)
		}
	}
}

// TestSilenceIsKept sends nothing while the server wants silence.
func TestSilenceIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	var until time.Time
	limited := map[string]bool{}
	w.at = func(m moment) error {
		if m.call == "disk" || m.when == after {
			return nil
		}
		if w.clock.Now().Before(until) {
			t.Errorf("%s in the silence", m)
		}
		if key := m.call + m.what; !limited[key] {
			limited[key] = true
			until = w.clock.Now().Add(37 * time.Second)
			err := fault(model.RateLimited, 429, "Rate limit exceeded")
			err.RetryAfter = 37 * time.Second
			return err
		}
		return nil
	}
	if _, err := w.run(rebuild.VerifyFirst); err != nil {
		t.Fatal(err)
	}
	if len(limited) < 8 {
		t.Errorf("limited only %v", limited)
	}
	w.at = nil
	w.wantWhole()
}

// TestLeaving cancels the context at every moment: what is left can be finished.
func TestLeaving(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		for n := 1; ; n++ {
			w := newWorld(t, agents())
			ctx, cancel := context.WithCancel(t.Context())
			w.at = func(m moment) error {
				if m.n == n {
					cancel()
				}
				if ctx.Err() != nil && m.call != "disk" && m.n > n+1 {
					t.Errorf("%s %d: %s after the context ended", mode, n, m)
				}
				return nil
			}
			result, err := w.workflow().Run(ctx, w.plan(mode), w.hear)
			left := ctx.Err() != nil
			cancel()
			if !left {
				break
			}
			if err != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("%s %d: %v", mode, n, err)
			}
			w.at = nil
			if result.Entry != "" {
				if _, err := w.finish(); err != nil {
					t.Errorf("%s %d: finish: %v", mode, n, err)
				}
			}
			w.wantWhole()
		}
	}
}

// TestStopping stops a candidate at every moment of its building: it must go.
func TestStopping(t *testing.T) {
	t.Parallel()
	for n := 1; ; n++ {
		w := newWorld(t, agents())
		ctx, cancel := context.WithCancelCause(t.Context())
		var step rebuild.Step
		w.at = func(m moment) error {
			if m.n == n {
				cancel(rebuild.ErrStopped)
			}
			return nil
		}
		result, err := w.workflow().Run(ctx, w.plan(rebuild.VerifyFirst), func(e rebuild.Event) {
			if context.Cause(ctx) == nil {
				step = e.Step
			}
		})
		stopped := ctx.Err() != nil
		cancel(nil)
		if !stopped {
			break
		}
		switch step {
		case rebuild.StepCheck, rebuild.StepSave, rebuild.StepCandidate:
			if !errors.Is(err, rebuild.ErrStopped) || result.Outcome != rebuild.Untouched || result.Entry != "" {
				t.Errorf("%d, in %s: %+v, %v", n, step, result, err)
			}
		case rebuild.StepWait, rebuild.StepCreate:
			if !errors.Is(err, rebuild.ErrStopped) || result.Outcome != rebuild.Unfinished && !result.Accepted() {
				t.Errorf("%d, in %s: %+v, %v", n, step, result, err)
			}
		}
		w.at = nil
		if result.Entry != "" {
			if _, err := w.finish(); err != nil {
				t.Errorf("%d: finish: %v", n, err)
			}
		}
		w.wantWhole()
	}
}
