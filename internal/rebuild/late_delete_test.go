package rebuild_test

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/durable/durabletest"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// lateDelete loses the answer to the first delete of the old snapshot, refuses every
// later one, and carries out the first after the time, never if that is 0. The entry must
// survive a crash at each GET until then.
func lateDelete(w *world, after time.Duration) {
	var lost time.Time
	w.at = func(m moment) error {
		now := w.clock.Now()
		switch {
		case m.call == "DELETE" && m.what == "old" && m.when == before && lost.IsZero():
			lost = now
			return answers(model.Network, 0)()
		case m.call == "DELETE" && m.what == "old" && m.when == before:
			return answers(model.Forbidden, 403)()
		case m.call != "GET" || m.when != before || lost.IsZero():
			return nil
		}
		if now.Sub(lost) < 10*time.Minute && !w.recipeSurvives(durabletest.LazyPowerCut, w.old.ID, w.old.Name) && len(w.server.named(w.old.Name)) > 0 && w.server.rows[w.old.ID].id != "" {
			w.t.Errorf("%s after the delete: the recipe is not kept", now.Sub(lost))
		}
		if after > 0 && now.Sub(lost) >= after {
			after = 0
			if err := w.server.Delete(w.t.Context(), w.old.ID); err != nil {
				w.t.Error(err)
			}
		}
		return nil
	}
}

// TestDeleteArrivesLate carries out a delete without an answer long after another one was
// refused: the rebuild continues.
func TestDeleteArrivesLate(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		for _, late := range []time.Duration{6 * time.Second, time.Minute, 9 * time.Minute} {
			w := newWorld(t, agents())
			lateDelete(w, late)
			result, err := w.run(mode)
			if err != nil || result.Outcome != model.OutcomeRebuilt || result.Entry != "" {
				t.Errorf("%s, %s: %+v, %v", mode, late, result, err)
			}
			if !slices.ContainsFunc(w.events, func(e model.RebuildEvent) bool { return strings.Contains(e.Detail, "may still be carried out") }) {
				t.Errorf("%s, %s: nothing says that the delete may still be carried out", mode, late)
			}
			w.at = nil
			w.wantWhole()
		}
	}
}

// TestCrashWithLateDelete stops the machine at every moment of a rebuild with a delete
// that is carried out a minute after it was sent, while all others are refused. The
// invariant holds at each moment, and the resumed run ends with the new snapshot.
func TestCrashWithLateDelete(t *testing.T) {
	t.Parallel()
	var table matrix
	late := func(w *world, crash func(moment) error) {
		w.at = func(m moment) error {
			if m.call == "DELETE" && m.what == "old" && m.when == before {
				if w.server.lateDeletes == nil {
					w.server.lateDeletes = map[string]time.Time{w.old.ID: w.clock.Now().Add(time.Minute)}
					return cmp.Or(crash(m), answers(model.Network, 0)())
				}
				return cmp.Or(crash(m), answers(model.Forbidden, 403)())
			}
			return crash(m)
		}
	}
	for _, mode := range modes() {
		seen := map[string]int{}
		for n := 1; ; n++ {
			w := newWorld(t, agents())
			var last moment
			late(w, func(m moment) error {
				if m.n < n {
					return nil
				}
				last = m
				return w.die()
			})
			_, err := w.run(mode)
			if last.n == 0 {
				if err != nil || w.wantWhole() != "new" {
					t.Errorf("%s, without a crash: %v", mode, err)
				}
				break
			}
			if seen[last.String()]++; seen[last.String()] > 3 {
				continue // the polls of a wait are all alike
			}
			for _, how := range crashesOf(w) {
				next := w.next(how)
				all, err := next.journal().List()
				if err != nil {
					t.Fatal(err)
				}
				late(next, func(moment) error { return nil })
				_, err = next.resume()
				which := next.wantWhole()
				table.add(last.String(), string(mode), which)
				if len(all) > 0 && (err != nil || which != "new") {
					t.Fatalf("%s, crash at %d, %s (%s): it is the %s one, %v", mode, n, last, how, which, err)
				}
			}
		}
	}
	table.print(t, "moment of the crash with a late delete x mode -> what the next start made of it")
}

