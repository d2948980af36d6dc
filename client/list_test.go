package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

func TestListReadsAllPages(t *testing.T) {
	for _, n := range []int{0, 1, 199, 200, 201, 450, 2050} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			f := newFakeList(n)
			c := start(t, f)
			listing, err := c.List(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(listing.Snapshots) != n {
				t.Errorf("%d snapshots", len(listing.Snapshots))
			}
			if want := max(1, (n+199)/200); listing.Requests != want || f.count() != want {
				t.Errorf("%d requests, the server saw %d, want %d", listing.Requests, f.count(), want)
			}
		})
	}
}

func TestListReadsFourPagesAtATime(t *testing.T) {
	f := newFakeList(2000)
	f.pause = 5 * time.Millisecond
	c := start(t, f)
	if _, err := c.List(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if f.widest != 4 {
		t.Errorf("at most %d requests at the same time, want 4", f.widest)
	}
	if f.requests[0] != 1 || slices.Index(f.requests, 2) == 0 {
		t.Errorf("order %v: the first page tells how many there are", f.requests)
	}
}

func TestListReportsProgress(t *testing.T) {
	c := start(t, newFakeList(1450))
	var seen []int
	var first []*model.Snapshot
	_, err := c.List(t.Context(), func(p model.ListProgress) {
		if p.Total != 1450 {
			t.Errorf("total %d", p.Total)
		}
		if first == nil {
			first = p.Snapshots
		}
		seen = append(seen, len(p.Snapshots))
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{200, 1000, 1450}; !slices.Equal(seen, want) {
		t.Errorf("progress %v, want %v", seen, want)
	}
	if len(first) != 200 || cap(first) != 200 {
		t.Errorf("the first report is %d of %d: it must not share room with later ones", len(first), cap(first))
	}
}

func TestListAsksOnlyForWhatChanged(t *testing.T) {
	f := newFakeList(450)
	c := start(t, f)
	before, err := c.List(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	same, err := c.List(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if f.empty304 != 3 || same.Requests != 3 {
		t.Errorf("%d of %d requests answered with 304, want 3 of 3", f.empty304, same.Requests)
	}
	if !slices.Equal(before.Snapshots, same.Snapshots) {
		t.Error("a 304 gave other pointers")
	}

	f.use[300]++ // on page 1: the ids run from 450 down
	f.insert()   // moves every row by one
	f.empty304 = 0
	after, err := c.List(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if f.empty304 != 0 {
		t.Errorf("%d pages answered with 304, though all moved", f.empty304)
	}
	old := make(map[string]*model.Snapshot)
	for _, s := range before.Snapshots {
		old[s.ID] = s
	}
	var changed []string
	for _, s := range after.Snapshots {
		if old[s.ID] != s {
			changed = append(changed, s.ID)
		}
	}
	if want := []string{fakeID(451), fakeID(300)}; !slices.Equal(changed, want) {
		t.Errorf("decoded anew: %v, want %v", changed, want)
	}
}

func TestPageCacheHoldsTheLatestSweepOnly(t *testing.T) {
	f := newFakeList(1000)
	c := start(t, f)
	for _, n := range []int{1000, 600, 150} {
		f.ids = f.ids[len(f.ids)-n:]
		if _, err := c.List(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if len(c.pages.pages) != (n+199)/200 || len(c.pages.rows) != n {
			t.Errorf("%d pages and %d rows are kept for %d snapshots", len(c.pages.pages), len(c.pages.rows), n)
		}
	}
}

// TestListOfAStrangeServer holds the list to its bounds.
func TestListOfAStrangeServer(t *testing.T) {
	var news atomic.Int64 // pages are asked for side by side
	item := func(i int) string { return fmt.Sprintf(`{"id":"%d","name":"n%d"}`, i, i) }
	cases := map[string]struct {
		page     func(page string) string
		want     int
		requests int
	}{
		"the same page for ever":      {func(string) string { return `{"items":[` + item(1) + `],"total":1000,"totalPages":5}` }, 1, 10},
		"a total of a billion":        {func(string) string { return `{"items":[],"total":1000000000,"totalPages":5000000}` }, 0, 10},
		"no total and no pages":       {func(string) string { return `{"items":[` + item(1) + `]}` }, 1, 1},
		"a total that is no number":   {func(string) string { return `{"items":[` + item(1) + `],"total":"many"}` }, 1, 1},
		"a negative total":            {func(string) string { return `{"items":[` + item(1) + `],"total":-5,"totalPages":-1}` }, 1, 1},
		"the same snapshot twice":     {func(string) string { return `{"items":[` + item(1) + `,` + item(1) + `],"total":2,"totalPages":1}` }, 1, 2},
		"null for an empty list":      {func(string) string { return `{"items":null,"total":0,"totalPages":0}` }, 0, 1},
		"pages without total":         {func(p string) string { return `{"items":[{"id":"` + p + `"}],"totalPages":3}` }, 3, 3},
		"smaller pages than we asked": {func(p string) string { return `{"items":[{"id":"` + p + `"}],"total":3,"totalPages":3}` }, 3, 3},
		"always somebody new":         {func(string) string { return `{"items":[` + item(int(news.Add(1))) + `],"total":1000}` }, 15, 15},
		"fewer pages than its total":  {func(p string) string { return `{"items":[{"id":"` + p + `"}],"total":201,"totalPages":1}` }, 2, 4},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var requests atomic.Int64
			c := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				requests.Add(1)
				_, _ = w.Write([]byte(tc.page(r.URL.Query().Get("page"))))
			}))
			listing, err := c.List(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(listing.Snapshots) != tc.want || int(requests.Load()) != tc.requests {
				t.Errorf("%d snapshots with %d requests, want %d with %d",
					len(listing.Snapshots), requests.Load(), tc.want, tc.requests)
			}
		})
	}
}

// TestListLeavesRequestsToOthers counts a limit down and watches the sweep wait
// for the next window.
func TestListLeavesRequestsToOthers(t *testing.T) {
	clk := newClock()
	f := newFakeList(4000) // 20 pages
	limit, left, end := 8, 8, clk.now().Add(time.Minute)
	least := limit
	f.after = func(h http.Header) {
		if now := clk.now(); !now.Before(end) {
			left, end = limit, now.Add(time.Minute)
		}
		left--
		least = min(least, left)
		h.Set("X-RateLimit-Limit-authenticated", fmt.Sprint(limit))
		h.Set("X-RateLimit-Remaining-authenticated", fmt.Sprint(left))
		h.Set("X-RateLimit-Reset-authenticated", fmt.Sprint(int(end.Sub(clk.now()).Seconds())))
	}
	c := start(t, f, clk.use)
	listing, err := c.List(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(listing.Snapshots) != 4000 || listing.Requests != 20 {
		t.Errorf("%d snapshots with %d requests", len(listing.Snapshots), listing.Requests)
	}
	if least != 1 {
		t.Errorf("the sweep left %d of %d requests to others, want 1: it stops once fewer than 2 are left", least, limit)
	}
	if want := []time.Duration{time.Minute, time.Minute}; !slices.Equal(clk.slept, want) {
		t.Errorf("slept %v, want %v", clk.slept, want)
	}
	if !listing.Rate.Known || listing.Rate.Limit != limit || listing.Rate.Remaining != left {
		t.Errorf("rate %+v, want %d of %d", listing.Rate, left, limit)
	}
}

func TestListDoesNotWaitForEver(t *testing.T) {
	clk := newClock()
	f := newFakeList(1000)
	f.after = func(h http.Header) {
		h.Set("X-RateLimit-Limit", "100")
		h.Set("X-RateLimit-Remaining", "3")
		h.Set("X-RateLimit-Reset", "3600")
	}
	c := start(t, f, clk.use)
	_, err := c.List(t.Context(), nil)
	e := asError(t, err)
	if e.Code != model.RateLimited || e.RetryAfter != time.Hour || e.Sent {
		t.Errorf("%+v", e)
	}
	if f.count() != 1 || len(clk.slept) != 0 {
		t.Errorf("%d requests, slept %v", f.count(), clk.slept)
	}
}

func TestListEndsWithItsContext(t *testing.T) {
	f := newFakeList(1000)
	ctx, cancel := context.WithCancel(t.Context())
	f.before = func(n, _ int) {
		if n == 3 {
			cancel()
		}
	}
	c := start(t, f)
	_, err := c.List(ctx, nil)
	if e := asError(t, err); e.Code != model.Canceled || !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestListIsNeverRetried(t *testing.T) {
	var requests atomic.Int64
	c := start(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		requests.Add(1)
		panic(http.ErrAbortHandler)
	}))
	_, err := c.List(t.Context(), nil)
	if e := asError(t, err); e.Code != model.Network || !e.Sent {
		t.Errorf("%+v", e)
	}
	if requests.Load() != 1 {
		t.Errorf("%d requests", requests.Load())
	}
}

func TestErrorOnALaterPageEndsTheList(t *testing.T) {
	f := newFakeList(1000)
	inner := http.Handler(f)
	c := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("page") == "4" {
			_, _ = w.Write([]byte(`{"total":1000}`))
			return
		}
		inner.ServeHTTP(w, r)
	}))
	_, err := c.List(t.Context(), nil)
	if e := asError(t, err); e.Code != model.NotTheAPI || !strings.Contains(e.Message, "without items") {
		t.Errorf("%v", err)
	}
}

