package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// recover runs the command in the home of the bench, with credentials for a server.
func (b *rebuildTest) recover(url, key string, args ...string) result {
	b.t.Helper()
	env := map[string]string{"DAYTONA_API_URL": url, "DAYTONA_API_KEY": key}
	if key == "" {
		env = nil
	}
	return runWith(b.t, b.streams(env), append([]string{"recover"}, args...)...)
}

// streams are those of a program in the home of the bench, on its clock.
func (b *rebuildTest) streams(env map[string]string) Environment {
	environment := newEnvironment(b.t, b.home, env)
	environment.Now, environment.Sleep = b.clock.Now, b.clock.Sleep
	return environment
}

// entries returns the entries of the journal.
func (b *rebuildTest) entries() []rebuild.ListedEntry {
	b.t.Helper()
	all, err := b.journal.journal.List()
	if err != nil {
		b.t.Fatal(err)
	}
	return all
}

// unknownVersion adds an entry of a newer program to the journal.
func (b *rebuildTest) unknownVersion() (path string) {
	b.t.Helper()
	path = filepath.Join(b.journalDir(), "0123456789ab.json")
	if err := os.WriteFile(path, []byte(`{"format": "snapdeck rebuild", "version": 9, "content": {}}`), 0o600); err != nil {
		b.t.Fatal(err)
	}
	return path
}

// held locks an entry like another process.
func (b *rebuildTest) held(id string) (release func()) {
	b.t.Helper()
	dir, err := durable.Open(b.journalDir())
	if err != nil {
		b.t.Fatal(err)
	}
	lock, err := dir.Lock(id + ".json")
	if err != nil {
		b.t.Fatal(err)
	}
	return func() { _ = lock.Release() }
}

func TestNothingToRecover(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"recover"}, {"recover", "--resume", "--yes"}} {
		if got := run(t, nil, args...); got.code != 0 || got.out != "" || got.err != "no unfinished actions\n" {
			t.Errorf("%v: %+v", args, got)
		}
	}
}

func TestRecoverRefusals(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ args, says string }{
		{"--resume", "--yes"},
		{"--yes", "--resume"},
		{"--resume --discard x", "discard"},
		{"more", "more"},
		{"--demo", "--demo"},
	} {
		got := run(t, nil, append([]string{"recover"}, strings.Fields(tc.args)...)...)
		if got.code != 2 || got.out != "" || !strings.Contains(got.err, tc.says) || strings.Count(got.err, "\n") != 1 {
			t.Errorf("recover %s: %+v", tc.args, got)
		}
	}
	if got := run(t, nil, "recover", "--discard", "../x"); got.code != 1 || strings.Count(got.err, "\n") != 1 {
		t.Errorf("discard what is not there: %+v", got)
	}
}

func TestRecoverLists(t *testing.T) {
	t.Parallel()
	b, other := newRebuildTest(t, demo.Key), newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "DELETE", false)
	b.interruptAfter(pulledName, "DELETE", false)
	path := b.unknownVersion()
	before, _ := os.ReadFile(path)
	for _, one := range b.entries() {
		if one.Entry.Old.Name == pulledName {
			defer b.held(one.ID)()
		}
	}
	for _, tc := range []struct {
		name, url, key, note string
	}{
		{"here", b.api.URL(), demo.Key, "canceled"},
		{"without credentials", "", "", "canceled"},
		{"elsewhere", other.api.URL(), demo.Key, "it belongs to another server"},
	} {
		got := b.recover(tc.url, tc.key)
		lines := strings.Split(strings.TrimSuffix(got.out, "\n"), "\n")
		if got.code != 5 || len(lines) != 4 || !strings.HasSuffix(got.err, "snapdeck: unfinished actions: 3\n") || !strings.HasPrefix(lines[0], "ID ") {
			t.Fatalf("%s: %+v", tc.name, got)
		}
		line := func(about string) string {
			i := slices.IndexFunc(lines, func(line string) bool { return strings.Contains(line, about) })
			return lines[max(i, 0)]
		}
		for about, want := range map[string][]string{
			builtName:      {"in place", "wait", b.api.URL(), demo.OrganizationID, tc.note},
			pulledName:     {"another snapdeck is working on it"},
			"0123456789ab": {"cannot be read", "version 9"},
		} {
			for _, want := range want {
				if got := line(about); !strings.Contains(got, want) {
					t.Errorf("%s: %q lacks %q", tc.name, got, want)
				}
			}
		}
	}
	if after, _ := os.ReadFile(path); string(after) != string(before) {
		t.Error("the entry of an unknown version was touched")
	}
}

