package rebuild_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/internal/durable/durabletest"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// deny makes the server refuse every create with a Dockerfile.
func deny(w *world, dockerfile string) {
	w.server.refuse = func(recipe model.Recipe) error {
		if recipe.BuildInfo.DockerfileContent == dockerfile {
			return fault(model.Invalid, 400, "Dockerfile is not valid")
		}
		return nil
	}
}

// TestRestoreDockerfileAfterRefusal refuses the edited Dockerfile after the old
// snapshot was deleted: resuming would send it again and again.
func TestRestoreDockerfileAfterRefusal(t *testing.T) {
	t.Parallel()
	w := newEdit(t)
	deny(w, edited)
	result, err := w.run(model.InPlace)
	if result.Outcome != model.OutcomeUnfinished || codeOf(err) != model.Invalid {
		t.Fatalf("%+v, %v", result, err)
	}
	hint := "snapdeck recover --original " + result.Entry + " restores the old Dockerfile"
	if e := w.only(); !strings.HasSuffix(err.Error(), " · "+hint) || e.Err != err.Error() {
		t.Errorf("%v, entry error %q; want %q", err, e.Err, hint)
	}
	if kept, err := os.ReadFile(result.Replaced); err != nil || string(kept) != dockerfile {
		t.Errorf("kept %q, %v", kept, err)
	}
	_ = w.clock.Sleep(t.Context(), time.Minute)
	file, err := w.journal().RestoreDockerfile(result.Entry, w.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	if kept, err := os.ReadFile(file); err != nil || string(kept) != edited || !strings.Contains(file, "node-20-agents-edited-2026") {
		t.Errorf("the edit in %s: %q, %v", file, kept, err)
	}
	if e := w.only(); e.Err != "" || e.Edited == nil || !e.Updated.Equal(w.clock.Now()) {
		t.Errorf("entry %+v", e)
	}
	result, err = w.resume()
	if err != nil || result.Outcome != model.OutcomeRebuilt || result.Replaced != "" {
		t.Errorf("resume: %+v, %v", result, err)
	}
	if content, _ := result.New.Dockerfile(); content != dockerfile {
		t.Errorf("made from %q", content)
	}
	w.wantWhole()
}

// TestHintOnlyAfterEdit suggests restoring the old Dockerfile only if it was edited.
func TestHintOnlyAfterEdit(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		edited string
		err    error
	}{
		"no edit":       {"", fault(model.Invalid, 400, "No available runners")},
		"no permission": {edited, fault(model.Forbidden, 403, "Access denied")},
	}
	for name, test := range tests {
		w := newWorld(t, agents())
		w.edited = test.edited
		w.at = func(m moment) error { // the server check passes
			if m.call == "DELETE" {
				w.server.deny = test.err
			}
			return nil
		}
		if result, err := w.run(model.InPlace); result.Outcome != model.OutcomeUnfinished || err == nil || strings.Contains(err.Error(), "--original") {
			t.Errorf("%s: %+v, %v", name, result, err)
		}
	}
	// The server can refuse the old Dockerfile, too.
	w := newEdit(t)
	w.server.deny = fault(model.Invalid, 400, "No available runners")
	result, _ := w.run(model.InPlace)
	w.revert()
	if _, err := w.resume(); err == nil || strings.Contains(err.Error(), "--original") {
		t.Errorf("gone back: %v", err)
	}
	w.server.deny = nil
	if _, err := w.resume(); err != nil || result.Entry == "" {
		t.Error(err)
	}
	w.wantWhole()
}

// TestRestoreDockerfileInOlderEntry restores the Dockerfile in an entry of an older
// program, which has only the old snapshot.
func TestRestoreDockerfileInOlderEntry(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		w := newEdit(t)
		w.on("POST", "name", before, w.die)
		_, _ = w.run(mode)
		w = w.next(durabletest.LazyPowerCut)
		for _, replaced := range []string{w.only().Replaced, ""} {
			e := w.only()
			e.Replaced = replaced
			original, is, ok := e.Recipes()
			if !ok || original.BuildInfo.DockerfileContent != dockerfile || !strings.HasPrefix(is.BuildInfo.DockerfileContent, edited) {
				t.Errorf("%s: %+v, %+v, %v", mode, original, is, ok)
			}
			is.BuildInfo = original.BuildInfo
			if diff := cmp.Diff(original, is); diff != "" {
				t.Errorf("%s: more than the Dockerfile differs:\n%s", mode, diff)
			}
		}
	}
	for _, mode := range modes() {
		_, one := withUnfinished(t, mode)
		if original, is, ok := one.Entry.Recipes(); ok || cmp.Diff(original, one.Entry.Recipe) != "" || cmp.Diff(is, original) != "" {
			t.Errorf("%s: it was not edited", mode)
		}
	}
}

