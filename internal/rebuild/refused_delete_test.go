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

// TestDeleteReverted reverts a delete, by a job that overwrites the state and by a
// deactivate.
func TestDeleteReverted(t *testing.T) {
	t.Parallel()
	for _, state := range []model.State{model.StateActive, model.StateInactive} {
		w := newWorld(t, agents())
		w.server.revertTo = state
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

// TestDeleteNotFound answers 404 to a delete, of a snapshot that exists or that another
// client has deleted.
func TestDeleteNotFound(t *testing.T) {
	t.Parallel()
	for deleted, want := range map[bool]model.Outcome{false: model.OutcomeUntouched, true: model.OutcomeRebuilt} {
		w := newWorld(t, agents())
		w.at = func(m moment) error {
			if m.call != "DELETE" || m.when != before {
				return nil
			}
			if deleted {
				w.server.mu.Lock()
				delete(w.server.rows, w.old.ID)
				w.server.mu.Unlock()
			}
			return &model.Error{Code: model.NotFound, Status: 404, Message: "Snapshot not found"}
		}
		result, err := w.run(model.InPlace)
		if result.Outcome != want || !deleted && model.CodeOf(err) != model.NotFound {
			t.Errorf("deleted %t: result %+v, %v", deleted, result, err)
		}
		w.wantWhole()
	}
}

// TestDeleteRevertedBriefly shows another state for a moment before the snapshot is
// deleted.
func TestDeleteRevertedBriefly(t *testing.T) {
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

func TestRemovalTimeout(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	w.server.keepRemoved = true
	started := w.clock.Now()
	result, err := w.run(model.InPlace)
	if !errors.Is(err, rebuild.ErrStillRemoving) || result.Outcome != model.OutcomeUnfinished || result.Entry == "" {
		t.Errorf("result %+v, %v", result, err)
	}
	if took := w.clock.Now().Sub(started); took < time.Minute || took > 70*time.Second {
		t.Errorf("gave up after %v", took)
	}
	w.server.keepRemoved = false
	if result, err := w.resume(); err != nil || result.Outcome != model.OutcomeRebuilt {
		t.Errorf("resume: %+v, %v", result, err)
	}
	w.wantWhole()
}

// TestNameTaken creates another snapshot with the name while it is free.
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
		// Resuming does not touch the other snapshot either.
		if _, err := w.resume(); !errors.As(err, new(*rebuild.NameTakenError)) {
			t.Errorf("%s: resume: %v", mode, err)
		}
		// The other snapshot cannot be rebuilt before, and resuming does not help.
		old := w.old
		w.old, _ = w.server.Get(t.Context(), w.old.Name)
		if other, err := w.run(model.InPlace); !errors.Is(err, rebuild.ErrNameAwaited) || !strings.Contains(err.Error(), "--discard "+result.Entry) || other.Outcome != model.OutcomeUntouched {
			t.Errorf("%s: the other snapshot: %+v, %v", mode, other, err)
		}
		w.old = old
		if err := w.workflow().Discard(t.Context(), result.Entry, nil); err != nil {
			t.Errorf("%s: discard: %v", mode, err)
		}
		w.wantNoEntry()
	}
}

// TestNameTakenBySameRecipe creates the same snapshot elsewhere, which counts as the
// new one.
func TestNameTakenBySameRecipe(t *testing.T) {
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
		w.on("POST", "name", "", func() error { return fault(model.Invalid, 400, "No runners are configured in region 'us'") })
		result, err := w.run(mode)
		if result.Outcome != model.OutcomeUnfinished || err == nil || !strings.Contains(err.Error(), "No runners") {
			t.Errorf("%s: result %+v, %v", mode, result, err)
		}
		all, err := w.journal().List()
		if err != nil || len(all) != 1 || !strings.Contains(all[0].Entry.Err, "No runners") || all[0].Entry.Step != model.StepCreate {
			t.Errorf("%s: journal %+v, %v", mode, all, err)
		}
		w.at = nil
		if result, err := w.resume(); err != nil || result.Outcome != model.OutcomeRebuilt {
			t.Errorf("%s: resume: %+v, %v", mode, result, err)
		}
		w.wantWhole()
	}
}

func TestDeleteRefused(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		w := newWorld(t, agents())
		w.on("DELETE", "old", "", func() error { return fault(model.Forbidden, 403, "Access denied") })
		if result, err := w.run(mode); result.Outcome != model.OutcomeUntouched || err == nil {
			t.Errorf("%s: result %+v, %v", mode, result, err)
		}
		if got := w.wantWhole(); got != "old" {
			t.Errorf("%s: it is the %s one", mode, got)
		}
	}
}
