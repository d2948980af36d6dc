package rebuild_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/client/rebuild"
	"daytona/snapdeck/internal/durable/durabletest"
	"daytona/snapdeck/model"
)

// TestEntryTakenAway removes the entry's file behind the workflow's back: then
// nothing is deleted.
func TestEntryTakenAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	w.at = func(m moment) error {
		switch {
		case m.call == "DELETE":
			t.Errorf("%s", m)
		case m.call == "disk" && m.what == "syncdir":
			files, err := filepath.Glob(filepath.Join(w.folder, "*.json"))
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
	if result, err := w.run(rebuild.InPlace); err == nil || !strings.Contains(err.Error(), "not on the disk") {
		t.Errorf("%+v, %v", result, err)
	}
	if rows := w.server.named(w.old.Name); len(rows) != 1 || rows[0].id != w.old.ID {
		t.Errorf("the server has %+v", rows)
	}
}

// TestGeneralOfTheSameName is not taken for the new one while the name is looked
// up after a lost create.
func TestGeneralOfTheSameName(t *testing.T) {
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
	if result, err := w.run(rebuild.InPlace); err != nil || posts != 3 || result.New.General {
		t.Errorf("%+v, %v after %d creates", result, err, posts)
	}
	w.wantWhole()
}

// TestOneDeleteIsEnough sends no second delete where the answer to the first was
// lost and the snapshot is seen to be going.
func TestOneDeleteIsEnough(t *testing.T) {
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
	if _, err := w.run(rebuild.InPlace); err != nil || deletes != 1 {
		t.Errorf("%d deletes, %v", deletes, err)
	}
	w.wantWhole()
}

// TestDeleteThatLandsLate plays a delete whose answer is lost, that is refused when
// it is sent again, and that reaches the server all the same a little later: the
// recipe must not be let go of.
func TestDeleteThatLandsLate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	deletes := 0
	var refusedAt time.Time
	w.at = func(m moment) error {
		if m.call == "DELETE" && m.when == before {
			if deletes++; deletes == 1 {
				return answers(model.Network, 0)()
			}
			refusedAt = w.clock.Now()
			return answers(model.Forbidden, 403)()
		}
		if m.call == "GET" && m.when == before && !refusedAt.IsZero() && w.clock.Now().Sub(refusedAt) > 5*time.Second {
			if err := w.server.Delete(t.Context(), w.old.ID); err != nil {
				t.Error(err)
			}
			refusedAt = time.Time{}
		}
		return nil
	}
	result, err := w.run(rebuild.InPlace)
	if result.Outcome != rebuild.Unfinished || result.Entry == "" || codeOf(err) != model.Forbidden {
		t.Errorf("%+v, %v", result, err)
	}
	w.at = nil
	if result, err := w.finish(); err != nil || result.Outcome != rebuild.Rebuilt {
		t.Errorf("finish: %+v, %v", result, err)
	}
	w.wantWhole()
}

func codeOf(err error) model.ErrorCode {
	if e, ok := errors.AsType[*model.Error](err); ok {
		return e.Code
	}
	return ""
}

// TestCandidateThatLandsLate plays a candidate whose create arrives after a crash,
// and after the first look for it: it goes, too.
func TestCandidateThatLandsLate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	p := w.plan(rebuild.VerifyFirst)
	w.at = func(m moment) error {
		if m.call == "POST" && m.when == before {
			return w.die()
		}
		return nil
	}
	if _, err := w.workflow().Run(t.Context(), p, nil); !errors.Is(err, errDead) {
		t.Fatal(err)
	}
	w = w.next(durabletest.LazyPowerCut)
	landed := false
	w.at = func(m moment) error {
		if m.call == "GET" && m.when == after && !landed {
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
	w.lawless = true // the recipe is not wanted any more
	if err := w.workflow().Discard(t.Context(), all[0].ID, w.hear); err != nil {
		t.Error(err)
	}
	if w.wantWhole() != "old" {
		t.Error("the old one is gone")
	}
}

// TestCandidateThatComesBack is deleted again.
func TestCandidateThatComesBack(t *testing.T) {
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
		result, err := w.run(rebuild.VerifyFirst)
		if times < 3 {
			if err != nil || deletes != times+1 {
				t.Errorf("%d times: %+v, %v after %d deletes", times, result, err, deletes)
			}
			w.wantWhole()
			continue
		}
		// It is left to the next run, and that is said.
		if result.Outcome != rebuild.Rebuilt || result.Entry == "" || !errors.As(err, new(*rebuild.CameBackError)) {
			t.Errorf("%+v, %v", result, err)
		}
		if result, err := w.finish(); err != nil || result.Outcome != rebuild.Rebuilt {
			t.Errorf("finish: %+v, %v", result, err)
		}
		w.wantWhole()
	}
}
