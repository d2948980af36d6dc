package ui

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/mutation"
)

// fault is what happens to a request that changes something.
type fault struct {
	carriedOut bool
	answer     http.HandlerFunc
}

// unreliable answers requests that change something with a fault, and counts the GETs by id.
type unreliable struct {
	mu    sync.Mutex
	next  func(r *http.Request) *fault // nil is no fault
	reads []time.Time
	now   func() time.Time
	truth http.Handler
}

func (u *unreliable) over(next http.Handler) http.Handler {
	u.truth = next
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			if strings.HasPrefix(r.URL.Path, "/api/snapshots/") && !strings.Contains(r.URL.Path, "build-logs") && u.now != nil {
				u.mu.Lock()
				u.reads = append(u.reads, u.now())
				u.mu.Unlock()
			}
			next.ServeHTTP(w, r)
			return
		}
		u.mu.Lock()
		f := (*fault)(nil)
		if u.next != nil {
			f = u.next(r)
		}
		u.mu.Unlock()
		if f == nil {
			next.ServeHTTP(w, r)
			return
		}
		if f.carriedOut {
			next.ServeHTTP(httptest.NewRecorder(), r)
		}
		f.answer(w, r)
	})
}

func always(f fault) func(*http.Request) *fault { return func(*http.Request) *fault { return &f } }

func newUnreliable(t *testing.T, f fault, configure ...func(*setup)) (*harness, *unreliable) {
	t.Helper()
	u := &unreliable{next: always(f)}
	h := newHarness(t, append(configure, func(s *setup) { s.handler = u.over })...)
	u.now = h.clock.Now
	return h, u
}

// deleteOld deletes a snapshot and returns its name and id.
func (h *harness) deleteOld() (name, id string) {
	h.t.Helper()
	h.onOldSnapshot()
	name, id = h.cursor(), h.app.selected().ID
	h.press("D", "y")
	return name, id
}

// waitFor lets time pass until texts are on the screen.
func (h *harness) waitFor(most time.Duration, want ...string) {
	h.t.Helper()
	for end := h.clock.now.Add(most); h.clock.now.Before(end); h.advance(time.Second) {
		flowing := strings.Join(strings.Fields(h.screen()), " ")
		if !slices.ContainsFunc(want, func(w string) bool { return !strings.Contains(flowing, w) }) {
			return
		}
	}
	h.sees(want...)
}

// answers are what comes instead of an answer, after the request was carried out or not.
func answers() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"answer 500: An unexpected error occurred": status(500, `{"statusCode":500,"message":"An unexpected error occurred."}`),
		"answer 502":                       status(502, "<html>Bad Gateway</html>"),
		"answer 503: Service Unavailable":  status(503, ""),
		"answer 504: Gateway Timeout":      status(504, ""),
		"answer 200: HTML page instead of": status(200, "<html>Log in</html>"),
		"no answer":                        hangUp,
	}
}

func TestADeleteWithoutAnAnswerIsUnknownUntilItIsProven(t *testing.T) {
	t.Parallel()
	for answer, handler := range answers() {
		t.Run(answer, func(t *testing.T) {
			t.Parallel()
			var records []activity.Record
			h, _ := newUnreliable(t, fault{true, handler}, func(s *setup) {
				s.options.Record = func(r activity.Record) error { records = append(records, r); return nil }
			})
			name, id := h.deleteOld()
			h.sees(name+": outcome of delete unknown, asking again · "+answer, "outcome unknown · asked again in 1s")
			h.misses("was not deleted")
			h.waitFor(20*time.Second, "deleted "+name+" · took ")
			if _, ok := h.app.state.Data.Store.Get(id); ok || len(h.app.state.Failures) > 0 || len(h.app.state.Pending) > 0 {
				t.Error("the row, its mark or its action is still there")
			}
			if len(records) != 2 || records[1].Outcome != activity.Done || records[1].Failed {
				t.Errorf("recorded %+v", records)
			}
		})
	}
}

