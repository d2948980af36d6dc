package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
)

// testClock stands still but while somebody sleeps: then it jumps.
type testClock struct {
	mu         sync.Mutex
	now        time.Time
	afterSleep func() // called after each sleep, may be nil
}

// newTestClock starts between two ticks of the demo's jobs.
func newTestClock() *testClock {
	return &testClock{now: time.Date(2026, 11, 24, 14, 33, 26, 0, time.UTC)}
}

func (c *testClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *testClock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	c.now = c.now.Add(d)
	c.mu.Unlock()
	if c.afterSleep != nil {
		c.afterSleep()
	}
	return ctx.Err()
}

// waitTest is the demo API on a test clock, with something in front of it.
type waitTest struct {
	t          *testing.T
	clock      *testClock
	middleware func(next http.Handler) http.Handler // nil for nothing
	key        string

	url   string
	mu    sync.Mutex
	start time.Time
	polls []time.Duration // when each GET of a snapshot came
}

func newWaitTest(t *testing.T, configure ...func(*waitTest)) *waitTest {
	t.Helper()
	w := &waitTest{t: t, clock: newTestClock(), key: demo.Key}
	w.start = w.clock.Now()
	for _, c := range configure {
		c(w)
	}
	var handler http.Handler = demo.New(demo.Options{Seed: 1, Size: 5, Now: w.clock.Now})
	if w.middleware != nil {
		handler = w.middleware(handler)
	}
	server := httptest.NewServer(http.HandlerFunc(func(a http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			w.mu.Lock()
			w.polls = append(w.polls, w.elapsed())
			w.mu.Unlock()
		}
		handler.ServeHTTP(a, r)
	}))
	t.Cleanup(server.Close)
	w.url = server.URL + "/api"
	return w
}

func (w *waitTest) elapsed() time.Duration { return w.clock.Now().Sub(w.start) }

// waitCommand runs snapdeck wait.
func (w *waitTest) wait(args ...string) result {
	w.t.Helper()
	streams := newEnvironment(w.t, w.t.TempDir(), map[string]string{"DAYTONA_API_URL": w.url, "DAYTONA_API_KEY": w.key})
	streams.Now, streams.Sleep = w.clock.Now, w.clock.Sleep
	return runWith(w.t, streams, append([]string{"wait"}, args...)...)
}

// send asks the API as a colleague would, and returns the status.
func (w *waitTest) send(method, path, body string) int {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, w.url+path, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+demo.Key)
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close()
	return answer.StatusCode
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

// check is what a run must end with.
func (w *waitTest) check(got result, code int, out, errs string) {
	w.t.Helper()
	if got.code != code || !strings.Contains(got.out, out) || out == "" && got.out != "" {
		w.t.Errorf("exit code %d, want %d; stdout %q, want %q in it; after %v", got.code, code, got.out, out, w.elapsed())
	}
	if !strings.Contains(got.err, errs) || (errs == "") != (got.err == "") || strings.Count(got.err, "\n") > 1 {
		w.t.Errorf("stderr %q, want %q in one line", got.err, errs)
	}
}

func TestWaitForActive(t *testing.T) {
	t.Parallel()
	w := newWaitTest(t)
	w.create("fresh", slowBuild)
	got := w.wait("fresh", "--verbose")
	w.check(got, exitOK, "fresh is active after ", "")
	lines := strings.Split(strings.TrimSuffix(got.out, "\n"), "\n")
	if len(lines) != 2 || lines[0] != "0s  building" {
		t.Errorf("not a line for each state:\n%s", got.out)
	}
	w.create("quiet", fromImage)
	w.check(w.wait("quiet", "--for", "active"), exitOK, "", "")
}

func TestWaitAsksPolitely(t *testing.T) {
	t.Parallel()
	w := newWaitTest(t)
	w.create("fresh", slowBuild)
	w.polls = nil
	if got := w.wait("fresh"); got.code != exitOK {
		t.Fatal(got)
	}
	if len(w.polls) < 10 {
		t.Fatalf("%d looks", len(w.polls))
	}
	for i := range w.polls[1:] {
		if pause := w.polls[i+1] - w.polls[i]; pause < 2*time.Second || pause > 5*time.Second {
			t.Errorf("look %d comes %v after the one before", i+2, pause)
		}
	}
}

