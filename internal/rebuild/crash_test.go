package rebuild_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"daytona/snapdeck/internal/durable/durabletest"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// crash runs a rebuild until moment n and stops the machine there. It returns the
// moment, or false if the rebuild ended before.
func crash(w *world, n int, mode model.RebuildMode) (moment, bool) {
	last := w.crashAt(n)
	_, err := w.run(mode)
	if last.n == 0 && err != nil {
		w.t.Errorf("%s: without a crash: %v", mode, err)
	}
	return *last, last.n > 0
}

// resumeAfterCrash resumes the rebuild and returns the outcome.
func resumeAfterCrash(w *world) string {
	w.t.Helper()
	all, err := w.journal().List()
	if err != nil {
		w.t.Fatal(err)
	}
	had := len(all) > 0
	w.at = func(m moment) error {
		if m.call != "POST" || m.when != before {
			return nil
		}
		for _, r := range w.server.named(w.old.Name) {
			if r.id != w.old.ID && (m.what != "candidate") == (r.name == w.old.Name) {
				w.t.Errorf("%s although it was created already", m)
			}
		}
		return nil
	}
	result, err := w.resume()
	if err != nil {
		w.t.Errorf("resume: %+v, %v", result, err)
	}
	which := w.wantWhole()
	switch {
	case which == "old" && !had:
		return "untouched"
	case which == "new" && !had:
		return "rebuilt already"
	case which == "new":
		return "resumed"
	default:
		return which + " stays" // wrong: only the new one is right
	}
}

// crashesOf returns one crash for each different set of files that a crash can leave.
func crashesOf(w *world) map[string]durabletest.Crash {
	kinds := make(map[string]durabletest.Crash)
	for _, how := range durabletest.Crashes() {
		kinds[fmt.Sprintf("%q", w.disk.FilesAfter(w.dir, how))] = how
	}
	return kinds
}

// TestCrash stops the machine at every call and disk operation of a rebuild, with every
// set of files that can be left, and resumes. The invariant is checked at every moment
// of both runs.
func TestCrash(t *testing.T) {
	t.Parallel()
	var table matrix
	for _, mode := range modes() {
		for n := 1; ; n++ {
			w := newWorld(t, agents())
			m, crashed := crash(w, n, mode)
			if !crashed {
				if n < 20 {
					t.Errorf("%s: only %d moments", mode, n)
				}
				break
			}
			for _, how := range crashesOf(w) {
				outcome := resumeAfterCrash(w.next(how))
				table.add(m.String(), string(mode), outcome)
				if outcome == "old stays" {
					t.Errorf("%s, crash at %d, %s (%s): %s", mode, n, m, how, outcome)
				}
			}
			if t.Failed() {
				t.Fatalf("%s, crash at %d, %s", mode, n, m)
			}
		}
	}
	table.print(t, "moment of the crash x mode -> what the next start made of it")
}

// TestCrashDuringResume also stops the machine at every moment of the resumed run, for
// every kind of moment of the first run.
func TestCrashDuringResume(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	t.Parallel()
	var table matrix
	for _, mode := range modes() {
		seen := map[string]int{}
		for n := 1; ; n++ {
			w := newWorld(t, agents())
			m, crashed := crash(w, n, mode)
			if !crashed {
				break
			}
			if seen[m.String()]++; seen[m.String()] > 1 || len(w.disk.FilesAfter(w.dir, durabletest.LazyPowerCut)) == 0 {
				continue // the polls of a wait are all alike, and without an entry there is no recovery
			}
			again := map[string]bool{}
			for k := 1; ; k++ {
				second := w.next(durabletest.LazyPowerCut)
				second.at = func(m moment) error {
					if m.n < k || again[m.String()] {
						return nil
					}
					again[m.String()] = true
					return second.die()
				}
				if _, err := second.resume(); err == nil || !errors.Is(err, errDead) {
					break
				}
				table.add(m.String(), string(mode), resumeAfterCrash(second.next(durabletest.LazyPowerCut)))
				if t.Failed() {
					t.Fatalf("%s, crashes at %d, %s and %d of the recovery", mode, n, m, k)
				}
			}
		}
	}
	table.print(t, "moment of the first crash x mode -> what became of it after a second one")
}

