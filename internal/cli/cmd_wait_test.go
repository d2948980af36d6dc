package cli

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
)

func TestWaitForActive(t *testing.T) {
	t.Parallel()
	w := newWaitTest(t)
	w.create("new", slowBuild)
	got := w.wait("new", "--verbose")
	w.check(got, exitOK, "new is active after ", "")
	lines := strings.Split(strings.TrimSuffix(got.out, "\n"), "\n")
	if len(lines) != 2 || lines[0] != "0s  building" {
		t.Errorf("want one line per state:\n%s", got.out)
	}
	w.create("quiet", fromImage)
	w.check(w.wait("quiet", "--for", "active"), exitOK, "", "")
}

func TestWaitPollInterval(t *testing.T) {
	t.Parallel()
	w := newWaitTest(t)
	w.create("new", slowBuild)
	w.polls = nil
	if got := w.wait("new"); got.code != exitOK {
		t.Fatal(got)
	}
	if len(w.polls) < 10 {
		t.Fatalf("%d polls", len(w.polls))
	}
	for i := range w.polls[1:] {
		if pause := w.polls[i+1] - w.polls[i]; pause < 2*time.Second || pause > 5*time.Second {
			t.Errorf("poll %d came after %v", i+2, pause)
		}
	}
}

func TestWaitEndsInFinalState(t *testing.T) {
	t.Parallel()
	w := newWaitTest(t)
	w.create("broken", failsBuild)
	w.check(w.wait("broken"), exitPartial, "", "snapdeck: broken is error, not active: ")
	w.check(w.wait("broken", "--for", "error", "--verbose"), exitOK, "broken is error after 0s\n", "")
	w.check(w.wait("broken", "--for", "deleted"), exitPartial, "", "broken is error, not deleted")

	w.create("passed", fromImage)
	w.check(w.wait("passed", "--for", "pulling"), exitOK, "", "")
	w.check(w.wait("passed", "--for", "building"), exitPartial, "", "passed is active, not building")
	w.check(w.wait("passed", "--for", "inactive"), exitPartial, "", "passed is active, not inactive")
}

func TestWaitForDeleted(t *testing.T) {
	t.Parallel()
	w := newWaitTest(t)
	w.check(w.wait("never-there", "--for", "deleted", "--verbose"), exitOK, "never-there is deleted after 0s\n", "")
	w.check(w.wait("never-there"), exitFailed, "", "never-there not found")

	for _, state := range []string{"deleted", "active"} {
		w.create("doomed", slowBuild)
		id := w.id("doomed")
		if status := w.send(http.MethodDelete, "/snapshots/"+id, ""); status != http.StatusOK {
			t.Fatalf("delete: %d", status)
		}
		if state == "deleted" {
			w.check(w.wait("doomed", "--for", "deleted", "--verbose"), exitOK, "doomed is deleted after ", "")
		} else {
			w.check(w.wait(id), exitPartial, "", id+" is deleted, not active")
		}
	}
}

// TestWaitFollowsTheID creates another snapshot with the same name as soon as the first
// one is deleted.
func TestWaitFollowsTheID(t *testing.T) {
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
	w.clock.AfterSleep = func() {
		if w.send(http.MethodPost, "/snapshots", `{"name":"name",`+fromImage+`}`) == http.StatusOK {
			again++
		}
	}
	w.check(w.wait("name", "--for", "deleted"), exitOK, "", "")
	if again != 1 {
		t.Errorf("created the second snapshot %d times", again)
	}
}

func TestWaitTimeout(t *testing.T) {
	t.Parallel()
	w := newWaitTest(t)
	w.create("slow", slowBuild)
	began := w.elapsed()
	w.check(w.wait("slow", "--timeout", "31s"), exitUnreachable, "", "slow is not active after 31s: it is building")
	if took := w.elapsed() - began; took != 31*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestWaitWithInvalidCredentials(t *testing.T) {
	t.Parallel()
	w := newWaitTest(t, func(w *waitTest) { w.key = demo.ExpiredKey })
	w.check(w.wait("any"), exitCredentials, "", "Invalid credentials")
	if len(w.polls) != 1 {
		t.Errorf("sent a rejected key %d times", len(w.polls))
	}
}

// outage replaces the API's answers to GET requests between two times.
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

func closeConnection(w http.ResponseWriter, _ *http.Request) {
	if connection, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = connection.Close()
	}
}

