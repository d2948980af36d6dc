package ui

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/model"
)

// requestLog is what a server was asked, by several requests at once.
type requestLog struct {
	mu   sync.Mutex
	list []string
}

func (l *requestLog) add(request string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(l.list, request)
}

// take returns the requests since the last call.
func (l *requestLog) take() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	list := l.list
	l.list = nil
	return list
}

// slowList is a harness whose polls are a minute apart, and its requests.
func slowList(t *testing.T) (h *harness, requests *requestLog) {
	t.Helper()
	requests = new(requestLog)
	h = newHarness(t, func(s *setup) {
		s.demo.Size = 6000 // 30 pages, where the budget has 57 in a minute
		s.demo.RateLimit = demo.Limit{Requests: 240, Window: time.Minute}
		s.handler = func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				requests.add(r.Method + " " + r.URL.Path)
				next.ServeHTTP(w, r)
			})
		}
	})
	h.sees("slow · every 1m00s")
	h.misses("● live")
	return h, requests
}

// secondsUntil lets time pass until the condition holds, and returns how long.
func (h *harness) secondsUntil(holds func() bool) int {
	h.t.Helper()
	for seconds := range 300 {
		if holds() {
			return seconds
		}
		h.advance(time.Second)
	}
	h.t.Fatalf("not within five minutes:\n%s", h.screen())
	return 0
}

func TestFailureOfANewSnapshotShowsSoon(t *testing.T) {
	t.Parallel()
	h, _ := slowList(t)
	h.advance(12 * time.Second) // between two polls
	h.createFailing("broken-now")
	failed := func() bool {
		for _, s := range h.app.state.Data.Store.All() {
			if s.Name == "broken-now" && s.State == model.StateError {
				return true
			}
		}
		return false
	}
	// The demo needs up to 10 s to fail it.
	if n := h.secondsUntil(failed); n > 25 {
		t.Errorf("it showed after %d s", n)
	}
	h.press("a")
	h.sees("broken-now")
}

// An old snapshot is not among the newest, but it was in transition at the last poll.
func TestTransitionOfAnOldSnapshotShowsSoon(t *testing.T) {
	t.Parallel()
	h, requests := slowList(t)
	all := h.app.state.Data.Store.All()
	var old *model.Snapshot
	for _, s := range all {
		if s.State == model.StateInactive && !s.General && s.ImageName.Value != "" && !h.app.state.Data.Store.HasSameRef(s) && (old == nil || s.CreatedAt.Time().Before(old.CreatedAt.Time())) {
			old = s
		}
	}
	h.advance(h.app.poller.Status().Next.Sub(h.clock.now) - time.Second)
	if answer := h.call(http.MethodPost, "/api/snapshots/"+old.ID+"/activate", ""); answer.StatusCode != http.StatusOK {
		t.Fatalf("activate: %d", answer.StatusCode)
	}
	state := func() model.State { s, _ := h.app.state.Data.Store.Get(old.ID); return s.State }
	if n := h.secondsUntil(func() bool { return state().InTransition() }); n > 2 {
		t.Fatalf("the poll came %d s later", n)
	}
	shown := h.secondsUntil(func() bool {
		var now model.State
		if s, err := h.app.options.API.Get(t.Context(), old.ID); err == nil {
			now = s.State
		}
		return !now.InTransition()
	})
	requests.take()
	late := h.secondsUntil(func() bool { return !state().InTransition() })
	if late > 15 {
		t.Errorf("its end, after %d s, showed %d s late", shown, late)
	}
}

func TestChecksStayWithinTheBudget(t *testing.T) {
	t.Parallel()
	h, requests := slowList(t)
	h.advance(time.Minute)
	requests.take()
	h.advance(10 * time.Minute)
	counted := 0
	for _, r := range requests.take() {
		if r != "GET /api/config" {
			counted++
		}
	}
	if counted > 59*10 || counted < 300 {
		t.Errorf("%d requests in ten minutes", counted)
	}
}

// An outage shows before the next poll.
func TestFailedCheckIsAnOutage(t *testing.T) {
	t.Parallel()
	h, _ := slowList(t)
	h.advance(2 * time.Second)
	h.serve(hangUpHandler{})
	h.advance(12 * time.Second)
	h.sees("offline")
	h.serve(h.demo)
	h.advance(time.Minute)
	h.misses("offline")
	h.press("a")
	h.sees("outage ended after")
}
