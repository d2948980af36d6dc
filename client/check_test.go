package client

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// Checks between the polls of a long list, and while one runs, read the newest page and
// the snapshots in transition. Together they stay within the budget.
func TestChecksHaveAShareOfTheBudget(t *testing.T) {
	t.Parallel()
	const window = time.Minute
	for name, tc := range map[string]struct {
		headers map[string]string
		most    int // requests in a window
		old     int // snapshots in transition that are not among the newest
	}{
		"unknown limit": {nil, 59, 3},
		"limit of 400":  {map[string]string{"Limit": "400", "Remaining": "399", "Reset": "60"}, 100, 6},
		"none in transition": {
			map[string]string{"Limit": "240", "Remaining": "239", "Reset": "60"}, 60, 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFakeList(13_000)
			f.after = func(h http.Header) {
				for header, value := range tc.headers {
					h.Set("X-RateLimit-"+header+"-authenticated", value)
				}
			}
			mux := http.NewServeMux()
			mux.Handle("/snapshots", f)
			mux.HandleFunc("/snapshots/{id}", func(w http.ResponseWriter, r *http.Request) {
				respond(200, fmt.Sprintf(`{"id":%q,"name":"old","state":"building"}`, r.PathValue("id")))(w, r)
			})
			clk := newClock()
			counter := &requestCounter{Handler: mux, clk: clk}
			var ids []string
			for i := range tc.old {
				ids = append(ids, fakeID(i+1))
			}
			var c *Client
			checking, last := false, time.Time{}
			check := func() {
				ids := append(slices.Clone(ids), fakeID(12_999)) // that is on the newest page
				found, err := c.Check(t.Context(), ids)
				if err != nil {
					t.Fatal(err)
				}
				if len(found.Snapshots) == 200+tc.old {
					last = clk.now()
				} else if since := clk.now().Sub(last); since > 15*time.Second {
					t.Errorf("after %s %d snapshots were read, none in time for %s", clk.now().Sub(newClock().now()), len(found.Snapshots), since)
				}
			}
			c = start(t, counter, clk.use, func(o *Options) {
				o.Sleep = func(ctx context.Context, d time.Duration) error {
					for ; d > 0 && checking; d -= 10 * time.Second {
						clk.advance(min(d, 10*time.Second))
						check()
					}
					clk.advance(max(d, 0))
					return ctx.Err()
				}
			})
			list := func() {
				if listing, err := c.List(t.Context(), nil); err != nil || len(listing.Snapshots) != 13_000 {
					t.Fatalf("got %d snapshots, %v", len(listing.Snapshots), err)
				}
			}
			list()
			clk.advance(window) // the first list may use all of the budget
			checking, last = true, clk.now()
			for range 3 {
				for range 6 {
					clk.advance(10 * time.Second)
					check()
				}
				list()
			}
			if most := counter.busiest(window); most > tc.most {
				t.Errorf("%d requests in %s, want at most %d", most, window, tc.most)
			}
			checking = false
			clk.advance(window)
			if b := c.Budget(); b.Reserved != 0 {
				t.Errorf("without checks %d requests are reserved for them", b.Reserved)
			}
		})
	}
}

func TestCheckOfDeletedSnapshotsAndErrors(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	mux.Handle("/snapshots", newFakeList(3))
	mux.Handle("/snapshots/lost", respond(404, `{"statusCode":404,"message":"Snapshot with ID lost not found"}`))
	mux.Handle("/snapshots/broken", respond(500, `{"message":"oops"}`))
	mux.Handle("/snapshots/fine", respond(200, `{"id":"fine","name":"fine","state":"active"}`))
	c := start(t, mux)
	found, err := c.Check(t.Context(), []string{"lost", "fine"})
	if err != nil || len(found.Snapshots) != 4 || !slices.Equal(found.NotFound, []string{"lost"}) {
		t.Errorf("found %v, not found %v, %v", ids(found.Snapshots), found.NotFound, err)
	}
	found, err = c.Check(t.Context(), []string{"fine", "broken", "lost"})
	if e := requireError(t, err); e.Code != model.ServerError || len(found.Snapshots) != 4 {
		t.Errorf("found %v, %v", ids(found.Snapshots), err)
	}
}

// Nothing is sent while the server refuses requests.
func TestNoCheckWhileRateLimited(t *testing.T) {
	t.Parallel()
	requests := 0
	c := start(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		requests++
		w.Header().Set("Retry-After-authenticated", "30")
		w.WriteHeader(http.StatusTooManyRequests)
	}))
	if _, err := c.Check(t.Context(), nil); requireError(t, err).Code != model.RateLimited {
		t.Errorf("got %v", err)
	}
	if found, err := c.Check(t.Context(), nil); err != nil || found.Snapshots != nil || requests != 1 {
		t.Errorf("got %v, %v with %d requests", found, err, requests)
	}
}
