package operate

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/demo/demotest"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/mutation"
)

// world is a demo server that a test can disturb.
type world struct {
	t       *testing.T
	api     *client.Client
	options Options

	mu      sync.Mutex
	records []activity.Record
	events  []Event
}

// newWorld returns a world; disturb answers a request, or returns false to leave it to the
// demo.
func newWorld(t *testing.T, m *mutation.Mutation, disturb func(next http.Handler, w http.ResponseWriter, r *http.Request) bool) *world {
	t.Helper()
	c := demotest.NewClock()
	handler := demo.New(demo.Options{Seed: 1, Size: 60, Now: c.Now})
	url := demotest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if disturb == nil || !disturb(handler, w, r) {
			handler.ServeHTTP(w, r)
		}
	}))
	api := demotest.Connect(t, url, demo.Key, c.Use)
	w := &world{t: t, api: api}
	w.options = Options{
		API: demotest.WithoutRecipes{Client: api}, Mutation: m, Now: c.Now, Sleep: c.Sleep,
		Record: func(r activity.Record) error {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.records = append(w.records, r)
			return nil
		},
		Report: func(e Event) { w.events = append(w.events, e) },
	}
	return w
}

// some returns snapshots that the mutation can be run on.
func (w *world) some(n int, state model.State) []*model.Snapshot {
	w.t.Helper()
	listing, err := w.api.List(w.t.Context(), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	found := slices.DeleteFunc(listing.Snapshots, func(s *model.Snapshot) bool {
		return s.General || s.State != state
	})
	if len(found) < n {
		w.t.Fatalf("%d snapshots are %s, want %d", len(found), state, n)
	}
	return found[:n]
}

// outcomes returns how many results have each outcome.
func outcomes(results []Result) string {
	counts := map[Outcome]int{}
	for _, r := range results {
		counts[r.Outcome]++
	}
	return strings.TrimPrefix(fmt.Sprint(counts), "map")
}

func fault(status int, method string) func(http.Handler, http.ResponseWriter, *http.Request) bool {
	return func(_ http.Handler, w http.ResponseWriter, r *http.Request) bool {
		if r.Method != method || !strings.Contains(r.URL.Path, "/snapshots/") {
			return false
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = fmt.Fprintf(w, `{"message":"made up","statusCode":%d}`, status)
		return true
	}
}

// TestDeletesAreFollowedTo404 uses more snapshots than are read one by one.
func TestDeletesAreFollowedTo404(t *testing.T) {
	t.Parallel()
	w := newWorld(t, mutation.Delete(), nil)
	targets := w.some(12, model.StateActive)
	results := Run(t.Context(), w.options, targets)
	if got := outcomes(results); got != "[done:12]" {
		t.Fatalf("outcomes %s: %+v", got, results)
	}
	for i, s := range targets {
		if results[i].Snapshot != s {
			t.Error("the results are not in the order of the targets")
		}
		if _, err := w.api.Get(t.Context(), s.ID); model.CodeOf(err) != model.NotFound {
			t.Errorf("%s exists: %v", s.Name, err)
		}
	}
	if n := len(activity.Open(w.records)); n != 0 || len(w.records) != 24 {
		t.Errorf("%d records, %d without an end", len(w.records), n)
	}
	if last := w.events[len(w.events)-1]; last.Phase != Ended || last.Ended != 12 {
		t.Errorf("the last event is %+v", last)
	}
}

// TestLostAnswersAreFollowed: the server carries out each delete and answers 503.
func TestLostAnswersAreFollowed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, mutation.Delete(), func(next http.Handler, w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodDelete {
			return false
		}
		next.ServeHTTP(httptest.NewRecorder(), r)
		w.WriteHeader(http.StatusServiceUnavailable)
		return true
	})
	if got := outcomes(Run(t.Context(), w.options, w.some(3, model.StateActive))); got != "[done:3]" {
		t.Fatal(got)
	}
}

// TestUnknownStaysUnknown: the server answers 500 and nothing changes.
func TestUnknownStaysUnknown(t *testing.T) {
	t.Parallel()
	w := newWorld(t, mutation.Delete(), fault(500, http.MethodDelete))
	results := Run(t.Context(), w.options, w.some(2, model.StateActive))
	if got := outcomes(results); got != "[unknown:2]" || !strings.Contains(results[0].Reason, "500") {
		t.Fatalf("%s %+v", got, results[0])
	}
	if n := len(activity.Open(w.records)); n != 2 {
		t.Errorf("%d requests are open in the log: the next start must ask for both", n)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		disturb func(http.Handler, http.ResponseWriter, *http.Request) bool
		change  func(*Options)
		want    string
		deletes int32
	}{
		"refused": {fault(403, http.MethodDelete), nil, "[failed:6]", 6},
		"checked": {nil, func(o *Options) {
			o.Check = func(context.Context, *model.Snapshot) (string, error) { return "in use", nil }
		}, "[skipped:6]", 0},
		"not checked": {nil, func(o *Options) {
			o.Check = func(context.Context, *model.Snapshot) (string, error) { return "", errors.New("x") }
		}, "[failed:6]", 0},
		"recipe unsaved":   {nil, func(o *Options) { o.API = fullDisk{o.API} }, "[skipped:6]", 0},
		"deleted before":   {fault(404, http.MethodGet), nil, "[skipped:6]", 0},
		"server error":     {fault(500, http.MethodGet), nil, "[failed:6]", 0},
		"404, but listed":  {fault(404, http.MethodDelete), nil, "[failed:6]", 6},
		"deleted meantime": {deletedBefore, nil, "[done:6]", 6},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var deletes atomic.Int32
			w := newWorld(t, mutation.Delete(), func(next http.Handler, w http.ResponseWriter, r *http.Request) bool {
				if r.Method == http.MethodDelete {
					deletes.Add(1)
				}
				return tc.disturb != nil && tc.disturb(next, w, r)
			})
			if tc.change != nil {
				tc.change(&w.options)
			}
			results := Run(t.Context(), w.options, w.some(6, model.StateActive))
			if got := outcomes(results); got != tc.want || deletes.Load() != tc.deletes {
				t.Errorf("%s with %d deletes, want %s with %d: %+v", got, deletes.Load(), tc.want, tc.deletes, results[0])
			}
		})
	}
}