func TestRestoreDockerfileRefusals(t *testing.T) {
	t.Parallel()
	w, one := withUnfinished(t, model.InPlace)
	if _, err := w.journal().RestoreDockerfile(one.ID, w.clock.Now()); !errors.Is(err, rebuild.ErrNotEdited) {
		t.Errorf("not edited: %v", err)
	}
	if _, err := w.journal().RestoreDockerfile("nothing", w.clock.Now()); !errors.Is(err, rebuild.ErrNoEntry) {
		t.Errorf("an unknown id: %v", err)
	}

	w = newEdit(t)
	tried := false
	w.at = func(m moment) error {
		if m.call == "POST" && m.when == before {
			tried = true
			if _, err := w.journal().RestoreDockerfile(w.only().ID, w.clock.Now()); !errors.Is(err, rebuild.ErrInUse) {
				t.Errorf("in use: %v", err)
			}
			return w.die()
		}
		return nil
	}
	if _, err := w.run(model.InPlace); !tried || !errors.Is(err, errDead) {
		t.Fatal(err)
	}
	w = w.next(durabletest.Killed)
	w.revert()
	if _, err := w.journal().RestoreDockerfile(w.only().ID, w.clock.Now()); !errors.Is(err, rebuild.ErrAlreadyRestored) {
		t.Errorf("twice: %v", err)
	}

	// The candidate is still to be removed: an accepted create cannot be changed.
	w = newEdit(t)
	w.on("DELETE", "candidate", before, w.die)
	_, _ = w.run(model.VerifyFirst)
	w = w.next(durabletest.LazyPowerCut)
	if _, err := w.journal().RestoreDockerfile(w.only().ID, w.clock.Now()); !errors.Is(err, rebuild.ErrAlreadyAccepted) {
		t.Errorf("accepted: %v", err)
	}

	w = newWorld(t, agents())
	w.edited = edited + "RUN false\n"
	w.on("DELETE", "candidate", before, w.die)
	_, _ = w.run(model.VerifyFirst)
	w = w.next(durabletest.LazyPowerCut)
	if _, err := w.journal().RestoreDockerfile(w.only().ID, w.clock.Now()); !errors.Is(err, rebuild.ErrAbandoned) {
		t.Errorf("given up: %v", err)
	}
}

// TestRestoreDockerfileKeepsOldSnapshot restores the Dockerfile while the old snapshot
// exists: it stays and the candidate is removed.
func TestRestoreDockerfileKeepsOldSnapshot(t *testing.T) {
	t.Parallel()
	tests := []struct {
		mode       model.RebuildMode
		call, what string
		when       phase
	}{
		{model.InPlace, "DELETE", "old", before},
		{model.VerifyFirst, "POST", "candidate", before},
		{model.VerifyFirst, "POST", "candidate", after},
		{model.VerifyFirst, "DELETE", "old", before},
	}
	for _, test := range tests {
		w := newEdit(t)
		w.on(test.call, test.what, test.when, w.die)
		if _, err := w.run(test.mode); !errors.Is(err, errDead) {
			t.Fatal(err)
		}
		w = w.next(durabletest.LazyPowerCut)
		w.revert()
		w.at = func(m moment) error {
			if m.call == "POST" || m.call == "DELETE" && m.what == "old" {
				t.Errorf("%+v: %s", test, m)
			}
			return nil
		}
		result, err := w.resume()
		if result.Outcome != model.OutcomeUntouched || result.Entry != "" || err == nil || !strings.Contains(err.Error(), "nothing to do") {
			t.Errorf("%+v: %+v, %v", test, result, err)
		}
		if which := w.wantWhole(); which != "old" {
			t.Errorf("%+v: it is the %s one", test, which)
		}
	}
}

// TestRestoreDockerfileWithLateDelete carries out the delete of the killed run after
// the old snapshot was found: it is created again.
func TestRestoreDockerfileWithLateDelete(t *testing.T) {
	t.Parallel()
	for _, late := range []time.Duration{5 * time.Second, 14 * time.Second} {
		w := newEdit(t)
		w.on("DELETE", "old", before, w.die)
		_, _ = w.run(model.InPlace)
		w = w.next(durabletest.LazyPowerCut)
		w.revert()
		started, landed := w.clock.Now(), false
		w.at = func(m moment) error {
			if m.call == "GET" && m.when == before && !landed && w.clock.Now().Sub(started) > late {
				landed = true
				return w.server.Delete(t.Context(), w.old.ID)
			}
			return nil
		}
		if result, err := w.resume(); err != nil || result.Outcome != model.OutcomeRebuilt {
			t.Errorf("%v: %+v, %v", late, result, err)
		}
		if which := w.wantWhole(); which != "new" {
			t.Errorf("%v: it is the %s one", late, which)
		}
	}
}

