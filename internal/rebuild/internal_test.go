package rebuild

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// never is an API that must not be called.
type never struct {
	API
	t *testing.T
}

func (n never) Delete(context.Context, string) error {
	n.t.Error("DELETE")
	return nil
}

// emptyJournal returns a journal, and an entry for it.
func emptyJournal(t *testing.T) (*Journal, Entry) {
	t.Helper()
	journal, err := OpenJournal(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return journal, Entry{
		ID: "a", Target: Target{APIURL: "x"}, Mode: model.InPlace, Step: model.StepDelete,
		Old: OldSnapshot{ID: "1", Name: "n"}, Recipe: model.Recipe{Name: "n"},
	}
}

// TestNoDeleteWithoutAnEntry tries what the types do not prevent.
func TestNoDeleteWithoutAnEntry(t *testing.T) {
	t.Parallel()
	journal, e := emptyJournal(t)
	r := remote{api: never{t: t}, timeout: time.Minute}
	for name, locked := range map[string]*lockedEntry{"nil": nil, "empty": {}, "not saved": {journal: journal, entry: e}} {
		if err := r.delete(t.Context(), locked, targetOld); !errors.Is(err, errEntryNotSaved) {
			t.Errorf("%s: %v", name, err)
		}
	}
	locked, err := journal.create(e)
	if err != nil {
		t.Fatal(err)
	}
	defer locked.release()
	locked.entry.Old.ID = "2"
	if err := r.delete(t.Context(), locked, targetOld); !errors.Is(err, errEntryNotSaved) {
		t.Errorf("of another snapshot: %v", err)
	}
	locked.entry.Old.ID, locked.entry.Candidate = "1", new(CandidateBuild)
	if err := r.delete(t.Context(), locked, targetCandidate); !errors.Is(err, errNothingToDelete) {
		t.Errorf("of an unknown candidate: %v", err)
	}
}

// TestNoDropWithoutProof keeps a recipe that may be needed.
func TestNoDropWithoutProof(t *testing.T) {
	t.Parallel()
	journal, e := emptyJournal(t)
	locked, err := journal.create(e)
	if err != nil {
		t.Fatal(err)
	}
	defer locked.release()
	now := time.Date(2026, 11, 24, 14, 33, 53, 0, time.UTC)
	accepted, sent := e, e
	accepted.NewID, sent.DeleteSent = "2", now.Add(time.Second-lateDelete)
	bad := map[string]proof{
		"no proof":               {},
		"not accepted yet":       newSeen(e),
		"accepted, not seen yet": newSeen(accepted),
		"not there":              oldExists(e, nil, now),
		"another":                oldExists(e, &model.Snapshot{ID: "2", State: model.StateActive}, now),
		"removing":               oldExists(e, &model.Snapshot{ID: "1", State: model.StateRemoving}, now),
		"a delete may happen":    oldExists(sent, &model.Snapshot{ID: "1", State: model.StateActive}, now),
	}
	for name, p := range bad {
		if err := locked.drop(p); !errors.Is(err, errNoProof) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := locked.checkSaved(); err != nil {
		t.Errorf("it is gone: %v", err)
	}
	if err := locked.drop(oldExists(sent, &model.Snapshot{ID: "1", State: model.StateInactive}, now.Add(time.Second))); err != nil {
		t.Error(err)
	}
}

func TestWithComment(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 24, 14, 33, 53, 0, time.FixedZone("", 3600))
	const stamp = "# snapdeck rebuild 2026-11-24T13:33:53Z 0123abcd\n"
	tests := map[string]string{
		"":                        stamp,
		"FROM a":                  "FROM a\n" + stamp,
		"FROM a\n":                "FROM a\n" + stamp,
		"FROM a\n\n":              "FROM a\n\n" + stamp,
		"FROM a\r\nRUN b\r\n":     "FROM a\r\nRUN b\r\n" + stamp,
		"FROM a\n" + stamp:        "FROM a\n" + stamp,
		stamp + "FROM a\n":        stamp + "FROM a\n" + stamp, // not ours: in the middle
		"FROM a\n#" + stamp:       "FROM a\n#" + stamp + stamp,
		"FROM a \\\n" + stamp[2:]: "FROM a \\\n" + stamp[2:] + stamp,
		"FROM a\n# snapdeck rebuild 2020-01-01T00:00:00Z ffffffff": "FROM a\n" + stamp,
	}
	for content, want := range tests {
		if got := withComment(content, "0123abcd", at); got != want {
			t.Errorf("stamped(%q)\n got %q\nwant %q", content, got, want)
		}
	}
	if a, b := nonce("id", at), nonce("id", at.Add(time.Nanosecond)); a == b || len(a) != 8 {
		t.Errorf("nonces %q and %q", a, b)
	}
}

func TestMadeFrom(t *testing.T) {
	t.Parallel()
	two := 2
	base := model.Recipe{
		Name: "a", CPU: &two, Memory: &two, Disk: &two, GPU: &two, RegionID: "us", SandboxClass: "container",
		BuildInfo: &model.RecipeBuild{DockerfileContent: "FROM x", ContextHashes: []string{"1", "2"}},
	}
	const same = `{"id":"1","name":"a","state":"building","cpu":2,"mem":2,"disk":2,"gpu":2,"regionIds":["eu","us"],
		"sandboxClass":"container","imageName":"","buildInfo":{"dockerfileContent":"FROM x","contextHashes":["2","1"]}}`
	tests := map[string]struct {
		old, changed string
		want         bool
	}{
		"the same":            {"", "", true},
		"an older server":     {`"sandboxClass":"container",`, ``, true},
		"no regions told":     {`"regionIds":["eu","us"],`, ``, true},
		"no CPU told":         {`"cpu":2,`, ``, true},
		"another name":        {`"name":"a"`, `"name":"b"`, false},
		"general":             {`"name":"a"`, `"general":true,"name":"a"`, false},
		"another CPU":         {`"cpu":2`, `"cpu":1`, false},
		"another memory":      {`"mem":2`, `"mem":1`, false},
		"another disk":        {`"disk":2`, `"disk":1`, false},
		"another GPU":         {`"gpu":2`, `"gpu":1`, false},
		"another region":      {`["eu","us"]`, `["eu"]`, false},
		"no region":           {`["eu","us"]`, `[]`, false},
		"another class":       {`"container"`, `"linux-vm"`, false},
		"another Dockerfile":  {`FROM x`, `FROM y`, false},
		"other hashes":        {`["2","1"]`, `["2"]`, false},
		"an image, not built": {`"imageName":"","buildInfo"`, `"imageName":"x","built"`, false},
	}
	for name, test := range tests {
		raw := strings.Replace(same, test.old, test.changed, 1)
		if raw == same && test.old != "" || !json.Valid([]byte(raw)) {
			t.Fatalf("%s: a bad test", name)
		}
		s, err := model.Decode([]byte(raw))
		if err != nil {
			t.Fatal(err)
		}
		if got := madeFrom(base, s); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}

	image := model.Recipe{Name: "a", ImageName: "x:1", Entrypoint: []string{"sh", " ", "-c"}}
	for raw, want := range map[string]bool{
		`{"id":"1","name":"a","imageName":"x:1","entrypoint":["sh","-c"]}`:                true,
		`{"id":"1","name":"a","imageName":"x:1","entrypoint":["sh"]}`:                     false,
		`{"id":"1","name":"a","imageName":"x:2","entrypoint":["sh","-c"]}`:                false,
		`{"id":"1","name":"a","imageName":"x:1","entrypoint":["sh","-c"],"buildInfo":{}}`: false,
	} {
		s, err := model.Decode([]byte(raw))
		if err != nil {
			t.Fatal(err)
		}
		if got := madeFrom(image, s); got != want {
			t.Errorf("%s: %v", raw, got)
		}
	}
}

func TestDockerfileName(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 24, 14, 33, 53, 0, time.FixedZone("", 3600))
	for name, want := range map[string]string{
		"node-20-agents":          "node-20-agents",
		"team/debian:12.9":        "team-debian-12-9",
		"../../etc/passwd":        "etc-passwd",
		"-rf":                     "rf",
		"\x1b]0;x\a\u202e":        "0-x",
		"":                        "snapshot",
		"日本":                      "snapshot",
		"con":                     "con",
		strings.Repeat("ab-", 99): strings.Repeat("ab-", 19) + "ab",
	} {
		if got := dockerfileName(name, at, "0123456789ab"); got != want+"-20261124T133353Z-0123456789ab.Dockerfile" {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// TestUnsavedNamesTheDirectory keeps the name of a temporary file out of the message.
func TestUnsavedNamesTheDirectory(t *testing.T) {
	t.Parallel()
	want := syscall.ENOSPC.Error() + " in " + filepath.Join("state", "rebuilds")
	for _, name := range []string{".1.deleted.tmp-A", "1.deleted.lock"} {
		err := inDirectory(&fs.PathError{Op: "write", Path: filepath.Join("state", "rebuilds", name), Err: syscall.ENOSPC})
		if err.Error() != want || !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
	unreadable := fmt.Errorf("read the saved recipes: %w", &fs.PathError{Op: "open", Path: filepath.Join("state", "rebuilds"), Err: fs.ErrNotExist})
	if err := inDirectory(unreadable); err.Error() != unreadable.Error() || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v, want %v", err, unreadable)
	}
}