// fullDisk cannot save a recipe, so it sends no delete.
type fullDisk struct{ API }

func (fullDisk) Delete(context.Context, *model.Snapshot) error {
	return &model.UnsavedError{Err: errors.New("disk full")}
}

// deletedBefore carries out a delete and answers as if another client had been faster.
func deletedBefore(next http.Handler, w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodDelete {
		return false
	}
	next.ServeHTTP(httptest.NewRecorder(), r)
	return fault(404, http.MethodDelete)(next, w, r)
}

// TestRefusedKeyStopsAll: each further request would count against the address.
func TestRefusedKeyStopsAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t, mutation.Delete(), fault(401, http.MethodDelete))
	results := Run(t.Context(), w.options, w.some(20, model.StateActive))
	tried := slices.DeleteFunc(slices.Clone(results), func(r Result) bool { return r.Outcome == NotTried })
	if len(tried) > 2*4 || len(tried) == 0 || results[19].Outcome != NotTried || model.CodeOf(results[19].Err) != model.Unauthorized {
		t.Errorf("%d were tried; the last is %+v", len(tried), results[19])
	}
}

func TestRateLimitIsWaitedFor(t *testing.T) {
	t.Parallel()
	var limited atomic.Int32
	w := newWorld(t, mutation.Deactivate(), func(_ http.Handler, w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPost || limited.Add(1) != 1 {
			return false
		}
		w.Header().Set("Retry-After-authenticated", "20")
		w.WriteHeader(http.StatusTooManyRequests)
		return true
	})
	if got := outcomes(Run(t.Context(), w.options, w.some(5, model.StateActive))); got != "[done:5]" {
		t.Fatal(got)
	}
	if !slices.ContainsFunc(w.events, func(e Event) bool { return e.Phase == Waiting && strings.Contains(e.Detail, "20s") }) {
		t.Errorf("no event about the rate limit: %+v", w.events)
	}
}

// TestStop ends the context after the second accepted delete.
func TestStop(t *testing.T) {
	t.Parallel()
	w := newWorld(t, mutation.Delete(), nil)
	targets := w.some(20, model.StateActive)
	ctx, cancel := context.WithCancelCause(t.Context())
	accepted := 0
	w.options.Report = func(e Event) {
		if e.Phase == Accepted {
			if accepted++; accepted == 2 {
				cancel(errors.New("signal"))
			}
		}
	}
	results := Run(ctx, w.options, targets)
	counts := map[Outcome]int{}
	for _, r := range results {
		counts[r.Outcome]++
	}
	if counts[Unknown]+counts[Done] < 2 || counts[NotTried] < 10 {
		t.Errorf("outcomes %s", outcomes(results))
	}
}

func TestActivate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, mutation.Activate(), nil)
	if got := outcomes(Run(t.Context(), w.options, w.some(2, model.StateInactive))); got != "[done:2]" {
		t.Fatal(got)
	}
	if got := Run(t.Context(), w.options, nil); len(got) != 0 {
		t.Fatal(got)
	}
}

// TestAnswersWhileFollowing: a rate limit is waited for, a refused key and an outage end it.
func TestAnswersWhileFollowing(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		status int
		times  int32 // how many GETs after the delete are answered so
		want   string
		most   int32 // GETs after the delete
	}{
		"rate limited": {429, 3, "[done:1]", 30},
		"key refused":  {401, 1000, "[unknown:1]", 1},
		"outage":       {503, 1000, "[unknown:1]", 60},
		"short outage": {503, 4, "[done:1]", 30},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var deleted atomic.Bool
			var reads atomic.Int32
			w := newWorld(t, mutation.Delete(), func(_ http.Handler, w http.ResponseWriter, r *http.Request) bool {
				if r.Method == http.MethodDelete {
					deleted.Store(true)
				}
				if r.Method != http.MethodGet || !deleted.Load() || reads.Add(1) > tc.times {
					return false
				}
				w.Header().Set("Retry-After-authenticated", "90")
				w.WriteHeader(tc.status)
				return true
			})
			if got := outcomes(Run(t.Context(), w.options, w.some(1, model.StateActive))); got != tc.want || reads.Load() > tc.most {
				t.Errorf("%s after %d reads, want %s", got, reads.Load(), tc.want)
			}
		})
	}
}