func TestRecoverResumes(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "DELETE", false)
	b.interruptAfter(pulledName, "DELETE", false)
	got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes")
	if got.code != 0 || strings.Count(got.out, "created: ") != 2 || len(b.entries()) > 0 {
		t.Errorf("%+v, left %+v", got, b.entries())
	}
	if s, err := b.api.Get(t.Context(), builtName); err != nil || s.Name != builtName {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestRecoverSkips(t *testing.T) {
	t.Parallel()
	b, other := newRebuildTest(t, demo.Key), newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "DELETE", false)
	release := b.held(b.entries()[0].ID)
	if got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes"); got.code != 5 || !strings.Contains(got.err, "another snapdeck is working on it") {
		t.Errorf("in use: %+v", got)
	}
	release()
	if got := b.recover(other.api.URL(), demo.Key, "--resume", "--yes"); got.code != 5 || !strings.Contains(got.err, "another server") {
		t.Errorf("another server's: %+v", got)
	}
	path := b.unknownVersion()
	if got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes"); got.code != 5 || !strings.Contains(got.out, "created: ") || !strings.Contains(got.err, "version 9") {
		t.Errorf("an unknown version: %+v", got)
	}
	if _, err := os.Stat(path); err != nil || len(b.entries()) != 1 {
		t.Errorf("left %+v, %v", b.entries(), err)
	}
}

func TestRecoverErrors(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "DELETE", false)
	if got := b.recover(b.api.URL(), "wrong", "--resume", "--yes"); got.code != 4 || strings.Count(got.err, "\n") != 1 {
		t.Errorf("a wrong key: %+v", got)
	}
	// The key can delete, but not create: the entry stays.
	if got := b.recover(b.api.URL(), demo.DeleterKey, "--resume", "--yes"); got.code != 4 || len(b.entries()) != 1 {
		t.Errorf("a key without the permission: %+v", got)
	}
	if got := b.recover("", "", "--resume", "--yes"); got.code != 4 {
		t.Errorf("no credentials: %+v", got)
	}
	if err := os.MkdirAll(filepath.Join(b.home, "snapdeck"), 0o700); err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(b.home, "snapdeck", "config.yaml")
	if err := os.WriteFile(config, []byte("read_only: true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes"); got.code != 2 || !strings.Contains(got.err, "read-only") {
		t.Errorf("read-only: %+v", got)
	}
	if err := os.Remove(config); err != nil {
		t.Fatal(err)
	}
	b.server.Close()
	if got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes"); got.code != 6 || strings.Count(got.err, "\n") != 1 {
		t.Errorf("no server: %+v", got)
	}
	if len(b.entries()) != 1 {
		t.Errorf("left %+v", b.entries())
	}
}

func TestRecoverResumesSome(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "DELETE", false)
	b.interruptAfter(pulledName, "DELETE", false)
	if err := b.clock.Sleep(t.Context(), time.Minute); err != nil { // the name is free then
		t.Fatal(err)
	}
	if _, err := b.api.Create(t.Context(), model.Recipe{Name: pulledName, ImageName: "alpine:3.21"}); err != nil {
		t.Fatal(err)
	}
	got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes")
	if got.code != 3 || strings.Count(got.out, "created: ") != 1 || !strings.Contains(got.err, "another snapshot has its name") || len(b.entries()) != 1 {
		t.Errorf("%+v, left %+v", got, b.entries())
	}
}