func TestWaitEndsWhereNothingWillChange(t *testing.T) {
	t.Parallel()
	w := newWaitTest(t)
	w.create("broken", failsBuild)
	w.check(w.wait("broken"), exitPartial, "", "snapdeck: broken is error, not active: ")
	w.check(w.wait("broken", "--for", "error", "--verbose"), exitOK, "broken is error after 0s\n", "")
	w.check(w.wait("broken", "--for", "gone"), exitPartial, "", "broken is error, not gone")

	w.create("passed", fromImage)
	w.check(w.wait("passed", "--for", "pulling"), exitOK, "", "")
	w.check(w.wait("passed", "--for", "building"), exitPartial, "", "passed is active, not building")
	w.check(w.wait("passed", "--for", "inactive"), exitPartial, "", "passed is active, not inactive")
}

func TestWaitForGone(t *testing.T) {
	t.Parallel()
	w := newWaitTest(t)
	w.check(w.wait("never-there", "--for", "gone", "--verbose"), exitOK, "never-there is gone after 0s\n", "")
	w.check(w.wait("never-there"), exitFailed, "", "never-there not found")

	for _, state := range []string{"gone", "active"} {
		w.create("doomed", slowBuild)
		id := w.id("doomed")
		if status := w.send(http.MethodDelete, "/snapshots/"+id, ""); status != http.StatusOK {
			t.Fatalf("delete: %d", status)
		}
		if state == "gone" {
			w.check(w.wait("doomed", "--for", "gone", "--verbose"), exitOK, "doomed is gone after ", "")
		} else {
			w.check(w.wait(id), exitPartial, "", id+" is gone, not active")
		}
	}
}

// TestWaitFollowsTheSnapshotNotTheName creates another snapshot of the name as
// soon as that is free: what was waited for is gone nevertheless.
func TestWaitFollowsTheSnapshotNotTheName(t *testing.T) {
	t.Parallel()
	w := newWaitTest(t)
	w.create("name", fromImage)
	if got := w.wait("name"); got.code != exitOK {
		t.Fatal(got)
	}
	if status := w.send(http.MethodDelete, "/snapshots/"+w.id("name"), ""); status != http.StatusOK {
		t.Fatalf("delete: %d", status)
	}
	again := 0
	w.clock.afterSleep = func() {
		if w.send(http.MethodPost, "/snapshots", `{"name":"name",`+fromImage+`}`) == http.StatusOK {
			again++
		}
	}
	w.check(w.wait("name", "--for", "gone"), exitOK, "", "")
	if again != 1 {
		t.Errorf("the name was taken again %d times", again)
	}
}

func TestWaitTimesOut(t *testing.T) {
	t.Parallel()
	w := newWaitTest(t)
	w.create("slow", slowBuild)
	began := w.elapsed()
	w.check(w.wait("slow", "--timeout", "31s"), exitUnreachable, "", "slow is not active after 31s: it is building")
	if took := w.elapsed() - began; took != 31*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestWaitWithoutTheRightCredentials(t *testing.T) {
	t.Parallel()
	w := newWaitTest(t, func(w *waitTest) { w.key = demo.ExpiredKey })
	w.check(w.wait("any"), exitCredentials, "", "Invalid credentials")
	if len(w.polls) != 1 {
		t.Errorf("a key that is refused was sent %d times", len(w.polls))
	}
}

// outage answers in the API's place while it lasts.
func outage(from, to time.Duration, answer http.HandlerFunc) func(*waitTest) {
	return func(w *waitTest) {
		w.middleware = func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(a http.ResponseWriter, r *http.Request) {
				if at := w.elapsed(); r.Method == http.MethodGet && at >= from && at < to {
					answer(a, r)
					return
				}
				next.ServeHTTP(a, r)
			})
		}
	}
}

func unavailable(w http.ResponseWriter, _ *http.Request) {
	w.WriteHeader(http.StatusServiceUnavailable)
}

func hangUp(w http.ResponseWriter, _ *http.Request) {
	if connection, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = connection.Close()
	}
}

func TestWaitOutlivesAShortOutage(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]http.HandlerFunc{"503": unavailable, "hang up": hangUp} {
		w := newWaitTest(t, outage(10*time.Second, 22*time.Second, answer))
		w.create("fresh", slowBuild)
		t.Log(name)
		w.check(w.wait("fresh", "--verbose"), exitOK, "fresh is active after ", "")
	}
}

