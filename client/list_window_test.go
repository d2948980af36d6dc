package client

import (
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// A slow page does not stop the pages after it, and the snapshots keep the order of the
// pages.
func TestListDoesNotWaitForASlowPage(t *testing.T) {
	t.Parallel()
	const slow, later = "3", "10"
	f := newFakeList(12 * pageSize)
	requested := make(chan struct{})
	c := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Query().Get("page") {
		case slow:
			select {
			case <-requested:
			case <-time.After(time.Minute):
				t.Errorf("page %s was not requested before page %s arrived", later, slow)
			}
		case later:
			close(requested)
		}
		f.ServeHTTP(w, r)
	}))
	listing, err := c.List(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range listing.Snapshots {
		if s.ID != fakeID(12*pageSize-i) {
			t.Fatalf("snapshot %d is %s", i, s.ID)
		}
	}
}

// Reading goes on while progress is handled.
func TestListDoesNotWaitForProgress(t *testing.T) {
	t.Parallel()
	f := newFakeList(6 * pageSize)
	c := start(t, f)
	_, err := c.List(t.Context(), func(p model.ListProgress) {
		if len(p.Snapshots) > pageSize {
			return
		}
		for deadline := time.Now().Add(time.Minute); f.count() < 6; time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("%d of 6 pages were requested while the first one was handled", f.count())
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

// BenchmarkListParallel compares a list with its pages one by one, at 15 ms a request.
func BenchmarkListParallel(b *testing.B) {
	for _, n := range []int{5000, 20_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			f := newFakeList(n)
			pages := make(map[string][]byte)
			for i := 1; i <= n/pageSize; i++ {
				pages[strconv.Itoa(i)] = f.body(i, pageSize)
			}
			handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				time.Sleep(15 * time.Millisecond)
				w.Header().Set("X-RateLimit-Limit", "1000000")
				w.Header().Set("X-RateLimit-Remaining", "1000000")
				w.Header().Set("X-RateLimit-Reset", "60")
				_, _ = w.Write(pages[r.URL.Query().Get("page")])
			})
			var parallel, single time.Duration
			for b.Loop() {
				began := time.Now()
				c := start(b, handler)
				listing, err := c.List(b.Context(), nil)
				if err != nil || len(listing.Snapshots) != n {
					b.Fatal(fmt.Errorf("%d snapshots: %w", len(listing.Snapshots), err))
				}
				parallel += time.Since(began)
				began = time.Now()
				one := &pageFetch{client: start(b, handler), log: &requestLog{}}
				for i := range n / pageSize {
					if _, err := one.fetchPage(b.Context(), i+1, func() {}); err != nil {
						b.Fatal(err)
					}
				}
				single += time.Since(began)
			}
			b.ReportMetric(float64(parallel)/float64(single), "of-one-by-one")
		})
	}
}