// Items without an id hide no other item, and are not taken for rows that were lost
// on the way: the list is not read again for them.
func TestItemsWithoutAnIDAreLeftOut(t *testing.T) {
	inner := http.Handler(newFakeList(1000))
	var requests atomic.Int32
	c := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		answer := httptest.NewRecorder()
		inner.ServeHTTP(answer, r)
		body := answer.Body.String()
		switch r.URL.Query().Get("page") {
		case "2":
			body = strings.Replace(body, `"id"`, `"nid"`, 1)
		case "4":
			body = strings.ReplaceAll(body, `"id"`, `"nid"`)
		}
		_, _ = w.Write([]byte(body))
	}))
	list, err := c.List(t.Context(), nil)
	if err != nil || len(list.Snapshots) != 799 || len(list.Skipped) != 201 {
		t.Fatalf("%d snapshots, %d skipped, %v", len(list.Snapshots), len(list.Skipped), err)
	}
	if requests.Load() != 5 {
		t.Errorf("%d requests for 5 pages", requests.Load())
	}
	if why := list.Skipped[0]; !errors.Is(why, model.ErrNoID) || !strings.HasPrefix(why.Error(), "item 1") {
		t.Error(why)
	}
}

func TestErrorOnOnePageCancelsTheOthers(t *testing.T) {
	f := newFakeList(1000)
	inner := http.Handler(f)
	c := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Query().Get("page") {
		case "1":
			inner.ServeHTTP(w, r)
		case "2":
			time.Sleep(20 * time.Millisecond) // let the others get there
			respond(500, apiError(500, "page 2"))(w, r)
		default:
			<-r.Context().Done()
		}
	}))
	started := time.Now()
	_, err := c.List(t.Context(), nil)
	if e := asError(t, err); e.Message != "page 2" || time.Since(started) > 20*time.Second {
		t.Errorf("%v after %s", e, time.Since(started))
	}
}