func TestADeleteThatWasNotCarriedOutStaysUnknown(t *testing.T) {
	t.Parallel()
	for answer, handler := range answers() {
		t.Run(answer, func(t *testing.T) {
			t.Parallel()
			var records []activity.Record
			h, u := newUnreliable(t, fault{false, handler}, func(s *setup) {
				s.options.Record = func(r activity.Record) error { records = append(records, r); return nil }
			})
			sent := h.clock.now
			name, id := h.deleteOld()
			h.sees(answer)
			h.advance(9 * time.Minute)
			h.sees("outcome unknown · asked again in", "still listed as inactive")
			h.misses("was not deleted", "reverted")
			h.waitFor(2*time.Minute, name+": outcome of delete unknown · "+answer, "still listed as inactive · id "+id+" · D retry")
			if len(h.app.state.Pending) > 0 {
				t.Error("it is asked for ever")
			}
			if len(records) != 2 || records[1].Outcome != activity.Unknown || records[1].Failed {
				t.Errorf("recorded %+v", records)
			}
			if n := len(u.reads); n < 60 || n > 64 {
				t.Errorf("%d GETs in ten minutes", n)
			}
			for i, most := range []time.Duration{3, 4, 7, 17} {
				if after := u.reads[i].Sub(sent) - time.Second; after > most*time.Second {
					t.Errorf("GET %d came %v after the request", i+1, after)
				}
			}
			u.next = nil
			h.app.table.Select(id)
			h.press("D", "y")
			h.waitFor(20*time.Second, "deleted "+name)
		})
	}
}

// A refusal is known at once, and asked for by no GET.
func TestARefusalFailsAtOnce(t *testing.T) {
	t.Parallel()
	for _, code := range []int{400, 403, 409} {
		h, u := newUnreliable(t, fault{false, status(code, `{"statusCode":400,"message":"It is protected."}`)})
		name, _ := h.deleteOld()
		h.sees(name + " was not deleted: It is protected.")
		if len(h.app.state.Pending) > 0 || len(u.reads) > 0 {
			t.Errorf("%d: it is followed", code)
		}
	}
}

// The server answers 404 also for what it does not permit.
func TestOnlyAReadProvesThatASnapshotIsNotFound(t *testing.T) {
	t.Parallel()
	notFound := status(404, `{"statusCode":404,"message":"Snapshot not found"}`)
	h, _ := newUnreliable(t, fault{false, notFound})
	name, _ := h.deleteOld()
	h.sees(name+" was not deleted: answer 404: not found, still listed as", "D retry")
	h.advance(time.Minute)
	if h.cursor() != name {
		t.Errorf("the cursor is on %s", h.cursor())
	}
	h.press("a")
	h.misses("deleted ·")

	h, _ = newUnreliable(t, fault{true, notFound})
	name, _ = h.deleteOld()
	h.waitFor(20*time.Second, "deleted "+name+" · took ")
}

func TestActivateAndDeactivateWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		m          *mutation.Mutation
		from       model.State
		key        string
		carriedOut bool
		want       string
	}{
		{mutation.Activate(), model.StateInactive, "A", true, "activated "},
		{mutation.Activate(), model.StateInactive, "A", false, "outcome unknown · asked again in"},
		{mutation.Deactivate(), model.StateActive, "I", true, "deactivated "},
		{mutation.Deactivate(), model.StateActive, "I", false, "outcome unknown · asked again in"},
	} {
		h, _ := newUnreliable(t, fault{tc.carriedOut, status(504, "")})
		h.onState(tc.m, tc.from)
		h.press(tc.key, "y")
		h.sees("outcome of "+tc.m.Name+" unknown", "answer 504: Gateway Timeout")
		h.waitFor(8*time.Second, tc.want)
	}
}

// The same delete can be sent again while its outcome is unknown, and is recorded so.
func TestAnUnknownDeleteCanBeSentAgain(t *testing.T) {
	t.Parallel()
	var records []activity.Record
	h, u := newUnreliable(t, fault{false, hangUp}, func(s *setup) {
		s.options.Record = func(r activity.Record) error { records = append(records, r); return nil }
	})
	name, _ := h.deleteOld()
	h.advance(3 * time.Second)
	u.next = nil
	h.press("D", "y")
	h.waitFor(20*time.Second, "deleted "+name)
	var outcomes []activity.Outcome
	for _, r := range records {
		outcomes = append(outcomes, r.Outcome)
	}
	if want := []activity.Outcome{"", activity.Replaced, "", activity.Done}; !slices.Equal(outcomes, want) {
		t.Errorf("recorded %q, want %q", outcomes, want)
	}
	if open := activity.Open(records); len(open) > 0 {
		t.Errorf("open are %+v", open)
	}
}