func TestWaitGivesUpOnAnUnreachableAPI(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		from   time.Duration
		answer http.HandlerFunc
		says   string
	}{
		"from the start":  {0, unavailable, "503"},
		"in between":      {20 * time.Second, hangUp, "connection closed"},
		"between and 503": {20 * time.Second, unavailable, "503"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWaitTest(t, outage(tc.from, time.Hour, tc.answer))
			w.create("fresh", slowBuild)
			w.check(w.wait("fresh"), exitUnreachable, "", tc.says)
			// It is found by the next look only, and each look is tried twice.
			if took := w.elapsed() - tc.from; took < unreachableTimeout || took > unreachableTimeout+maxPause+2*time.Second {
				t.Errorf("it gave up after %v", took)
			}
		})
	}
}

func TestWaitObeysTheRateLimit(t *testing.T) {
	t.Parallel()
	limited := func(a http.ResponseWriter, _ *http.Request) {
		a.Header().Set("Retry-After-authenticated", "40")
		a.WriteHeader(http.StatusTooManyRequests)
	}
	w := newWaitTest(t, outage(4*time.Second, 7*time.Second, limited))
	w.create("fresh", slowBuild)
	w.check(w.wait("fresh"), exitOK, "", "")
	at := slices.IndexFunc(w.polls, func(d time.Duration) bool { return d >= 4*time.Second })
	if silent := w.polls[at+1] - w.polls[at]; silent < 40*time.Second {
		t.Errorf("silent for %v after a 429, want 40s", silent)
	}
}

func TestWaitLeavesRoomInTheRateLimit(t *testing.T) {
	t.Parallel()
	w := newWaitTest(t, outage(0, time.Hour, func(a http.ResponseWriter, _ *http.Request) {
		a.Header().Set("X-Ratelimit-Limit-authenticated", "100")
		a.Header().Set("X-Ratelimit-Remaining-authenticated", "24")
		a.Header().Set("X-Ratelimit-Reset-authenticated", "50")
		_, _ = io.WriteString(a, `{"id":"1","name":"n","state":"building"}`)
	}))
	w.check(w.wait("n", "--timeout", "3m"), exitUnreachable, "", "it is building")
	if len(w.polls) != 5 { // at 0, 50, 100, 150 and 180 s
		t.Errorf("looked at %v", w.polls)
	}
}

func TestWaitStopsWhereItsSleepIsCutShort(t *testing.T) {
	t.Parallel()
	w := newWaitTest(t)
	w.create("slow", slowBuild)
	errStop := errors.New("stop")
	streams := newEnvironment(t, t.TempDir(), map[string]string{"DAYTONA_API_URL": w.url, "DAYTONA_API_KEY": w.key})
	streams.Now, streams.Sleep = w.clock.Now, func(context.Context, time.Duration) error { return errStop }
	if got := runWith(t, streams, "wait", "slow"); got.code != exitFailed || !strings.Contains(got.err, "stop") {
		t.Errorf("%+v", got)
	}
}

func TestWaitShowsHostileTextInert(t *testing.T) {
	t.Parallel()
	w := newWaitTest(t, outage(0, time.Hour, func(a http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(a, `{"id":"1","name":"n","state":"error","errorReason":"\u001b]0;x\u0007\n\u202eboo"}`)
	}))
	w.check(w.wait("n"), exitPartial, "", `n is error, not active: ^[]0;x^G↵<U+202E>boo`)
}

// id asks for the id of a snapshot.
func (w *waitTest) id(name string) string {
	w.t.Helper()
	env := map[string]string{"DAYTONA_API_URL": w.url, "DAYTONA_API_KEY": demo.Key}
	got := run(w.t, env, "list", "name:="+name, "-o", "csv")
	_, row, _ := strings.Cut(got.out, "\n")
	id, _, _ := strings.Cut(row, ",")
	return id
}

func TestWaitForNothing(t *testing.T) {
	t.Parallel()
	if got := run(t, nil, "wait", "--demo", ""); got.code != 2 || !strings.Contains(got.err, "wants the NAME") {
		t.Errorf("%+v", got)
	}
}
