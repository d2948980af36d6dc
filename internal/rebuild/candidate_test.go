package rebuild_test

import (
	"errors"
	"testing"
	"time"

	"daytona/snapdeck/internal/durable/durabletest"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// TestCandidateCreatedLate delays the create of a candidate until after a crash and the
// first look-up. The candidate is removed too.
func TestCandidateCreatedLate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	p := w.plan(model.VerifyFirst)
	w.on("POST", "", before, w.die)
	if _, err := w.workflow().Run(t.Context(), p, nil); !errors.Is(err, errDead) {
		t.Fatal(err)
	}
	w = w.next(durabletest.LazyPowerCut)
	landed, started := false, w.clock.Now()
	w.at = func(m moment) error {
		if m.call == "GET" && m.when == before && !landed && w.clock.Now().Sub(started) > 5*time.Second {
			landed = true
			if _, err := w.server.Create(t.Context(), p.Candidate); err != nil {
				t.Error(err)
			}
		}
		return nil
	}
	all, err := w.journal().List()
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v, %v", all, err)
	}
	w.othersAct = true // the recipe is discarded
	if err := w.workflow().Discard(t.Context(), all[0].ID, w.record); err != nil {
		t.Error(err)
	}
	if w.wantWhole() != "old" || !landed {
		t.Errorf("landed: %v", landed)
	}
}

// TestCandidateDeleteReverted reverts the delete of a candidate, which is sent again.
func TestCandidateDeleteReverted(t *testing.T) {
	t.Parallel()
	for _, times := range []int{1, 2, 3} {
		w := newWorld(t, agents())
		deletes := 0
		w.at = func(m moment) error {
			if m.call != "DELETE" || m.what != "candidate" || m.when != after {
				return nil
			}
			if deletes++; deletes > times {
				return nil
			}
			for _, r := range w.server.named(w.old.Name + "-candidate") {
				w.server.set(r.id, func(r *row) { r.state, r.due = model.StateActive, time.Time{} })
			}
			return nil
		}
		result, err := w.run(model.VerifyFirst)
		if times < 3 {
			if err != nil || deletes != times+1 {
				t.Errorf("%d times: %+v, %v after %d deletes", times, result, err, deletes)
			}
			w.wantWhole()
			continue
		}
		// It stays for the next run, and the error says so.
		if result.Outcome != model.OutcomeRebuilt || result.Entry == "" || !errors.As(err, new(*rebuild.RevertedError)) {
			t.Errorf("%+v, %v", result, err)
		}
		if result, err := w.resume(); err != nil || result.Outcome != model.OutcomeRebuilt {
			t.Errorf("resume: %+v, %v", result, err)
		}
		w.wantWhole()
	}
}

// TestSnapshotWithTheCandidatesName does not touch another snapshot that has the
// candidate's name.
func TestSnapshotWithTheCandidatesName(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	p := w.plan(model.VerifyFirst)
	w.server.add(row{name: p.Candidate.Name, image: "alpine:3.20", cpu: 1, mem: 1, disk: 3, regions: []string{"us"}})
	result, err := w.workflow().Run(t.Context(), p, w.record)
	if !errors.As(err, new(*rebuild.NameTakenError)) || result.Outcome != model.OutcomeUntouched {
		t.Errorf("%+v, %v", result, err)
	}
	if rows := w.server.named(w.old.Name); len(rows) != 2 || rows[0].state != model.StateActive || rows[1].state != model.StateActive {
		t.Errorf("the server has %+v", rows)
	}
	w.wantNoEntry()
}
