package rebuild_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daytona/snapdeck/internal/durable/durabletest"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// edited is the edited Dockerfile of [agents].
const edited = "FROM node:22-slim\nRUN npm ci --omit=dev\n"

// newEdit returns a world with an edited Dockerfile.
func newEdit(t *testing.T) *world {
	t.Helper()
	w := newWorld(t, agents())
	w.edited = edited
	return w
}

// only returns the one entry of the journal.
func (w *world) only() rebuild.Entry {
	w.t.Helper()
	all, err := w.journal().List()
	if err != nil || len(all) != 1 || all[0].Err != nil {
		w.t.Fatalf("journal %+v, %v", all, err)
	}
	return all[0].Entry
}

// TestEditedDockerfileFails accepts an edited Dockerfile that does not build: the old
// Dockerfile is in a file, and the events name it.
func TestEditedDockerfileFails(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	w.edited = edited + "RUN false\n"
	result, err := w.run(model.InPlace)
	if !errors.As(err, new(*rebuild.BuildError)) || result.Outcome != model.OutcomeBuildFailed || result.Entry != "" {
		t.Fatalf("%+v, %v", result, err)
	}
	kept, err := os.ReadFile(result.Replaced)
	if err != nil || string(kept) != dockerfile {
		t.Errorf("%s: %q, %v; want %q", result.Replaced, kept, err, dockerfile)
	}
	if base := filepath.Base(result.Replaced); !strings.HasPrefix(base, "node-20-agents-20261124T143353Z-") || !strings.HasSuffix(base, ".Dockerfile") {
		t.Errorf("it is called %s", base)
	}
	if info, err := os.Stat(result.Replaced); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	said := slices.ContainsFunc(w.events, func(e model.RebuildEvent) bool {
		return e.Step == model.StepSave && e.Phase == model.PhaseDone && e.Detail == "old Dockerfile saved in "+result.Replaced
	})
	if !said {
		t.Errorf("no event says so: %+v", w.events)
	}
	w.wantNoEntry()
}

// TestNoDockerfileSavedWithoutEdit saves no Dockerfile if it was not edited, and
// reports none if it was not replaced.
func TestNoDockerfileSavedWithoutEdit(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		w := newWorld(t, agents())
		if result, err := w.run(mode); err != nil || result.Replaced != "" || len(w.dockerfiles(durabletest.Killed)) > 0 {
			t.Errorf("%s: %+v, %v; kept %q", mode, result, err, w.dockerfiles(durabletest.Killed))
		}
		w = newEdit(t)
		w.on("DELETE", "old", "", func() error { return fault(model.Forbidden, 403, "Access denied") })
		if result, err := w.run(mode); result.Outcome != model.OutcomeUntouched || result.Replaced != "" {
			t.Errorf("%s: %+v, %v", mode, result, err)
		}
	}
}

// TestCrashWithEditedDockerfile is [TestCrash] with an edited Dockerfile.
func TestCrashWithEditedDockerfile(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		for n := 1; ; n++ {
			w := newEdit(t)
			m, crashed := crash(w, n, mode)
			if !crashed {
				break
			}
			for _, how := range crashesOf(w) {
				if outcome := resumeAfterCrash(w.next(how)); outcome == "old stays" || t.Failed() {
					t.Fatalf("%s, crash at %d, %s (%s): %s", mode, n, m, how, outcome)
				}
			}
		}
	}
}

// TestFullDiskWithEditedDockerfile fills the disk at every disk operation. If the old
// Dockerfile cannot be saved, nothing is deleted.
func TestFullDiskWithEditedDockerfile(t *testing.T) {
	t.Parallel()
	for n := 1; ; n++ {
		w := newEdit(t)
		work := w.workflow()
		ops, failing, deleted := 0, "", false
		w.disk.Before = func(op durabletest.Op) error {
			if ops++; ops < n || op.Name == "remove" {
				return nil
			}
			failing = op.Name + " " + filepath.Ext(op.Path)
			return durabletest.ErrFull
		}
		w.at = func(m moment) error {
			deleted = deleted || m.call == "DELETE"
			return nil
		}
		result, err := work.Run(t.Context(), w.plan(model.InPlace), w.record)
		if failing == "" {
			if n < 10 {
				t.Errorf("only %d operations", n)
			}
			break
		}
		w.hookDisk() // the disk is no longer full
		switch {
		case err == nil && result.Outcome == model.OutcomeRebuilt:
			w.wantNothingLeftBut(t, result)
		case errors.Is(err, durabletest.ErrFull) && result.Outcome == model.OutcomeUntouched && !deleted:
			if len(w.disk.FilesAfter(w.dir, durabletest.Killed)) > 0 {
				t.Errorf("full at %d (%s): litter", n, failing)
			}
		default:
			t.Errorf("full at %d (%s): %+v, %v", n, failing, result, err)
		}
	}
}