// TestDeleteNeverArrives drops the recipe only when the delete without an answer cannot
// be carried out any longer.
func TestDeleteNeverArrives(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		w := newWorld(t, agents())
		lateDelete(w, 0)
		started := w.clock.Now()
		result, err := w.run(mode)
		if codeOf(err) != model.Forbidden || result.Outcome != model.OutcomeUntouched || result.Entry != "" || !result.OldUnchanged() {
			t.Errorf("%s: %+v, %v", mode, result, err)
		}
		if took := w.clock.Now().Sub(started); took < 10*time.Minute {
			t.Errorf("%s: gave up after %s", mode, took)
		}
		w.at = nil
		if got := w.wantWhole(); got != "old" {
			t.Errorf("%s: it is the %s one", mode, got)
		}
	}
}

// TestStopWhileDeleteMayArrive ends the program while the delete may still be carried out.
// The next start keeps the recipe, too, also if it is refused at once.
func TestStopWhileDeleteMayArrive(t *testing.T) {
	t.Parallel()
	for _, refusal := range []string{"delete", "permission", "region"} {
		w := newWorld(t, agents())
		lateDelete(w, 0)
		ctx, cancel := context.WithCancel(t.Context())
		result, err := w.workflow().Run(ctx, w.plan(model.InPlace), func(e model.RebuildEvent) {
			if strings.Contains(e.Detail, "may still be carried out") {
				cancel()
			}
		})
		if result.Outcome != model.OutcomeUnfinished || result.Entry == "" || !errors.Is(err, context.Canceled) {
			t.Fatalf("%+v, %v", result, err)
		}
		w = w.next(durabletest.PowerCut)
		switch refusal {
		case "permission":
			w.server.access.Permissions = []string{model.PermissionWrite}
		case "region":
			w.server.regions = []model.Region{{ID: "ap", Name: "ap"}}
		}
		var resumed time.Time
		w.at = func(m moment) error {
			if resumed.IsZero() {
				resumed = w.clock.Now()
			}
			if m.call == "DELETE" {
				return answers(model.Forbidden, 403)()
			}
			return nil
		}
		result, err = w.resume()
		if err == nil || result.Outcome != model.OutcomeUntouched {
			t.Errorf("%s: %+v, %v", refusal, result, err)
		}
		if waited := w.clock.Now().Sub(resumed); waited < 9*time.Minute {
			t.Errorf("%s: the recipe was dropped after %s", refusal, waited)
		}
		w.at = nil
		if got := w.wantWhole(); got != "old" {
			t.Errorf("%s: it is the %s one", refusal, got)
		}
	}
}

// TestDeleteUnanswered gives up after a minute without an answer, and says that the old
// snapshot may still be deleted.
func TestDeleteUnanswered(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	w.on("DELETE", "", before, answers(model.ServerError, 503))
	result, err := w.run(model.InPlace)
	if result.Outcome != model.OutcomeUnfinished || result.Entry == "" || err == nil || !strings.Contains(err.Error(), "may still be carried out") {
		t.Errorf("%+v, %v", result, err)
	}
	all, err := w.journal().List()
	if err != nil || len(all) != 1 || all[0].Entry.DeleteSent.IsZero() {
		t.Errorf("%+v, %v", all, err)
	}
}

// TestCreateNotShown answers a create with 200, and then shows no snapshot, or one with
// another recipe: the recipe is kept.
func TestCreateNotShown(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*world, row){
		"no snapshot":        func(w *world, r row) { delete(w.server.rows, r.id) },
		"another Dockerfile": func(w *world, r row) { r.dockerfile = "FROM scratch\n"; w.server.rows[r.id] = r },
		"another name":       func(w *world, r row) { r.name = "else"; w.server.rows[r.id] = r },
	} {
		for _, mode := range modes() {
			w := newWorld(t, agents())
			w.othersAct = true
			w.at = func(m moment) error {
				if m.call == "POST" && m.what == "name" && m.when == after {
					r, _ := w.server.byName(w.old.Name)
					w.server.mu.Lock()
					change(w, r)
					w.server.mu.Unlock()
				}
				return nil
			}
			result, err := w.run(mode)
			if err == nil || result.Outcome != model.OutcomeUnfinished || result.Entry == "" || result.Accepted() {
				t.Errorf("%s, %s: %+v, %v", name, mode, result, err)
			}
			if !w.recipeSurvives(durabletest.LazyPowerCut, w.old.ID, w.old.Name) {
				t.Errorf("%s, %s: the recipe is lost", name, mode)
			}
			w.at = nil
			result, err = w.resume()
			taken := errors.As(err, new(*rebuild.NameTakenError)) && result.NameTaken
			if rebuilt := err == nil && result.Outcome == model.OutcomeRebuilt; rebuilt == (name == "another Dockerfile") || !rebuilt && !taken {
				t.Errorf("%s, %s: resume: %+v, %v", name, mode, result, err)
			}
		}
	}
}

