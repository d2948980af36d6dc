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
	if f.maxInFlight != 4 {
		t.Errorf("at most %d requests at the same time, want 4", f.maxInFlight)
	}
	if f.requests[0] != 1 || slices.Index(f.requests, 2) == 0 {
		t.Errorf("order %v: page 1 must come first, it contains the number of pages", f.requests)
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
		t.Errorf("first report: len %d, cap %d: it must not share capacity with later ones", len(first), cap(first))
	}
}

func TestListTransfersOnlyChangedPages(t *testing.T) {
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
	if f.notModified != 3 || same.Requests != 3 {
		t.Errorf("%d of %d responses were 304, want 3 of 3", f.notModified, same.Requests)
	}
	if !slices.Equal(before.Snapshots, same.Snapshots) {
		t.Error("a 304 changed pointers")
	}

	f.use[300]++ // on page 1: the ids run from 450 down
	f.insert()   // moves every row by one
	f.notModified = 0
	after, err := c.List(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if f.notModified != 0 {
		t.Errorf("%d responses were 304 although all pages changed", f.notModified)
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
		t.Errorf("decoded again: %v, want %v", changed, want)
	}
}

func TestPageCacheHoldsOnlyTheLastList(t *testing.T) {
	f := newFakeList(1000)
	c := start(t, f)
	for _, n := range []int{1000, 600, 150} {
		f.ids = f.ids[len(f.ids)-n:]
		if _, err := c.List(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if len(c.pages.pages) != (n+199)/200 || len(c.pages.rows) != n {
			t.Errorf("%d pages and %d rows for %d snapshots", len(c.pages.pages), len(c.pages.rows), n)
		}
	}
}

// A list ends whatever the server reports.
func TestListOfInvalidServers(t *testing.T) {
	var nextID atomic.Int64 // pages are requested in parallel
	item := func(i int) string { return fmt.Sprintf(`{"id":"%d","name":"n%d"}`, i, i) }
	cases := map[string]struct {
		page     func(page string) string
		want     int
		requests int
	}{
		"always the same page":         {func(string) string { return `{"items":[` + item(1) + `],"total":1000,"totalPages":5}` }, 1, 10},
		"a total of a billion":         {func(string) string { return `{"items":[],"total":1000000000,"totalPages":5000000}` }, 0, 10},
		"no total and no pages":        {func(string) string { return `{"items":[` + item(1) + `]}` }, 1, 1},
		"a total that is not a number": {func(string) string { return `{"items":[` + item(1) + `],"total":"many"}` }, 1, 1},
		"a negative total":             {func(string) string { return `{"items":[` + item(1) + `],"total":-5,"totalPages":-1}` }, 1, 1},
		"the same snapshot twice":      {func(string) string { return `{"items":[` + item(1) + `,` + item(1) + `],"total":2,"totalPages":1}` }, 1, 2},
		"null for an empty list":       {func(string) string { return `{"items":null,"total":0,"totalPages":0}` }, 0, 1},
		"pages without total":          {func(p string) string { return `{"items":[{"id":"` + p + `"}],"totalPages":3}` }, 3, 3},
		"smaller pages than requested": {func(p string) string { return `{"items":[{"id":"` + p + `"}],"total":3,"totalPages":3}` }, 3, 3},
		"always a new snapshot":        {func(string) string { return `{"items":[` + item(int(nextID.Add(1))) + `],"total":1000}` }, 15, 15},
		"fewer pages than its total":   {func(p string) string { return `{"items":[{"id":"` + p + `"}],"total":201,"totalPages":1}` }, 2, 4},
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

// A list waits for the next window before it uses the last quarter of the limit.
func TestListLeavesRequestsToOthers(t *testing.T) {
	clk := newClock()
	f := newFakeList(4000) // 20 pages
	limit, remaining, end := 8, 8, clk.now().Add(time.Minute)
	lowest := limit
	f.after = func(h http.Header) {
		if now := clk.now(); !now.Before(end) {
			remaining, end = limit, now.Add(time.Minute)
		}
		remaining--
		lowest = min(lowest, remaining)
		h.Set("X-RateLimit-Limit-authenticated", fmt.Sprint(limit))
		h.Set("X-RateLimit-Remaining-authenticated", fmt.Sprint(remaining))
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
	if lowest != 1 {
		t.Errorf("the list left %d of %d requests, want 1: it stops once fewer than 2 remain", lowest, limit)
	}
	if want := []time.Duration{time.Minute, time.Minute}; !slices.Equal(clk.slept, want) {
		t.Errorf("slept %v, want %v", clk.slept, want)
	}
	if !listing.Rate.Known || listing.Rate.Limit != limit || listing.Rate.Remaining != remaining {
		t.Errorf("rate %+v, want %d of %d", listing.Rate, remaining, limit)
	}
}

func TestListWaitsAtMostFiveMinutes(t *testing.T) {
	clk := newClock()
	f := newFakeList(1000)
	f.after = func(h http.Header) {
		h.Set("X-RateLimit-Limit", "100")
		h.Set("X-RateLimit-Remaining", "3")
		h.Set("X-RateLimit-Reset", "3600")
	}
	c := start(t, f, clk.use)
	_, err := c.List(t.Context(), nil)
	e := requireError(t, err)
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
	if e := requireError(t, err); e.Code != model.Canceled || !errors.Is(err, context.Canceled) {
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
	if e := requireError(t, err); e.Code != model.Network || !e.Sent {
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
	if e := requireError(t, err); e.Code != model.NotTheAPI || !strings.Contains(e.Message, "has no items") {
		t.Errorf("%v", err)
	}
}

// Items without an id are skipped and do not count as missing, so the list is not
// read again.
func TestItemsWithoutIDAreSkipped(t *testing.T) {
	inner := http.Handler(newFakeList(1000))
	var requests atomic.Int32
	c := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		rec := httptest.NewRecorder()
		inner.ServeHTTP(rec, r)
		body := rec.Body.String()
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
	if err := list.Skipped[0]; !errors.Is(err, model.ErrNoID) || !strings.HasPrefix(err.Error(), "item 1") {
		t.Error(err)
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
			time.Sleep(20 * time.Millisecond) // until the other requests have arrived
			respond(500, apiError(500, "page 2"))(w, r)
		default:
			<-r.Context().Done()
		}
	}))
	started := time.Now()
	_, err := c.List(t.Context(), nil)
	if e := requireError(t, err); e.Message != "page 2" || time.Since(started) > 20*time.Second {
		t.Errorf("%v after %s", e, time.Since(started))
	}
}

func TestPanicInAPageReachesTheCaller(t *testing.T) {
	c := start(t, newFakeList(1000))
	f := &pageFetch{client: c}
	c.pages = nil // causes a panic
	defer func() {
		if p := fmt.Sprint(recover()); !strings.Contains(p, "page.go") {
			t.Errorf("recovered %q, want the stack of the goroutine", p)
		}
	}()
	_, _ = f.fetchPages(t.Context(), 1, 2)
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
			return newResponse(http.StatusOK, pages[r.URL.Query().Get("page")])
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
