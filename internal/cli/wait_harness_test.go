package cli

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/demo/demotest"
)

// waitTest is a demo server on a test clock, with optional middleware.
type waitTest struct {
	t          *testing.T
	clock      *demotest.Clock
	middleware func(next http.Handler) http.Handler // may be nil
	key        string

	url   string
	mu    sync.Mutex
	start time.Time
	polls []time.Duration // time of each GET request since start
}

func newWaitTest(t *testing.T, configure ...func(*waitTest)) *waitTest {
	t.Helper()
	w := &waitTest{t: t, clock: demotest.NewClock(), key: demo.Key}
	w.start = w.clock.Now()
	for _, c := range configure {
		c(w)
	}
	var handler http.Handler = demo.New(demo.Options{Seed: 1, Size: 5, Now: w.clock.Now})
	if w.middleware != nil {
		handler = w.middleware(handler)
	}
	w.url = demotest.Serve(t, http.HandlerFunc(func(a http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			w.mu.Lock()
			w.polls = append(w.polls, w.elapsed())
			w.mu.Unlock()
		}
		handler.ServeHTTP(a, r)
	}))
	return w
}

func (w *waitTest) elapsed() time.Duration { return w.clock.Now().Sub(w.start) }

// wait runs snapdeck wait.
func (w *waitTest) wait(args ...string) result {
	w.t.Helper()
	environment := newEnvironment(w.t, w.t.TempDir(), map[string]string{"DAYTONA_API_URL": w.url, "DAYTONA_API_KEY": w.key})
	environment.Now, environment.Sleep = w.clock.Now, w.clock.Sleep
	return runWith(w.t, environment, append([]string{"wait"}, args...)...)
}

// send sends a request like another client, and returns the status.
func (w *waitTest) send(method, path, body string) int {
	w.t.Helper()
	status, _, _ := demotest.Send(w.t, method, w.url+path, body)
	return status
}

func (w *waitTest) create(name, recipe string) {
	w.t.Helper()
	if status := w.send(http.MethodPost, "/snapshots", fmt.Sprintf(`{"name":%q,%s}`, name, recipe)); status != http.StatusOK {
		w.t.Fatalf("create %s: %d", name, status)
	}
}

const (
	fromImage  = `"imageName":"alpine:3.20.1"`
	slowBuild  = `"buildInfo":{"dockerfileContent":"FROM alpine:3.20.1\n# SLOW90\nRUN true\n"}`
	failsBuild = `"buildInfo":{"dockerfileContent":"FROM alpine:3.20.1\nRUN exit 3\n"}`
)

// check compares the result of a run.
func (w *waitTest) check(got result, code int, out, errs string) {
	w.t.Helper()
	if got.code != code || !strings.Contains(got.out, out) || out == "" && got.out != "" {
		w.t.Errorf("exit code %d, want %d; stdout %q, want %q in it; after %v", got.code, code, got.out, out, w.elapsed())
	}
	if !strings.Contains(got.err, errs) || (errs == "") != (got.err == "") || strings.Count(got.err, "\n") > 1 {
		w.t.Errorf("stderr %q, want %q in one line", got.err, errs)
	}
}

// id returns the id of a snapshot.
func (w *waitTest) id(name string) string {
	w.t.Helper()
	got := run(w.t, connection(w.url), "list", "name:="+name, "-o", "csv")
	_, row, _ := strings.Cut(got.out, "\n")
	id, _, _ := strings.Cut(row, ",")
	return id
}
