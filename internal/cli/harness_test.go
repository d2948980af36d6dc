package cli

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
)

// result is what a run of the program left behind.
type result struct {
	code     int
	out, err string
}

// run runs the program in a world of its own: no terminal, no home, and only
// the given environment.
func run(t *testing.T, env map[string]string, args ...string) result {
	t.Helper()
	dir := t.TempDir()
	return runIn(t, dir, env, args...)
}

// runIn is run with the user's configuration in dir/snapdeck and the vendor's in
// dir/daytona.
func runIn(t *testing.T, dir string, env map[string]string, args ...string) result {
	t.Helper()
	return runWith(t, newEnvironment(t, dir, env), args...)
}

// runWith runs the program with streams whose output are files.
func runWith(t *testing.T, streams Environment, args ...string) result {
	t.Helper()
	code := Run(args, streams)
	return result{code, readFile(t, streams.Out), readFile(t, streams.Err)}
}

func newEnvironment(t *testing.T, dir string, env map[string]string) Environment {
	t.Helper()
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = null.Close() })
	return Environment{
		In: null, Out: tempFile(t), Err: tempFile(t),
		Getenv:    func(key string) string { return env[key] },
		ConfigDir: dir, StateDir: filepath.Join(dir, "state"), DaytonaCLIDir: filepath.Join(dir, "daytona"),
		Exit: func(int) { t.Error("the process was ended") },
		Now:  time.Now, Sleep: sleep,
	}
}

func tempFile(t *testing.T) *os.File {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func readFile(t *testing.T, f *os.File) string {
	t.Helper()
	b, err := os.ReadFile(f.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// runDemoServer starts the demo API and returns the environment that leads to it. Its
// clock stands still, so that no snapshot comes or goes.
func serve(t *testing.T, o demo.Options) map[string]string {
	t.Helper()
	now := time.Now()
	o.Now = func() time.Time { return now }
	s := httptest.NewServer(demo.New(o))
	t.Cleanup(s.Close)
	return map[string]string{"DAYTONA_API_URL": s.URL + "/api", "DAYTONA_API_KEY": demo.Key}
}
