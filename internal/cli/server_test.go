package cli

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
)

func TestDemoSeedIsReproducible(t *testing.T) {
	t.Parallel()
	list := func(now time.Time, args ...string) string {
		environment := newEnvironment(t, t.TempDir(), nil)
		environment.Now = func() time.Time { return now }
		return runWith(t, environment, append([]string{"list", "--demo", "-o", "csv"}, args...)...).out
	}
	one, other := time.Date(2031, 1, 2, 3, 4, 5, 6, time.UTC), time.Date(2027, 7, 8, 9, 10, 11, 12, time.UTC)
	if list(one, "--demo-seed", "7") != list(other, "--demo-seed", "7") {
		t.Error("the same seed gives different data at another time")
	}
	if list(one, "--demo-seed", "7") == list(one, "--demo-seed", "8") || list(one) == list(other) {
		t.Error("another seed, or none, gives the same data")
	}
}

func TestDebugLog(t *testing.T) {
	t.Parallel()
	for name, existing := range map[string]bool{"new file": false, "existing file": true} {
		path := filepath.Join(t.TempDir(), "debug.log")
		if existing {
			if err := os.WriteFile(path, []byte("before\n"), 0o644); err != nil { //nolint:gosec // too open on purpose
				t.Fatal(err)
			}
		}
		if got := run(t, serve(t, demo.Options{}), "list", "--debug", path); got.code != 0 {
			t.Fatalf("%s: code %d, stderr %q", name, got.code, got.err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		log, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 || !strings.Contains(string(log), "/snapshots") || strings.Contains(string(log), demo.Key) || strings.HasPrefix(string(log), "before\n") != existing {
			t.Errorf("%s: mode %v, log:\n%s", name, info.Mode(), log)
		}
	}
}

// TestStandardLogGoesToTheDebugLog logs as a library does, before and after the debug log
// is open. The package e2e tests it with net/http.
func TestStandardLogGoesToTheDebugLog(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "debug.log")
	var logs []io.Writer
	environment := newEnvironment(t, t.TempDir(), serve(t, demo.Options{}))
	environment.LogTo = func(w io.Writer) {
		logs = append(logs, w)
		_, _ = io.WriteString(w, "a \x1b[2J line with "+demo.Key+"\n")
	}
	if got := runWith(t, environment, "list", "--debug", path); got.code != 0 || got.err != "" {
		t.Errorf("code %d, stderr %q", got.code, got.err)
	}
	log, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(logs) != 2 || logs[0] != io.Discard {
		t.Errorf("the log is directed to %v", logs)
	}
	if strings.Count(string(log), ` log "a \x1b[2J line with [redacted]"`) != 1 {
		t.Errorf("the debug log is\n%s", log)
	}
}

// TestCompletionWritesNoDebugLog: a key press writes no files.
func TestCompletionWritesNoDebugLog(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "debug.log")
	if got, _ := complete(t, serve(t, demo.Options{}), "wait", "--debug", path, "node"); len(got) == 0 {
		t.Error("no completions")
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the file exists")
	}
}
