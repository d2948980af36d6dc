package rebuild_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// TestServerDoesNotAnswer starts nothing if the server does not answer.
func TestServerDoesNotAnswer(t *testing.T) {
	t.Parallel()
	for _, what := range []string{"old", "regions", "access"} {
		w := newWorld(t, agents())
		w.on("", what, "", func() error { return fault(model.ServerError, 503, "away") })
		started := w.clock.Now()
		if result, err := w.run(model.InPlace); err == nil || result.Outcome != model.OutcomeUntouched {
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

// TestRetryAfter sends nothing before the time that the server gave.
func TestRetryAfter(t *testing.T) {
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
	if _, err := w.run(model.VerifyFirst); err != nil {
		t.Fatal(err)
	}
	if len(limited) < 8 {
		t.Errorf("limited only %v", limited)
	}
	w.at = nil
	w.wantWhole()
}

// TestContextEnds cancels the context at every moment: the rebuild can be resumed.
func TestContextEnds(t *testing.T) {
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
			result, err := w.workflow().Run(ctx, w.plan(mode), w.record)
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
				if _, err := w.resume(); err != nil {
					t.Errorf("%s %d: resume: %v", mode, n, err)
				}
			}
			w.wantWhole()
		}
	}
}

// TestStop stops a rebuild at every moment of its candidate's build: the candidate is
// removed.
func TestStop(t *testing.T) {
	t.Parallel()
	for n := 1; ; n++ {
		w := newWorld(t, agents())
		ctx, cancel := context.WithCancelCause(t.Context())
		var step model.Step
		w.at = func(m moment) error {
			if m.n == n {
				cancel(model.ErrStopped)
			}
			return nil
		}
		result, err := w.workflow().Run(ctx, w.plan(model.VerifyFirst), func(e model.RebuildEvent) {
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
		case model.StepCheck, model.StepSave, model.StepCandidate:
			if !errors.Is(err, model.ErrStopped) || result.Outcome != model.OutcomeUntouched || result.Entry != "" {
				t.Errorf("%d, in %s: %+v, %v", n, step, result, err)
			}
		case model.StepWait, model.StepCreate:
			if !errors.Is(err, model.ErrStopped) || result.Outcome != model.OutcomeUnfinished && !result.Accepted() {
				t.Errorf("%d, in %s: %+v, %v", n, step, result, err)
			}
		}
		w.at = nil
		if result.Entry != "" {
			if _, err := w.resume(); err != nil {
				t.Errorf("%d: resume: %v", n, err)
			}
		}
		w.wantWhole()
	}
}
