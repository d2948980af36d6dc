package rebuild_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/durable/durabletest"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// TestEntryRemovedElsewhere removes the file of the entry while the rebuild runs:
// nothing is deleted.
func TestEntryRemovedElsewhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	w.at = func(m moment) error {
		switch {
		case m.call == "DELETE":
			t.Errorf("%s", m)
		case m.call == "disk" && m.what == "syncdir":
			files, err := filepath.Glob(filepath.Join(w.dir, "*.json"))
			if err != nil {
				t.Error(err)
			}
			for _, file := range files {
				if err := os.Remove(file); err != nil {
					t.Error(err)
				}
			}
		}
		return nil
	}
	if result, err := w.run(model.InPlace); err == nil || !strings.Contains(err.Error(), "not on the disk") {
		t.Errorf("%+v, %v", result, err)
	}
	if rows := w.server.named(w.old.Name); len(rows) != 1 || rows[0].id != w.old.ID {
		t.Errorf("the server has %+v", rows)
	}
}

// TestGeneralSnapshotWithTheSameName does not take a general snapshot for the new one
// after a lost create.
func TestGeneralSnapshotWithTheSameName(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	general := agents()
	general.general = true
	w.server.add(general)
	posts := 0
	w.at = func(m moment) error {
		if m.call == "POST" && m.when == before {
			if posts++; posts < 3 {
				return answers(model.Network, 0)()
			}
		}
		return nil
	}
	if result, err := w.run(model.InPlace); err != nil || posts != 3 || result.New.General {
		t.Errorf("%+v, %v after %d creates", result, err, posts)
	}
	w.wantWhole()
}

// TestNoSecondDelete sends no second delete if the answer to the first was lost and the
// snapshot is being removed.
func TestNoSecondDelete(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	deletes := 0
	w.at = func(m moment) error {
		if m.call == "DELETE" && m.when == after {
			deletes++
			return answers(model.Network, 0)()
		}
		return nil
	}
	if _, err := w.run(model.InPlace); err != nil || deletes != 1 {
		t.Errorf("%d deletes, %v", deletes, err)
	}
	w.wantWhole()
}

func codeOf(err error) model.ErrorCode {
	if e, ok := errors.AsType[*model.Error](err); ok {
		return e.Code
	}
	return ""
}

// TestStopAfterDelete stops a rebuild when the answer to its delete is lost. The delete
// arrives later, so the entry must stay.
func TestStopAfterDelete(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	w.at = func(m moment) error {
		if m.call == "DELETE" && m.when == before {
			cancel(model.ErrStopped)
			return answers(model.Network, 0)()
		}
		return nil
	}
	result, err := w.workflow().Run(ctx, w.plan(model.InPlace), w.record)
	if !errors.Is(err, model.ErrStopped) || result.Outcome != model.OutcomeUnfinished || result.Entry == "" {
		t.Errorf("%+v, %v", result, err)
	}
	if err := w.server.Delete(t.Context(), w.old.ID); err != nil {
		t.Fatal(err)
	}
	w.at = nil
	if _, err := w.resume(); err != nil {
		t.Error(err)
	}
	w.wantWhole()
}

// TestNewSnapshotDeletedElsewhere deletes the new snapshot before the look-up after a
// lost answer. The rebuild waits for the removal and creates it again.
func TestNewSnapshotDeletedElsewhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	posts := 0
	w.at = func(m moment) error {
		if m.call == "POST" && m.when == after {
			if posts++; posts == 1 {
				for _, r := range w.server.named(w.old.Name) {
					if err := w.server.Delete(t.Context(), r.id); err != nil {
						t.Error(err)
					}
				}
				return answers(model.Network, 0)()
			}
		}
		return nil
	}
	if result, err := w.run(model.InPlace); err != nil || posts != 2 || result.Outcome != model.OutcomeRebuilt {
		t.Errorf("%+v, %v after %d creates", result, err, posts)
	}
	w.wantNoEntry()
}

