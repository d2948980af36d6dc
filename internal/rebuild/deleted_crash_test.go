package rebuild_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"daytona/snapdeck/internal/durable/durabletest"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// deleteAndRestore deletes the snapshot, waits until a GET says 404, and restores it.
func (w *world) deleteAndRestore() error {
	w.t.Helper()
	work := w.workflow()
	saved, err := work.SaveRecipe(w.old)
	if err != nil {
		return err
	}
	if err := work.Delete(w.t.Context(), saved); err != nil {
		return err
	}
	for {
		_, err := w.Get(w.t.Context(), w.old.ID)
		if model.CodeOf(err) == model.NotFound {
			break
		}
		if err != nil {
			return err
		}
		_ = w.clock.Sleep(w.t.Context(), time.Second)
	}
	_, err = w.restore(w.deleted()[0])
	return err
}

// recoverDeleted does what a user does at the next start: resume what was interrupted, and
// restore the snapshot if it does not exist.
func (w *world) recoverDeleted() string {
	w.t.Helper()
	w.at = func(m moment) error {
		if rows := w.server.named(w.old.Name); m.call == "POST" && m.when == before && len(rows) > 0 {
			w.t.Errorf("%s although it exists", m)
		}
		return nil
	}
	how := "exists"
	if all, err := w.journal().List(); err != nil || len(all) > 0 {
		how = "resumed"
		if result, err := w.resume(); err != nil {
			w.t.Errorf("resume: %+v, %v", result, err)
		}
	}
	_ = w.clock.Sleep(w.t.Context(), time.Minute)
	if len(w.server.named(w.old.Name)) == 0 {
		how = "restored"
		all := w.deleted()
		if len(all) != 1 || all[0].Err != nil {
			w.t.Fatalf("it is deleted, and the recipes are %+v", all)
		}
		if result, err := w.restore(all[0]); err != nil {
			w.t.Errorf("restore: %+v, %v", result, err)
		}
	}
	if rows := w.server.named(w.old.Name); len(rows) == 1 && rows[0].id == w.old.ID {
		how = "the old one exists"
		for _, saved := range w.deleted() { // of a delete that was not sent
			if err := w.journal().Purge(saved.ID); err != nil {
				w.t.Error(err)
			}
		}
	}
	w.wantWhole()
	return how
}

// crashAt stops the machine at moment n and returns the moment.
func (w *world) crashAt(n int) *moment {
	var last moment
	w.at = func(m moment) error {
		if m.n < n {
			return nil
		}
		last = m
		return w.die()
	}
	return &last
}

// TestCrashOfDeleteAndRestore stops the machine at every call and disk operation of a delete
// and a restore, with every set of files that can be left, and then at every moment of the
// resumed run. The invariant is checked at every moment of all runs.
func TestCrashOfDeleteAndRestore(t *testing.T) {
	t.Parallel()
	var table, second matrix
	seen := map[string]bool{}
	for n := 1; ; n++ {
		w := newWorld(t, agents())
		m := w.crashAt(n)
		err := w.deleteAndRestore()
		if m.n == 0 {
			if err != nil || n < 20 {
				t.Errorf("without a crash: %v after %d moments", err, n)
			}
			break
		}
		for _, how := range crashesOf(w) {
			table.add(m.String(), "delete and restore", w.next(how).recoverDeleted())
			if t.Failed() {
				t.Fatalf("crash at %d, %s (%s)", n, *m, how)
			}
		}
		if seen[m.String()] || testing.Short() {
			continue // the polls of a wait are all alike
		}
		seen[m.String()] = true
		for k := 1; ; k++ {
			next := w.next(durabletest.LazyPowerCut)
			again := next.crashAt(k)
			if _, err := next.resume(); again.n == 0 {
				if err != nil {
					t.Errorf("resume without a crash: %v", err)
				}
				break
			}
			second.add(m.String(), "crash of the resumed run", next.next(durabletest.LazyPowerCut).recoverDeleted())
			if t.Failed() {
				t.Fatalf("crashes at %d, %s and %d of the recovery, %s", n, *m, k, *again)
			}
		}
	}
	table.print(t, "moment of the crash -> what the next start made of it")
	second.print(t, "moment of the first crash -> what became of it after a second one")
}

// TestFaultsOfDeleteAndRestore combines every kind of call of a restore with every fault, the
// first time and every time. Then the faults end.
func TestFaultsOfRestore(t *testing.T) {
	t.Parallel()
	var table matrix
	for _, call := range []string{"GET regions", "GET access", "GET name", "GET new", "POST name"} {
		for _, fault := range callFaults() {
			for _, times := range []int{1, 1 << 30} {
				w := newWorld(t, agents())
				saved, met := w.delete(), 0
				w.at = func(m moment) error {
					if m.when != fault.when || m.call+" "+m.what != call {
						return nil
					}
					if met++; met > times {
						return nil
					}
					return fault.err()
				}
				result, err := w.restore(saved)
				if done := result.Outcome == model.OutcomeRebuilt && result.Entry == ""; done != (err == nil) {
					t.Errorf("%+v with %v", result, err)
				}
				outcome := string(result.Outcome) + ", then " + w.recoverDeleted()
				table.add(fault.name, call, outcome)
				if t.Failed() {
					t.Fatalf("%s meets %s, %d times: %s", call, fault.name, times, outcome)
				}
			}
		}
	}
	table.print(t, "fault x call of a restore (once or always) -> outcome")
}

// TestFullDiskAtDelete fills the disk at every disk operation of a delete and a restore.
// Without a saved recipe no delete is sent, and a restore that starts continues.
func TestFullDiskAtDelete(t *testing.T) {
	t.Parallel()
	var table matrix
	for n := 1; ; n++ {
		w := newWorld(t, agents())
		w.journal() // creates the directory
		first := w.fillDiskAt(n)
		err := w.deleteAndRestore()
		failing := *first
		if failing == "" {
			break
		}
		w.hookDisk() // the disk is no longer full
		outcome := fmt.Sprint("done ", err == nil)
		if err != nil && !errors.Is(err, durabletest.ErrFull) {
			t.Errorf("full at %d (%s): %v", n, failing, err)
		}
		outcome += ", then " + w.recoverDeleted()
		table.add(failing, "delete and restore", outcome)
		if t.Failed() {
			t.Fatalf("full at %d (%s): %s", n, failing, outcome)
		}
	}
	table.print(t, "disk operation from which on the disk is full -> outcome")
}

// TestRestoreFromTwoDashboards restores one snapshot twice at the same time.
func TestRestoreFromTwoDashboards(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	saved := w.delete()
	var second error
	w.at = func(m moment) error {
		if m.call == "POST" && m.when == before {
			w.at = nil
			_, second = w.restore(saved)
		}
		return nil
	}
	if result, err := w.restore(saved); err != nil || !errors.Is(second, rebuild.ErrInUse) {
		t.Errorf("first: %+v, %v; second: %v", result, err, second)
	}
	w.wantWhole()
}