// Neither a poll that misses the row nor a stale copy of it proves that a delete was
// reverted.
func TestAReadOfAStaleCopyIsNoRevert(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 8} { // followed by GETs, and by polls alone
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			stale := &staleServer{}
			h := newHarness(t, func(s *setup) { s.handler = stale.over })
			h.markOld(n)
			ids := h.app.table.Marked()
			stale.keep(h, ids)
			h.press("D")
			h.typ(fmt.Sprint(n))
			h.press("enter")
			h.advance(20 * time.Second)
			h.misses("reverted")
			stale.lose(ids)
			h.advance(3 * time.Second)
			h.misses("reverted")
			stale.lose(nil)
			h.advance(10 * time.Second)
			h.misses("reverted")
			h.sees(fmt.Sprintf("%d deleted  ", n))
		})
	}
}

// staleServer reads some snapshots from an old copy, or loses them.
type staleServer struct {
	mu   sync.Mutex
	old  map[string]json.RawMessage // by id; the list has one page
	lost hidden
}

func (s *staleServer) over(next http.Handler) http.Handler {
	lossy := s.lost.over(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		old := s.old
		s.mu.Unlock()
		if r.Method != http.MethodGet || len(old) == 0 {
			lossy.ServeHTTP(w, r)
			return
		}
		if row, ok := old[strings.TrimPrefix(r.URL.Path, "/api/snapshots/")]; ok {
			status(200, string(row), "Content-Type", "application/json")(w, r)
			return
		}
		editList(next, func(page map[string]any) {
			items := slices.DeleteFunc(page["items"].([]any), func(item any) bool {
				_, stale := old[item.(map[string]any)["id"].(string)]
				return stale
			})
			for _, row := range old {
				items = append(items, row)
			}
			page["items"], page["total"] = items, len(items)
		})(w, r)
	})
}

func (s *staleServer) keep(h *harness, ids []string) {
	old := make(map[string]json.RawMessage)
	for _, id := range ids {
		row, _ := h.app.state.Data.Store.Get(id)
		old[id] = json.RawMessage(row.Raw.String())
	}
	s.mu.Lock()
	s.old = old
	s.mu.Unlock()
}

func (s *staleServer) lose(ids []string) {
	s.mu.Lock()
	s.old, s.lost.ids = nil, ids
	s.mu.Unlock()
}

// A bulk action with many lost answers reports what is true: what was deleted is done, and
// what is still listed is unknown, not failed.
func TestBulkDeleteWithLostAnswersReportsTheTruth(t *testing.T) {
	long(t)
	t.Parallel()
	random := rand.New(rand.NewPCG(12, 28))
	handlers := []http.HandlerFunc{
		status(500, `{"statusCode":500,"message":"An unexpected error occurred."}`), status(502, ""), status(503, ""), status(504, ""), hangUp,
	}
	u := &unreliable{}
	u.next = func(*http.Request) *fault {
		if random.IntN(100) >= 28 {
			return nil
		}
		return &fault{random.IntN(5) == 0, handlers[random.IntN(len(handlers))]}
	}
	h := newHarness(t, func(s *setup) { s.demo.Size = 300; s.handler = u.over })
	const wanted = 200
	h.markOld(wanted)
	ids := h.app.table.Marked()
	h.press("D", "down")
	h.typ("200")
	h.press("enter")
	h.advance(time.Minute)
	if h.app.bulk.Active() {
		t.Fatalf("still running: %+v", h.app.bulk.Counts())
	}
	deleted := 0
	for _, id := range ids {
		if answer := h.call(http.MethodGet, "/api/snapshots/"+id, ""); answer.StatusCode == http.StatusNotFound {
			deleted++
		}
	}
	c := h.app.bulk.Counts()
	if c.Done != deleted || c.Unknown != wanted-deleted || c.Failed != 0 || deleted > 170 || deleted < 140 {
		t.Fatalf("%+v, but %d of %d are deleted", c, deleted, wanted)
	}
	h.sees(fmt.Sprintf("%d deleted · %d unknown  ", deleted, wanted-deleted), "still listed as", "unknown ones are asked again")
	h.press("esc")
	if h.app.table.MarkCount() != wanted-deleted {
		t.Errorf("%d are marked, %d are still listed", h.app.table.MarkCount(), wanted-deleted)
	}
	u.next = nil
	h.press("D", "down")
	h.typ(fmt.Sprint(wanted - deleted))
	h.press("enter")
	h.advance(time.Minute)
	h.sees(fmt.Sprintf("%d deleted  ", wanted-deleted))
	if n := len(h.app.state.Pending); n > 0 {
		t.Errorf("%d actions are still running", n)
	}
}

// An item that turns out to be deleted after the end of the bulk action counts as done.
func TestBulkReportFollowsWhatIsLearnedLater(t *testing.T) {
	t.Parallel()
	h, _ := newUnreliable(t, fault{true, status(503, "")})
	h.markOld(2)
	h.press("D")
	h.typ("2")
	h.press("enter")
	h.sees("0 deleted · 2 unknown  ", "answer 503: Service Unavailable")
	h.advance(20 * time.Second)
	h.sees("2 deleted  ")
}

