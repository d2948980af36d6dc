package client

import (
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

func TestListReadsAllPages(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 199, 200, 201, 450, 2050} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			f := newFakeList(n)
			c := start(t, f)
			listing, err := c.List(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(listing.Snapshots) != n {
				t.Errorf("got %d snapshots", len(listing.Snapshots))
			}
			if want := max(1, (n+199)/200); listing.Requests != want || f.count() != want {
				t.Errorf("got %d requests, the server saw %d, want %d", listing.Requests, f.count(), want)
			}
		})
	}
}

func TestListReadsFourPagesAtATime(t *testing.T) {
	t.Parallel()
	f := newFakeList(2000)
	f.gather = 4
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
	if want := []int{200, 400, 600, 800, 1000, 1200, 1400, 1450}; !slices.Equal(seen, want) {
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
			t.Errorf("got %d pages and %d rows for %d snapshots", len(c.pages.pages), len(c.pages.rows), n)
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
		"a total of a billion":         {func(string) string { return `{"items":[],"total":1000000000,"totalPages":5000000}` }, 0, 5},
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
				if r.URL.Path == "/snapshots" {
					requests.Add(1)
				}
				_, _ = w.Write([]byte(tc.page(r.URL.Query().Get("page"))))
			}))
			listing, err := c.List(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(listing.Snapshots) != tc.want || int(requests.Load()) != tc.requests {
				t.Errorf("got %d snapshots with %d requests, want %d with %d",
					len(listing.Snapshots), requests.Load(), tc.want, tc.requests)
			}
		})
	}
}

// A list waits for the next window while other clients have left less than a quarter
// of the limit.
func TestListLeavesRequestsToOthers(t *testing.T) {
	clk := newClock()
	f := newFakeList(2000) // 10 pages
	limit, remaining, end := 400, 105, clk.now().Add(30*time.Second)
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
	if len(listing.Snapshots) != 2000 || listing.Requests != 10 {
		t.Errorf("got %d snapshots with %d requests", len(listing.Snapshots), listing.Requests)
	}
	if lowest != 99 {
		t.Errorf("the list left %d of %d requests, want 99: it stops once fewer than 100 remain", lowest, limit)
	}
	if want := []time.Duration{30 * time.Second}; !slices.Equal(clk.slept, want) {
		t.Errorf("slept %v, want %v", clk.slept, want)
	}
	if rate := c.Rate(); !rate.Known || rate.Limit != limit || rate.Remaining != remaining {
		t.Errorf("rate %+v, want %d of %d", rate, remaining, limit)
	}
}

func TestConcurrentLists(t *testing.T) {
	t.Parallel()
	f := newFakeList(900)
	c := start(t, f)
	failed := make(chan error, 4)
	for range 4 {
		go func() {
			listing, err := c.List(t.Context(), func(p model.ListProgress) { _ = ids(p.Snapshots) })
			if err == nil && len(listing.Snapshots) != 900 {
				err = fmt.Errorf("got %d snapshots", len(listing.Snapshots))
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

// heapAfterGC returns the live bytes of the heap.
func heapAfterGC() int64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

// The memory of a client stays the same over many polls in which snapshots change.
func TestPollsDoNotAccumulateMemory(t *testing.T) {
	f := newFakeList(1000)
	clk := newClock()
	c := start(t, f, clk.use)
	var early int64
	for poll := range 200 {
		for i := range 50 {
			f.use[1+(poll*50+i)%1000]++
		}
		clk.advance(time.Minute)
		if _, err := c.List(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if poll == 20 {
			early = heapAfterGC()
		}
	}
	if late := heapAfterGC(); late > early+early/4 {
		t.Errorf("%d KB after 200 polls, %d KB after 20", late>>10, early>>10)
	}
	if len(c.pages.rows) != 1000 {
		t.Errorf("the cache holds %d snapshots of 1000", len(c.pages.rows))
	}
}

func BenchmarkListUnchanged(b *testing.B) {
	f := newFakeList(5000)
	pages := make(map[string][]byte)
	for i := 1; i <= 25; i++ {
		pages[fmt.Sprint(i)] = f.body(i, pageSize)
	}
	clk := newClock()
	c, err := New(Options{
		Credentials: Credentials{APIURL: "http://localhost/api", Secret: testKey},
		Now:         clk.now, Sleep: clk.sleep,
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
