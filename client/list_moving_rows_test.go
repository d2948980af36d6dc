package client

import (
	"fmt"
	"math"
	"net/http"
	"testing"

	"daytona/snapdeck/model"
)

// The list changes between two pages. Snapshots that exist the whole time must be
// found.
func TestListLosesNothingWhenRowsMove(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change   func(f *fakeList)
		requests int // 3 for one pass, 6 for two
	}{
		"insert":                                {func(f *fakeList) { f.insert() }, 6},
		"delete on a page already read":         {func(f *fakeList) { f.remove(440) }, 6},
		"delete on a later page":                {func(f *fakeList) { f.remove(100) }, 6},
		"insert, delete on a page already read": {func(f *fakeList) { f.insert(); f.remove(440) }, 3},
		"insert, delete on a later page":        {func(f *fakeList) { f.insert(); f.remove(100) }, 6},
		"many of both": {func(f *fakeList) {
			for i := range 30 {
				f.insert()
				f.remove(450 - 2*i)
				f.remove(250 - 2*i)
				f.insert()
			}
		}, 6},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			f := newFakeList(450)
			f.before = func(n, _ int) {
				if n == 2 {
					tc.change(f)
				}
			}
			c := start(t, f)
			reported := 0
			listing, err := c.List(t.Context(), func(p model.ListProgress) {
				if len(p.Snapshots) < reported {
					t.Errorf("progress went from %d to %d", reported, len(p.Snapshots))
				}
				reported = len(p.Snapshots)
			})
			if err != nil {
				t.Fatal(err)
			}
			found := ids(listing.Snapshots)
			seen := make(map[string]bool)
			for _, id := range found {
				if seen[id] {
					t.Errorf("%s is listed twice", id)
				}
				seen[id] = true
			}
			for _, id := range f.ids {
				if id <= 450 && !seen[fakeID(id)] {
					t.Errorf("%d is missing", id)
				}
			}
			if listing.Requests != tc.requests || f.count() != tc.requests {
				t.Errorf("got %d requests, the server saw %d, want %d", listing.Requests, f.count(), tc.requests)
			}
		})
	}
}

func TestNoSecondPassWithoutBudget(t *testing.T) {
	for name, tc := range map[string]struct{ limit, remaining int }{
		"own requests":      {24, 24},   // three of a quarter are for polls
		"of other clients'": {400, 104}, // 101 remain, of which 100 are for others
	} {
		t.Run(name, func(t *testing.T) {
			f := newFakeList(450)
			f.before = func(n, _ int) {
				if n == 2 {
					f.insert()
				}
			}
			f.after = func(h http.Header) {
				tc.remaining--
				h.Set("X-RateLimit-Limit", fmt.Sprint(tc.limit))
				h.Set("X-RateLimit-Remaining", fmt.Sprint(tc.remaining))
				h.Set("X-RateLimit-Reset", "60")
			}
			clk := newClock()
			c := start(t, f, clk.use)
			listing, err := c.List(t.Context(), nil)
			if err != nil || listing.Requests != 3 || len(listing.Snapshots) != 450 || len(clk.slept) != 0 {
				t.Errorf("got %d snapshots with %d requests, slept %v, %v", len(listing.Snapshots), listing.Requests, clk.slept, err)
			}
		})
	}
}

func TestLastPage(t *testing.T) {
	for _, tc := range []struct{ total, pages, want int }{
		{0, 0, 0}, {-1, 0, 0}, {-1, 3, 3}, {1, 0, 1}, {200, 1, 1}, {201, 1, 2}, {201, 9, 9}, {math.MaxInt, 0, maxPages}, {5, math.MaxInt, maxPages},
	} {
		if got := lastPage(&page{total: tc.total, pages: tc.pages}); got != tc.want {
			t.Errorf("total %d, pages %d: %d, want %d", tc.total, tc.pages, got, tc.want)
		}
	}
}

func TestListOfAConstantlyChangingOrganization(t *testing.T) {
	f := newFakeList(450)
	f.before = func(n, _ int) { f.remove(n) } // each request deletes the oldest one
	c := start(t, f)
	listing, err := c.List(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if f.count() != 6 {
		t.Errorf("got %d requests, want 6: two passes are enough", f.count())
	}
	if len(listing.Snapshots) < len(f.ids) {
		t.Errorf("got %d snapshots of %d", len(listing.Snapshots), len(f.ids))
	}
}

func TestFailedSecondPassKeepsTheFirst(t *testing.T) {
	f := newFakeList(450)
	f.before = func(n, _ int) {
		if n == 2 {
			f.insert()
		}
		if n >= 4 {
			panic(http.ErrAbortHandler)
		}
	}
	c := start(t, f)
	listing, err := c.List(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(listing.Snapshots) != 450 {
		t.Errorf("got %d snapshots", len(listing.Snapshots))
	}
}