// TestCrashAfterCandidateFailed stops a rebuild whose candidate fails: the old snapshot
// stays and no candidate is left.
func TestCrashAfterCandidateFailed(t *testing.T) {
	t.Parallel()
	var table matrix
	failing := agents()
	failing.dockerfile += "RUN false\n"
	for n := 1; ; n++ {
		w := newWorld(t, failing)
		last := w.crashAt(n)
		_, err := w.run(model.VerifyFirst)
		if last.n == 0 {
			if !errors.As(err, new(*rebuild.BuildError)) {
				t.Errorf("without a crash: %v", err)
			}
			break
		}
		for _, how := range crashesOf(w) {
			next := w.next(how)
			result, err := next.resume()
			if result.Accepted() || result.Outcome != "" && (result.Outcome != model.OutcomeUntouched || err == nil) {
				t.Errorf("crash at %d, %s: %+v, %v", n, last, result, err)
			}
			if which := next.wantWhole(); which != "old" {
				t.Errorf("crash at %d, %s: it is the %s one", n, last, which)
			}
			table.add(last.String(), "candidate fails", "old stays")
		}
	}
	table.print(t, "moment of the crash -> what the next start made of it")
}

// fillDiskAt fills the disk at operation n, and returns the first one that fails.
func (w *world) fillDiskAt(n int) (failing *string) {
	ops, failing := 0, new(string)
	w.disk.Before = func(op durabletest.Op) error {
		if ops++; ops < n || op.Name == "remove" {
			return nil
		}
		if *failing == "" {
			*failing = op.Name
		}
		return durabletest.ErrFull
	}
	return failing
}

// TestFullDisk fills the disk at every disk operation. Before the delete the rebuild
// must stop, after it the rebuild must continue.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	var table matrix
	for _, mode := range modes() {
		for n := 1; ; n++ {
			w := newWorld(t, agents())
			work := w.workflow()
			deleted, first := false, w.fillDiskAt(n)
			w.at = func(m moment) error {
				deleted = deleted || m.call == "DELETE"
				return nil
			}
			result, err := work.Run(t.Context(), w.plan(mode), w.record)
			failing := *first
			if failing == "" {
				break
			}
			switch {
			case err == nil && result.Outcome == model.OutcomeRebuilt:
			case errors.Is(err, durabletest.ErrFull) && result.Outcome == model.OutcomeUntouched && !deleted:
			default:
				t.Errorf("%s, full at %d (%s): %+v, %v", mode, n, failing, result, err)
			}
			w.hookDisk() // the disk is no longer full
			table.add(failing, string(mode), string(result.Outcome))
			if _, err := w.resume(); err != nil {
				t.Errorf("%s, full at %d (%s): resume: %v", mode, n, failing, err)
			}
			if which := w.wantWhole(); (which == "old") != (result.Outcome == model.OutcomeUntouched) {
				t.Errorf("%s, full at %d (%s): it is the %s one", mode, n, failing, which)
			}
		}
	}
	table.print(t, "disk operation from which on the disk is full x mode -> outcome")
	if !slices.Contains(table.rows, "sync") {
		t.Errorf("only %v were tried", table.rows)
	}
}

// TestJournalNotWritable refuses a rebuild if the recipe cannot be saved.
func TestJournalNotWritable(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := rebuild.OpenJournal(filepath.Join(file, "rebuilds"))
	if err == nil {
		t.Fatal("a directory below a file")
	}
	p := rebuild.Preflight(model.RebuildRequest{Snapshot: w.old, Mode: model.InPlace, Now: w.clock.Now(), JournalErr: err})
	if !p.Refused() || p.Refusals[0].Reason != model.ReasonJournal {
		t.Errorf("refusals %v", p.Refusals)
	}
}