// quitting leaves that a request was sent; the next start asks and reports.
func TestTheNextStartAsksForWhatHasNoEnd(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		carriedOut bool
		after      time.Duration
		want       string
		outcome    activity.Outcome
	}{
		"deleted":               {true, time.Hour, "deleted ", activity.Done},
		"still listed":          {false, time.Hour, " was not deleted: no answer, still listed as inactive · D retry", activity.Failed},
		"still listed, started": {false, time.Second, "outcome unknown · asked again in", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			var file []string // lines of JSON
			write := func(r activity.Record) error {
				line, err := json.Marshal(r)
				mu.Lock()
				file = append(file, string(line))
				mu.Unlock()
				return err
			}
			records := func() []activity.Record {
				var all []activity.Record
				for _, line := range file {
					var r activity.Record
					if err := json.Unmarshal([]byte(line), &r); err != nil {
						t.Fatal(err)
					}
					all = append(all, r)
				}
				return all
			}
			u := &unreliable{next: always(fault{tc.carriedOut, hangUp})}
			options := func(s *setup) {
				s.options.Record, s.options.APIURL, s.handler = write, "http://host/api", u.over
				s.options.OpenActions = func(url, organization string) ([]activity.Record, error) {
					if url != "http://host/api" || organization == "" {
						t.Errorf("asked for %q of %q", organization, url)
					}
					return activity.Open(records()), nil
				}
			}
			first := newHarness(t, options)
			_, id := first.deleteOld()
			if all := records(); len(all) != 1 || all[0].Phase != activity.Sent || all[0].ID != id || all[0].Request != "DELETE /snapshots/"+id {
				t.Fatalf("recorded %+v", all)
			}
			first.press("q")
			first.sees("Quit while an action is running?", "asks for the result at the next start", "outcome unknown")

			u.next = nil
			first.clock.now = first.clock.now.Add(tc.after)
			second := newHarness(t, options, func(s *setup) {
				s.clock = first.clock.now
				s.handler = func(http.Handler) http.Handler { return first.demo }
			})
			if _, ok := second.app.state.Data.Store.Get(id); ok {
				second.app.table.Select(id)
			}
			second.advance(time.Second)
			second.sees(tc.want)
			all := records()
			if last := all[len(all)-1]; last.Outcome != tc.outcome || tc.outcome != "" && len(activity.Open(all)) != 0 {
				t.Errorf("recorded %+v", all)
			}
			if tc.outcome == "" && len(activity.Open(all)) != 1 {
				t.Error("the request is forgotten")
			}
		})
	}
}

// The request is on the disk before it leaves. A disk that fails does not stop it, and is
// reported once.
func TestARequestIsRecordedBeforeItLeaves(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var order []string
	h := newHarness(t, func(s *setup) {
		s.options.Record = func(r activity.Record) error {
			mu.Lock()
			defer mu.Unlock()
			order = append(order, string(r.Phase))
			return fmt.Errorf("no space left")
		}
		s.handler = func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodDelete {
					mu.Lock()
					order = append(order, "request")
					mu.Unlock()
				}
				next.ServeHTTP(w, r)
			})
		}
	})
	name, _ := h.deleteOld()
	h.sees("the log of actions cannot be written: no space left")
	h.waitFor(20*time.Second, "deleted "+name)
	h.misses("cannot be written")
	if want := []string{"sent", "request", "ended"}; !slices.Equal(order, want) {
		t.Errorf("in the order %q, want %q", order, want)
	}
}

// Asking for many unknown outcomes leaves most of the rate limit to others.
func TestManyUnknownOutcomesStayWithinTheBudget(t *testing.T) {
	t.Parallel()
	for limit, most := range map[int]int{100: 13, 4000: 62} { // GETs a minute
		h, u := newUnreliable(t, fault{false, status(503, "")}, func(s *setup) {
			s.demo.RateLimit = demo.Limit{Requests: limit, Window: time.Minute}
		})
		h.markOld(20)
		h.press("D", "down")
		h.typ("20")
		h.press("enter")
		h.advance(10 * time.Second)
		u.reads = nil
		h.advance(time.Minute)
		if n := len(u.reads); n > most || n < most/2 {
			t.Errorf("with a limit of %d: %d GETs in a minute, want at most %d", limit, n, most)
		}
	}
}
