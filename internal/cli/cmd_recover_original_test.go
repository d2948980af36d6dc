package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// newer is a Dockerfile that no demo snapshot has.
const newer = "FROM docker.io/library/alpine:3.21\nRUN echo edited\n"

// cutEdit interrupts a rebuild with an edited Dockerfile. It returns the old one and the entry
// that is left.
func (b *rebuildTest) cutEdit(at string, verifyFirst bool) (old string, left rebuild.Entry) {
	b.t.Helper()
	q := b.rebuildRequest(builtName)
	old, _ = q.Snapshot.Dockerfile()
	q.Dockerfile = new(newer)
	b.interrupt(q, at, verifyFirst)
	return old, b.entries()[0].Entry
}

// kept returns the contents of the saved Dockerfiles.
func (b *rebuildTest) kept(pattern string) (all []string) {
	b.t.Helper()
	files, err := filepath.Glob(filepath.Join(b.journalDir(), pattern+".Dockerfile"))
	if err != nil {
		b.t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			b.t.Fatal(err)
		}
		all = append(all, string(data))
	}
	return all
}

func TestRestoreOldDockerfile(t *testing.T) {
	t.Parallel()
	for _, verifyFirst := range []bool{false, true} {
		b := newRebuildTest(t, demo.Key)
		old, e := b.cutEdit("DELETE", verifyFirst)
		if got := b.recover("", ""); !strings.Contains(got.err, "--original ID restores the old Dockerfile") {
			t.Errorf("list: %+v", got)
		}
		release := b.held(e.ID)
		if got := b.recover("", "", "--original", e.ID); got.code != 1 || !strings.Contains(got.err, e.ID+" is unchanged: another snapdeck is working on it") {
			t.Errorf("in use: %+v", got)
		}
		release()
		got := b.recover("", "", "--original", e.ID)
		if got.code != 0 || !strings.HasPrefix(got.out, builtName+": old Dockerfile restored, edited one saved in "+b.journalDir()) || !strings.Contains(got.err, "resume with snapdeck recover --resume") {
			t.Errorf("%+v", got)
		}
		if got := b.recover("", "", "--original", e.ID); got.code != 1 || !strings.Contains(got.err, "already") {
			t.Errorf("twice: %+v", got)
		}
		if got := b.recover(b.api.URL(), demo.Key); !strings.Contains(got.out, "old Dockerfile restored") || strings.Contains(got.err, "--original") {
			t.Errorf("list: %+v", got)
		}
		got = b.recover(b.api.URL(), demo.Key, "--resume", "--yes")
		if got.code != 0 || len(b.entries()) > 0 || strings.Contains(got.err, "Dockerfile saved in") {
			t.Errorf("%+v, left %+v", got, b.entries())
		}
		s, err := b.api.Get(t.Context(), builtName)
		if err != nil {
			t.Fatal(err)
		}
		if is, _ := s.Dockerfile(); is != old {
			t.Errorf("made from %q, want %q", is, old)
		}
		if edits := b.kept("*-edited-*"); len(edits) != 1 || !strings.HasPrefix(edits[0], newer) {
			t.Errorf("of the edit is kept %q", edits)
		}
		for _, record := range b.logged() {
			if record.Action == "recover --original" && !record.Failed && record.Result == "old Dockerfile restored" && record.ID == e.Old.ID {
				return
			}
		}
		t.Errorf("the log is %q", brief(b.logged()))
	}
}

func TestOldDockerfilePath(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	old, _ := b.cutEdit("DELETE", false)
	got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes")
	if got.code != 0 || !strings.Contains(got.err, builtName+": old Dockerfile saved in "+b.journalDir()) {
		t.Errorf("%+v", got)
	}
	if kept := b.kept("*"); len(kept) != 1 || kept[0] != old {
		t.Errorf("kept %q, want %q", kept, old)
	}
}

func TestNoDockerfileToRestore(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "DELETE", false)
	b.unknownVersion()
	id := b.entries()[1].ID
	for _, tc := range []struct{ id, says string }{
		{id, id + " is unchanged: its Dockerfile was not edited"},
		{"0123456789ab", "version 9"},
		{"../x", "snapdeck recover lists them"},
	} {
		if got := b.recover("", "", "--original", tc.id); got.code != 1 || got.out != "" || !strings.Contains(got.err, tc.says) || strings.Count(got.err, "\n") != 1 {
			t.Errorf("%s: %+v", tc.id, got)
		}
	}
	if got := b.recover("", ""); strings.Contains(got.err, "--original") {
		t.Errorf("offered in vain: %+v", got)
	}
	for _, other := range []string{"--resume", "--discard=x"} {
		if got := b.recover("", "", "--original", id, other); got.code != 2 || !strings.Contains(got.err, "exclude each other") {
			t.Errorf("%s: %+v", other, got)
		}
	}
	if got := runIn(t, b.home, nil, "__complete", "recover", "--original", ""); !strings.HasPrefix(got.out, ":") {
		t.Errorf("completed %q", got.out)
	}

	// The create was accepted, only the candidate is left.
	b = newRebuildTest(t, demo.Key)
	old, e := b.cutEdit(model.StepCleanup.Label(), true)
	got := b.recover("", "", "--original", e.ID)
	_, path, said := strings.Cut(strings.TrimSpace(got.err), "; the old Dockerfile is in ")
	if kept, err := os.ReadFile(path); got.code != 1 || !said || err != nil || string(kept) != old {
		t.Errorf("%+v; in %s is %q, %v", got, path, kept, err)
	}
}

func TestOriginalCompletes(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	b.interruptAfter(pulledName, "DELETE", false)
	b.cutEdit("DELETE", false)
	for _, one := range b.entries() {
		if one.Entry.Old.Name != builtName {
			continue
		}
		got := runIn(t, b.home, nil, "__complete", "recover", "--original", "")
		if want := one.ID + "\t" + builtName + "\n:4\n"; !strings.HasPrefix(got.out, want) {
			t.Errorf("completed %q, want %q", got.out, want)
		}
	}
}

// TestDiscardPrintsBothDockerfiles if they differ: this is the last copy of both.
func TestDiscardPrintsBothDockerfiles(t *testing.T) {
	t.Parallel()
	for _, back := range []bool{false, true} {
		b := newRebuildTest(t, demo.Key)
		old, e := b.cutEdit("DELETE", false)
		if back {
			if got := b.recover("", "", "--original", e.ID); got.code != 0 {
				t.Errorf("%+v", got)
			}
		}
		got := b.recover("", "", "--discard", e.ID)
		var printed struct{ Original, Edited model.Recipe }
		if err := json.Unmarshal([]byte(got.out), &printed); got.code != 0 || err != nil {
			t.Fatalf("%+v, %v", got, err)
		}
		for which, recipe := range map[string]model.Recipe{old: printed.Original, newer: printed.Edited} {
			if recipe.Name != builtName || recipe.BuildInfo == nil || recipe.BuildInfo.DockerfileContent != which {
				t.Errorf("back %v: printed %+v, want %q", back, recipe, which)
			}
		}
	}
}