func TestWaitSurvivesAShortOutage(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]http.HandlerFunc{"503": unavailable, "connection closed": closeConnection} {
		w := newWaitTest(t, outage(10*time.Second, 22*time.Second, answer))
		w.create("new", slowBuild)
		t.Log(name)
		w.check(w.wait("new", "--verbose"), exitOK, "new is active after ", "")
	}
}

func TestWaitUnreachableAPI(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		from   time.Duration
		answer http.HandlerFunc
		says   string
	}{
		"from the start":  {0, unavailable, "503"},
		"in between":      {20 * time.Second, closeConnection, "connection closed"},
		"between and 503": {20 * time.Second, unavailable, "503"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWaitTest(t, outage(tc.from, time.Hour, tc.answer))
			w.create("new", slowBuild)
			w.check(w.wait("new"), exitUnreachable, "", tc.says)
			// The next poll notices it, and each poll is tried twice.
			if took := w.elapsed() - tc.from; took < unreachableTimeout || took > unreachableTimeout+maxPause+2*time.Second {
				t.Errorf("gave up after %v", took)
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
	w.create("new", slowBuild)
	w.check(w.wait("new"), exitOK, "", "")
	at := slices.IndexFunc(w.polls, func(d time.Duration) bool { return d >= 4*time.Second })
	if pause := w.polls[at+1] - w.polls[at]; pause < 40*time.Second {
		t.Errorf("polled %v after a 429, want 40s", pause)
	}
}

func TestWaitReservesRateLimit(t *testing.T) {
	t.Parallel()
	w := newWaitTest(t, outage(0, time.Hour, func(a http.ResponseWriter, _ *http.Request) {
		a.Header().Set("X-Ratelimit-Limit-authenticated", "100")
		a.Header().Set("X-Ratelimit-Remaining-authenticated", "24")
		a.Header().Set("X-Ratelimit-Reset-authenticated", "50")
		_, _ = io.WriteString(a, `{"id":"1","name":"n","state":"building"}`)
	}))
	w.check(w.wait("n", "--timeout", "3m"), exitUnreachable, "", "it is building")
	if len(w.polls) != 5 { // at 0, 50, 100, 150 and 180 s
		t.Errorf("polled at %v", w.polls)
	}
}

func TestWaitReturnsSleepError(t *testing.T) {
	t.Parallel()
	w := newWaitTest(t)
	w.create("slow", slowBuild)
	errStop := errors.New("stop")
	environment := newEnvironment(t, t.TempDir(), map[string]string{"DAYTONA_API_URL": w.url, "DAYTONA_API_KEY": w.key})
	environment.Now, environment.Sleep = w.clock.Now, func(context.Context, time.Duration) error { return errStop }
	if got := runWith(t, environment, "wait", "slow"); got.code != exitFailed || !strings.Contains(got.err, "stop") {
		t.Errorf("%+v", got)
	}
}

func TestWaitEscapesText(t *testing.T) {
	t.Parallel()
	w := newWaitTest(t, outage(0, time.Hour, func(a http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(a, `{"id":"1","name":"n","state":"error","errorReason":"\u001b]0;x\u0007\n\u202eboo"}`)
	}))
	w.check(w.wait("n"), exitPartial, "", `n is error, not active: ^[]0;x^G↵<U+202E>boo`)
}

func TestWaitEmptyName(t *testing.T) {
	t.Parallel()
	if got := run(t, nil, "wait", "--demo", ""); got.code != 2 || !strings.Contains(got.err, "requires the NAME") {
		t.Errorf("%+v", got)
	}
}