// TestAcceptOnlyNeedsProof ends a rebuild at the accepted create only once a GET shows
// the snapshot.
func TestAcceptOnlyNeedsProof(t *testing.T) {
	t.Parallel()
	for _, shown := range []bool{true, false} {
		w := newWorld(t, agents())
		w.othersAct = true
		w.at = func(m moment) error {
			if !shown && m.call == "POST" && m.when == after {
				r, _ := w.server.byName(w.old.Name)
				delete(w.server.rows, r.id)
			}
			return nil
		}
		result, err := w.workflow(func(o *rebuild.Options) { o.AcceptOnly = true }).Run(t.Context(), w.plan(model.InPlace), nil)
		if (err == nil) != shown || (result.Entry == "") != shown || result.Accepted() != shown {
			t.Errorf("shown %v: %+v, %v", shown, result, err)
		}
	}
}

// TestTwoMachines rebuilds one snapshot from two machines at the same time, each with its
// own journal. One is enough, and the other one resolves itself.
func TestTwoMachines(t *testing.T) {
	t.Parallel()
	for _, first := range modes() {
		for _, second := range modes() {
			a := newWorld(t, agents())
			b := newWorld(t, row{})
			b.server, b.clock, b.old = a.server, a.clock, a.old
			a.othersAct, b.othersAct = true, true
			planB := b.plan(second)
			if second == model.VerifyFirst {
				q := model.RebuildRequest{Snapshot: b.old, Mode: second, Now: b.clock.Now().Add(time.Second), Regions: b.server.regions, Organization: model.Organization{DefaultRegionID: "us"}}
				planB = rebuild.Preflight(q)
			}
			done := false
			b.at = func(m moment) error {
				if m.call == "DELETE" && m.what == "old" && m.when == before && !done {
					done = true
					if result, err := a.run(first); err != nil || result.Outcome != model.OutcomeRebuilt {
						t.Errorf("%s, first: %+v, %v", first, result, err)
					}
				}
				return nil
			}
			result, err := b.workflow().Run(t.Context(), planB, b.record)
			if err != nil || result.Outcome != model.OutcomeRebuilt || result.Entry != "" {
				t.Errorf("%s then %s: %+v, %v", first, second, result, err)
			}
			if rows := a.server.named(a.old.Name); len(rows) != 1 || rows[0].id == a.old.ID {
				t.Errorf("%s then %s: the server has %+v", first, second, rows)
			}
			a.wantNoEntry()
			b.wantNoEntry()
		}
	}
}

// TestEntryCannotBeRemoved reports a journal file that stays, and resolves it at the next
// resume.
func TestEntryCannotBeRemoved(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		w := newWorld(t, agents())
		work := w.workflow()
		w.disk.Before = func(op durabletest.Op) error {
			if op.Name == "remove" {
				return errors.New("operation not permitted")
			}
			return nil
		}
		result, err := work.Run(t.Context(), w.plan(mode), w.record)
		left, ok := errors.AsType[*rebuild.EntryLeftError](err)
		if !ok || result.Outcome != model.OutcomeRebuilt || result.Entry == "" || !strings.HasSuffix(left.File, result.Entry+".json") || strings.Count(err.Error(), left.File) != 1 {
			t.Errorf("%s: %+v, %v", mode, result, err)
		}
		w.hookDisk()
		if result, err := w.resume(); err != nil || result.Outcome != model.OutcomeRebuilt {
			t.Errorf("%s: resume: %+v, %v", mode, result, err)
		}
		w.wantWhole()
	}
}

// TestCandidateCannotBeRemoved reports a candidate that stays although the snapshot is
// rebuilt.
func TestCandidateCannotBeRemoved(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	w.on("DELETE", "candidate", "", answers(model.Forbidden, 403))
	result, err := w.run(model.VerifyFirst)
	if result.Outcome != model.OutcomeRebuilt || result.Entry == "" || codeOf(err) != model.Forbidden {
		t.Errorf("%+v, %v", result, err)
	}
	w.at = nil
	if result, err := w.resume(); err != nil || result.Outcome != model.OutcomeRebuilt {
		t.Errorf("resume: %+v, %v", result, err)
	}
	w.wantWhole()
}
