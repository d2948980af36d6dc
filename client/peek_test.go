package client

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// Peeks use what polls and checks leave, and never more than a quarter of the budget.
func TestPeeksHaveAShareOfTheBudget(t *testing.T) {
	t.Parallel()
	const window = time.Minute
	for name, tc := range map[string]struct {
		headers     map[string]string
		size        int // of the list
		least, most int // peeks in a minute
		total       int // requests in a minute
	}{
		"unknown limit":  {nil, 100, 7, 7, 59},
		"limit of 4,000": {rateHeaders("4000"), 100, 60, 60, 1000},
		"limit of 60":    {rateHeaders("60"), 100, 1, 1, 15},
		"limit of 4":     {rateHeaders("4"), 1, 0, 0, 1},
		"long list":      {rateHeaders("240"), 13_000, 1, 7, 60},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			list := newFakeList(tc.size)
			list.after = func(h http.Header) {
				for header, value := range tc.headers {
					h.Set(header, value)
				}
			}
			mux := http.NewServeMux()
			mux.Handle("/snapshots", list)
			mux.HandleFunc("/snapshots/{id}/build-logs-url", respond(404, `{"statusCode":404,"message":"Cannot GET /snapshots/x/build-logs-url"}`))
			mux.HandleFunc("/snapshots/{id}/build-logs", func(w http.ResponseWriter, r *http.Request) {
				if r.URL.RawQuery != "" {
					t.Errorf("the log was asked for with %q", r.URL.RawQuery)
				}
				_, _ = w.Write([]byte("Step 1/2 : FROM x\n"))
			})
			clk := newClock()
			counter := &requestCounter{Handler: mux, clk: clk}
			c := start(t, counter, clk.use)
			if _, err := c.List(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			read := 0
			for range 60 {
				var log bytes.Buffer
				switch asked, err := c.PeekBuildLog(t.Context(), fakeID(1), &log); {
				case asked && (err != nil || log.String() != "Step 1/2 : FROM x\n"):
					t.Fatalf("got %q, %v", log.String(), err)
				case asked:
					read++
				case err != nil || log.Len() > 0:
					t.Fatalf("not asked, but %q, %v", log.String(), err)
				}
				clk.advance(time.Second)
			}
			if read < tc.least || read > tc.most {
				t.Errorf("%d logs were read in a minute, want %d to %d", read, tc.least, tc.most)
			}
			if most := counter.busiest(window); most > tc.total {
				t.Errorf("%d requests in a minute, want at most %d", most, tc.total)
			}
		})
	}
}

func rateHeaders(limit string) map[string]string {
	return map[string]string{
		"X-RateLimit-Limit-authenticated": limit, "X-RateLimit-Remaining-authenticated": limit, "X-RateLimit-Reset-authenticated": "60",
	}
}

// Polls see what peeks used.
func TestPeeksCountTowardTheBudget(t *testing.T) {
	t.Parallel()
	clk := newClock()
	mux := http.NewServeMux()
	mux.Handle("/", respond(500, `{"message":"oops"}`))
	c := start(t, mux, clk.use)
	before := c.Budget()
	asked, err := c.PeekBuildLog(t.Context(), "a", &bytes.Buffer{})
	if !asked || model.CodeOf(err) != model.ServerError {
		t.Fatalf("asked: %t, %v", asked, err)
	}
	if now := c.Budget(); now.ForPolls() != before.ForPolls()-peekRequests {
		t.Errorf("polls have %d requests, had %d", now.ForPolls(), before.ForPolls())
	}
	clk.advance(before.Window)
	if now := c.Budget(); now.ForPolls() != before.ForPolls() {
		t.Errorf("a minute later polls have %d requests, had %d", now.ForPolls(), before.ForPolls())
	}
}

// A peek ends with its writer and with its context, and is refused with the other requests.
func TestPeekEnds(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	mux.HandleFunc("/snapshots/{id}/build-logs-url", respond(404, `{"statusCode":404,"message":"Cannot GET /snapshots/x/build-logs-url"}`))
	mux.HandleFunc("/snapshots/long/build-logs", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write([]byte(strings.Repeat("x", 1<<16))); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/snapshots/silent/build-logs", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/snapshots/limited/build-logs", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After-authenticated", "20")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	c := start(t, mux)
	if asked, err := c.PeekBuildLog(t.Context(), "long", fullDisk{}); !asked || !errors.Is(err, errFull) {
		t.Errorf("asked: %t, %v", asked, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if asked, err := c.PeekBuildLog(ctx, "silent", fullDisk{}); !asked || err == nil {
		t.Errorf("asked: %t, %v", asked, err)
	}
	cancelled, stop := context.WithCancel(t.Context())
	stop()
	if _, err := c.PeekBuildLog(cancelled, "silent", fullDisk{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if asked, err := c.PeekBuildLog(t.Context(), "limited", fullDisk{}); !asked || model.CodeOf(err) != model.RateLimited {
		t.Errorf("asked: %t, %v", asked, err)
	}
	if asked, err := c.PeekBuildLog(t.Context(), "long", fullDisk{}); asked || err != nil {
		t.Errorf("while limited, asked: %t, %v", asked, err)
	}
}