func TestPanicInAPageReachesTheCaller(t *testing.T) {
	f := newFakeList(1000)
	c := start(t, f)
	s := &pageFetch{client: c}
	c.pages = nil // whatever it is that goes wrong
	defer func() {
		if p := fmt.Sprint(recover()); !strings.Contains(p, "page.go") {
			t.Errorf("recovered %q, want the stack of the goroutine", p)
		}
	}()
	_, _ = s.fetchPages(t.Context(), 1, 2)
}

func TestConcurrentLists(t *testing.T) {
	f := newFakeList(900)
	c := start(t, f)
	failed := make(chan error, 4)
	for range 4 {
		go func() {
			listing, err := c.List(t.Context(), func(p model.ListProgress) { _ = ids(p.Snapshots) })
			if err == nil && len(listing.Snapshots) != 900 {
				err = fmt.Errorf("%d snapshots", len(listing.Snapshots))
			}
			failed <- err
		}()
	}
	for range 4 {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
}

func BenchmarkListUnchanged(b *testing.B) {
	f := newFakeList(5000)
	pages := make(map[string][]byte)
	for i := 1; i <= 25; i++ {
		pages[fmt.Sprint(i)] = f.body(i, pageSize)
	}
	c, err := New(Options{
		Credentials: Credentials{APIURL: "http://localhost/api", Secret: testKey},
		Transport: roundTripper(func(r *http.Request) *http.Response {
			return answerWith(http.StatusOK, pages[r.URL.Query().Get("page")])
		}),
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := c.List(b.Context(), nil); err != nil {
			b.Fatal(err)
		}
	}
}