// wantNothingLeftBut resumes what a full disk interrupted.
func (w *world) wantNothingLeftBut(t *testing.T, result model.RebuildResult) {
	t.Helper()
	if _, err := w.resume(); err != nil {
		t.Errorf("resume: %v", err)
	}
	if kept, err := os.ReadFile(result.Replaced); err != nil || string(kept) != dockerfile {
		t.Errorf("kept %q, %v", kept, err)
	}
	w.wantNoEntry()
}

// TestSavedDockerfilesAreBounded keeps the newest hundred, and files with other names.
func TestSavedDockerfilesAreBounded(t *testing.T) {
	t.Parallel()
	w := newEdit(t)
	foreign := []string{"mine.Dockerfile", "a-20200101T000000Z-x.Dockerfile", "20200101T000000Z-0123456789ab.Dockerfile"}
	var own []string // oldest first, not in the order of the names
	for n := range 105 {
		at := w.clock.Now().Add(time.Duration(n-200) * time.Minute)
		own = append(own, fmt.Sprintf("%c-%s-0123456789ab.Dockerfile", 'z'-n%26, at.Format("20060102T150405Z")))
	}
	const unfinished = "aaaaaaaaaaaa.json" // an entry with the oldest Dockerfile
	foreign = append(foreign, unfinished, "a-20200101T000000Z-aaaaaaaaaaaa.Dockerfile")
	for _, name := range append(slices.Clone(own), foreign...) {
		if err := os.WriteFile(filepath.Join(w.dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_ = w.clock.Sleep(t.Context(), -1000*time.Hour) // a wrong clock must not evict the file just written
	w.edited = edited
	result, err := w.run(model.InPlace)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	files, err := os.ReadDir(w.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		left = append(left, file.Name())
	}
	want := append(slices.Clone(own[6:]), foreign...)
	want = append(want, filepath.Base(result.Replaced))
	slices.Sort(want)
	if !slices.Equal(left, want) {
		t.Errorf("left %d: %q\nwant %d: %q", len(left), left, len(want), want)
	}
}

// TestRandomFaultsWithEditedDockerfile is [TestRandomFaults] with an edit that may be
// restored in between.
func TestRandomFaultsWithEditedDockerfile(t *testing.T) {
	t.Parallel()
	all := callFaults()
	rapid.Check(t, func(rt *rapid.T) {
		w := newEdit(t)
		disturb := func(w *world) {
			left := 20
			w.at = func(m moment) error {
				if left == 0 || rapid.IntRange(1, 8).Draw(rt, m.String()) > 1 {
					return nil
				}
				left--
				if m.call == "disk" || rapid.IntRange(0, 5).Draw(rt, "crash") == 0 {
					return w.die()
				}
				for {
					if fault := rapid.SampledFrom(all).Draw(rt, "fault"); fault.when == m.when {
						return fault.err()
					}
				}
			}
		}
		disturb(w)
		_, _ = w.run(rapid.SampledFrom(modes()).Draw(rt, "mode")) // any outcome
		for range rapid.IntRange(0, 4).Draw(rt, "restarts") {
			w = w.next(rapid.SampledFrom(durabletest.Crashes()).Draw(rt, "crash"))
			disturb(w)
			if rapid.Bool().Draw(rt, "take it back") {
				w.revert()
			} else {
				_, _ = w.resume()
			}
		}
		w = w.next(durabletest.Killed)
		_ = w.clock.Sleep(t.Context(), time.Minute)
		for range 2 { // a reverted delete abandons the rebuild
			result, err := w.resume()
			if taken, ok := errors.AsType[*rebuild.NameTakenError](err); ok && taken.Edited {
				if err := w.workflow().Discard(t.Context(), result.Entry, nil); err != nil {
					rt.Fatal(err)
				}
			}
		}
		w.wantWhole()
		if t.Failed() {
			rt.Fatalf("see above")
		}
	})
}

// restoreDockerfile restores the old Dockerfile of the entry, if there is one.
func (w *world) revert() {
	w.t.Helper()
	journal := w.journal()
	all, err := journal.List()
	if err != nil {
		w.t.Fatal(err)
	}
	for _, one := range all {
		_, _ = journal.RestoreDockerfile(one.ID, w.clock.Now())
	}
}
