package cli

import (
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
	path := filepath.Join(t.TempDir(), "debug.log")
	if got := run(t, serve(t, demo.Options{}), "list", "--debug", path); got.code != 0 {
		t.Fatalf("code %d, stderr %q", got.code, got.err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	log, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 || !strings.Contains(string(log), "/snapshots") || strings.Contains(string(log), demo.Key) {
		t.Errorf("mode %v, log:\n%s", info.Mode(), log)
	}
}
