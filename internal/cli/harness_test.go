package cli

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/demo/demotest"
	"daytona/snapdeck/internal/durable"
)

// result is the result of a run.
type result struct {
	code     int
	out, err string
}

// run runs the program without a terminal, in an empty home, with these environment
// variables.
func run(t *testing.T, env map[string]string, args ...string) result {
	t.Helper()
	dir := t.TempDir()
	return runIn(t, dir, env, args...)
}

// runIn is run with the configuration in dir/snapdeck and that of the Daytona CLI in
// dir/daytona.
func runIn(t *testing.T, dir string, env map[string]string, args ...string) result {
	t.Helper()
	return runWith(t, newEnvironment(t, dir, env), args...)
}

// runWith runs the program in an environment of newEnvironment.
func runWith(t *testing.T, env Environment, args ...string) result {
	t.Helper()
	code := Run(args, env)
	return result{code, readFile(t, env.Out), readFile(t, env.Err)}
}

// newEnvironment returns an environment in dir with files as output.

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
		Exit:  func(int) { t.Error("called Exit") },
		LogTo: func(io.Writer) {},
		Now:   time.Now, Sleep: client.Sleep, Disk: durable.OS{},
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

// serve starts a demo server and returns the environment variables for it. Its clock is
// stopped, so that its snapshots do not change.
func serve(t *testing.T, o demo.Options) map[string]string {
	t.Helper()
	now := time.Now()
	o.Now = func() time.Time { return now }
	return serveAPI(t, demo.New(o))
}

// serveAPI starts a server and returns the environment variables for it.
func serveAPI(t *testing.T, api http.Handler) map[string]string {
	t.Helper()
	return connection(demotest.Serve(t, api))
}

func connection(url string) map[string]string {
	return map[string]string{"DAYTONA_API_URL": url, "DAYTONA_API_KEY": demo.Key}
}