// TestNewSnapshotChangedElsewhere deletes or deactivates the new snapshot while the
// build is followed.
func TestNewSnapshotChangedElsewhere(t *testing.T) {
	t.Parallel()
	tests := map[model.State]error{
		model.StateRemoving: rebuild.ErrDeleted,
		model.StateInactive: rebuild.ErrDeactivated,
		"":                  rebuild.ErrDeleted,
	}
	for state, want := range tests {
		w := newWorld(t, agents())
		gets := 0
		w.at = func(m moment) error {
			if m.call != "GET" || m.what != "new" || m.when != before {
				return nil
			}
			if gets++; gets == 1 {
				return nil // it was seen
			}
			for _, r := range w.server.named(w.old.Name) {
				if state == "" {
					w.server.mu.Lock()
					delete(w.server.rows, r.id)
					w.server.mu.Unlock()
					continue
				}
				w.server.set(r.id, func(r *row) { r.state, r.due = state, time.Time{} })
			}
			return nil
		}
		w.othersAct = true
		result, err := w.run(model.InPlace)
		if !errors.Is(err, want) || result.Outcome != model.OutcomeAccepted {
			t.Errorf("%q: %+v, %v", state, result, err)
		}
		w.wantNoEntry()
	}
}

// TestJournalBehindServer resumes from a step that is behind the server, because the
// disk was full. No second candidate is built for a deleted snapshot.
func TestJournalBehindServer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	w.at = func(m moment) error {
		switch {
		case m.call == "POST" && m.what == "candidate" && m.when == after:
			w.disk.Before = func(durabletest.Op) error { return durabletest.ErrFull }
		case m.call == "POST" && m.what == "name":
			return w.die()
		}
		return nil
	}
	if _, err := w.run(model.VerifyFirst); !errors.Is(err, errDead) {
		t.Fatal(err)
	}
	w = w.next(durabletest.LazyPowerCut)
	for _, r := range w.server.named(w.old.Name + "-candidate") {
		w.server.mu.Lock()
		delete(w.server.rows, r.id)
		w.server.mu.Unlock()
	}
	all, err := w.journal().List()
	if err != nil || len(all) != 1 || all[0].Entry.Step != model.StepCandidate {
		t.Fatalf("%+v, %v", all, err)
	}
	if result, err := w.resume(); err != nil || result.Outcome != model.OutcomeRebuilt {
		t.Errorf("%+v, %v", result, err)
	}
	w.wantWhole()
}

// TestOldSnapshotDeletedElsewhere deletes the old snapshot of an abandoned rebuild
// whose candidate is left. The recipe stays until it is discarded.
func TestOldSnapshotDeletedElsewhere(t *testing.T) {
	t.Parallel()
	failing := agents()
	failing.dockerfile += "RUN false\n"
	w := newWorld(t, failing)
	w.on("DELETE", "", "", answers(model.Forbidden, 403))
	result, err := w.run(model.VerifyFirst)
	if result.Outcome != model.OutcomeUntouched || result.Entry == "" || !errors.As(err, new(*rebuild.BuildError)) {
		t.Fatalf("%+v, %v", result, err)
	}
	w.at, w.othersAct = nil, true
	w.server.mu.Lock()
	delete(w.server.rows, w.old.ID)
	w.server.mu.Unlock()
	result, err = w.resume()
	if result.Outcome != model.OutcomeUnfinished || result.Entry == "" || err == nil || !strings.Contains(err.Error(), "discard") {
		t.Errorf("%+v, %v", result, err)
	}
	if rows := w.server.named(w.old.Name); len(rows) != 0 {
		t.Errorf("the server has %+v", rows)
	}
	if err := w.workflow().Discard(t.Context(), result.Entry, nil); err != nil {
		t.Error(err)
	}
	w.wantNoEntry()
}

// TestResumedElsewhereWhileWaiting resumes twice. The second waits for the lock and
// finds no entry.
func TestResumedElsewhereWhileWaiting(t *testing.T) {
	t.Parallel()
	w, one := withUnfinished(t, model.InPlace)
	second := make(chan error, 1)
	var started bool
	w.at = func(m moment) error {
		if m.call == "POST" && m.when == before && !started {
			started = true
			other := w.workflow()
			go func() {
				_, err := other.Resume(t.Context(), one.ID, nil)
				second <- err
			}()
			time.Sleep(50 * time.Millisecond) // it waits for the lock now, or timed out
		}
		return nil
	}
	if _, err := w.resume(); err != nil {
		t.Error(err)
	}
	if err := <-second; !errors.Is(err, rebuild.ErrNoEntry) && !errors.Is(err, rebuild.ErrInUse) {
		t.Errorf("second: %v", err)
	}
	w.wantWhole()
}