// TestRestoreDockerfileOfVerifiedRebuild restores the Dockerfile after the delete: the
// new snapshot has the old Dockerfile, and the candidate is removed.
func TestRestoreDockerfileOfVerifiedRebuild(t *testing.T) {
	t.Parallel()
	for _, moment := range []struct {
		call, what string
		when       phase
	}{{"DELETE", "old", after}, {"POST", "name", before}} {
		w := newEdit(t)
		w.on(moment.call, moment.what, moment.when, w.die)
		if _, err := w.run(model.VerifyFirst); !errors.Is(err, errDead) {
			t.Fatal(err)
		}
		w = w.next(durabletest.LazyPowerCut)
		candidate := w.only().Candidate
		w.revert()
		if diff := cmp.Diff(candidate, w.only().Candidate); diff != "" {
			t.Errorf("the candidate was changed:\n%s", diff)
		}
		result, err := w.resume()
		if err != nil || result.Outcome != model.OutcomeRebuilt {
			t.Fatalf("%+v, %v", result, err)
		}
		if content, _ := result.New.Dockerfile(); content != dockerfile {
			t.Errorf("made from %q", content)
		}
		if which := w.wantWhole(); which != "new" {
			t.Errorf("it is the %s one", which)
		}
	}
}

// TestRestoreDockerfileAfterAcceptedEdit restores the Dockerfile after the server
// accepted the edited one and the answer was lost: the snapshot stays and the error
// says so.
func TestRestoreDockerfileAfterAcceptedEdit(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		w := newEdit(t)
		w.on("POST", "name", after, w.die)
		_, _ = w.run(mode)
		w = w.next(durabletest.LazyPowerCut)
		w.revert()
		result, err := w.resume()
		taken, ok := errors.AsType[*rebuild.NameTakenError](err)
		if !ok || !taken.Edited || result.Outcome != model.OutcomeUnfinished || result.Entry == "" || !strings.Contains(err.Error(), "discard") {
			t.Errorf("%s: %+v, %v", mode, result, err)
		}
		if rows := w.server.named(w.old.Name); len(rows) != 1 || !strings.HasPrefix(rows[0].dockerfile, edited) {
			t.Errorf("%s: the server has %+v", mode, rows)
		}
		if err := w.workflow().Discard(t.Context(), result.Entry, nil); err != nil {
			t.Errorf("%s: discard: %v", mode, err)
		}
		w.wantWhole()
	}
}

// TestCrashDuringRestoreDockerfile stops the machine, or fills the disk, at every disk
// operation: both Dockerfiles are there afterwards, and the rebuild can be resumed.
func TestCrashDuringRestoreDockerfile(t *testing.T) {
	t.Parallel()
	for n := 1; ; n++ {
		w := newEdit(t)
		w.on("POST", "name", before, w.die)
		_, _ = w.run(model.InPlace)
		w = w.next(durabletest.LazyPowerCut)
		id := w.only().ID
		journal, ops, crashed := w.journal(), 0, false
		w.at = func(moment) error {
			if ops++; ops == n {
				crashed = true
				return w.die()
			}
			return nil
		}
		_, err := journal.RestoreDockerfile(id, w.clock.Now())
		if !crashed {
			if err != nil || n < 10 {
				t.Errorf("%v after %d operations", err, n)
			}
			break
		}
		for _, how := range crashesOf(w) {
			next := w.next(how)
			original, is, ok := next.only().Recipes()
			if !ok || original.BuildInfo.DockerfileContent != dockerfile || is.BuildInfo.DockerfileContent != edited {
				t.Errorf("%d, %s: %+v, %+v", n, how, original, is)
			}
			if _, err := next.resume(); err != nil {
				t.Errorf("%d, %s: resume: %v", n, how, err)
			}
			next.wantWhole()
		}
	}
	w := newEdit(t)
	w.on("POST", "name", before, w.die)
	_, _ = w.run(model.InPlace)
	w = w.next(durabletest.LazyPowerCut)
	id, journal := w.only().ID, w.journal()
	w.disk.Before = func(durabletest.Op) error { return durabletest.ErrFull }
	if _, err := journal.RestoreDockerfile(id, w.clock.Now()); !errors.Is(err, durabletest.ErrFull) || w.only().Edited != nil {
		t.Errorf("a full disk: %v", err)
	}
}
