package rebuild_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// TestDeleteThatCameBack plays a job that writes over the state, and a deactivate.
func TestDeleteThatCameBack(t *testing.T) {
	t.Parallel()
	for _, state := range []model.State{model.StateActive, model.StateInactive} {
		w := newWorld(t, agents())
		w.server.rejoin = state
		result, err := w.run(model.InPlace)
		back, ok := errors.AsType[*rebuild.RevertedError](err)
		if !ok || back.State != state || result.Outcome != model.OutcomeUntouched || result.Entry != "" {
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
	result, err := w.run(model.InPlace)
	if err != nil || w.wantWhole() != "new" {
		t.Errorf("result %+v, %v", result, err)
	}
}

func TestRemovalThatNeverEnds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	w.server.stuck = true
	started := w.clock.Now()
	result, err := w.run(model.InPlace)
	if !errors.Is(err, rebuild.ErrStillRemoving) || result.Outcome != model.OutcomeUnfinished || result.Entry == "" {
		t.Errorf("result %+v, %v", result, err)
	}
	if took := w.clock.Now().Sub(started); took < time.Minute || took > 70*time.Second {
		t.Errorf("gave up after %v", took)
	}
	w.server.stuck = false
	if result, err := w.finish(); err != nil || result.Outcome != model.OutcomeRebuilt {
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
		if _, ok := errors.AsType[*rebuild.NameTakenError](err); !ok || result.Outcome != model.OutcomeUnfinished || result.Entry == "" {
			t.Errorf("%s: result %+v, %v", mode, result, err)
		}
		if rows := w.server.named(w.old.Name); len(rows) != 1 || rows[0].image != "alpine:3.20" {
			t.Errorf("%s: the server has %+v", mode, rows)
		}
		// Nothing is done to somebody else's snapshot by finishing either.
		if _, err := w.finish(); !errors.As(err, new(*rebuild.NameTakenError)) {
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
	p := w.plan(model.InPlace)
	w.at = func(m moment) error {
		if m.call == "POST" && m.when == before && len(w.server.named(w.old.Name)) == 0 {
			if _, err := w.server.Create(t.Context(), p.Recipe); err != nil {
				t.Error(err)
			}
		}
		return nil
	}
	if result, err := w.run(model.InPlace); err != nil || result.Outcome != model.OutcomeRebuilt {
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
		if result.Outcome != model.OutcomeUnfinished || err == nil || !strings.Contains(err.Error(), "No runners") {
			t.Errorf("%s: result %+v, %v", mode, result, err)
		}
		all, err := w.journal().List()
		if err != nil || len(all) != 1 || !strings.Contains(all[0].Entry.Err, "No runners") || all[0].Entry.Step != model.StepCreate {
			t.Errorf("%s: journal %+v, %v", mode, all, err)
		}
		w.at = nil
		if result, err := w.finish(); err != nil || result.Outcome != model.OutcomeRebuilt {
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
		if result, err := w.run(mode); result.Outcome != model.OutcomeUntouched || err == nil {
			t.Errorf("%s: result %+v, %v", mode, result, err)
		}
		if got := w.wantWhole(); got != "old" {
			t.Errorf("%s: it is the %s one", mode, got)
		}
	}
}
