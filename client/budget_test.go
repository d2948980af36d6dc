package client

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// requestCounter notes when requests arrive, in front of another handler.
type requestCounter struct {
	http.Handler
	clk      *clock
	mu       sync.Mutex
	arrivals []time.Time
}

func (r *requestCounter) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if req.URL.Path != "/config" { // not counted by the server
		r.mu.Lock()
		r.arrivals = append(r.arrivals, r.clk.now())
		r.mu.Unlock()
	}
	r.Handler.ServeHTTP(w, req)
}

// busiest returns the most requests in any window of the given length.
func (r *requestCounter) busiest(window time.Duration) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	most := 0
	for i, from := range r.arrivals {
		n := 0
		for _, at := range r.arrivals[i:] {
			if at.Sub(from) < window {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// Polling stays under a quarter of the rate limit in every window, also while the first
// list is read, wherever the limit is known from.
func TestPollingUsesAQuarterOfTheRateLimit(t *testing.T) {
	t.Parallel()
	const pages = 65
	config := func(ttl, limit int) http.Handler {
		return respond(200, fmt.Sprintf(`{"version":"1","rateLimit":{"authenticated":{"ttl":%d,"limit":%d}}}`, ttl, limit))
	}
	for name, tc := range map[string]struct {
		config  http.Handler
		headers map[string]string
		window  time.Duration
		most    int
	}{
		"headers only":           {nil, map[string]string{"Limit": "100", "Remaining": "99", "Reset": "60"}, time.Minute, 25},
		"headers without reset":  {nil, map[string]string{"Limit": "100", "Remaining": "99"}, time.Minute, 25},
		"end of a window":        {nil, map[string]string{"Limit": "100", "Remaining": "99", "Reset": "1"}, time.Minute, 25},
		"window of five minutes": {nil, map[string]string{"Limit": "200", "Remaining": "199", "Reset": "300"}, 5 * time.Minute, 50},
		"config only":            {config(60, 100), nil, time.Minute, 25},
		"config and headers":     {config(30, 500), map[string]string{"Limit": "100", "Remaining": "99", "Reset": "7"}, 30 * time.Second, 25},
		"small":                  {nil, map[string]string{"Limit": "20", "Remaining": "19", "Reset": "60"}, time.Minute, 5},
		"smaller than a quarter": {nil, map[string]string{"Limit": "3", "Remaining": "3", "Reset": "60"}, time.Minute, 1},
		"large":                  {nil, map[string]string{"Limit": "6000", "Remaining": "5999", "Reset": "60"}, time.Minute, 1500},
		"unknown":                {nil, nil, time.Minute, 59},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mux := http.NewServeMux()
			mux.HandleFunc("/snapshots", func(w http.ResponseWriter, r *http.Request) {
				for header, value := range tc.headers {
					w.Header().Set("X-RateLimit-"+header+"-authenticated", value)
				}
				_, _ = fmt.Fprintf(w, `{"items":[{"id":"%s"}],"total":%d,"totalPages":%d}`, r.URL.Query().Get("page"), pages, pages)
			})
			mux.Handle("/regions", respond(200, "[]"))
			mux.Handle("/api-keys/current", respond(200, "{}"))
			if tc.config != nil {
				mux.Handle("/config", tc.config)
			}
			clk := newClock()
			counter := &requestCounter{Handler: mux, clk: clk}
			c := start(t, counter, clk.use)
			var left []time.Duration
			begun := clk.now()
			for range 2 {
				listing, err := c.List(t.Context(), func(p model.ListProgress) { left = append(left, p.Left) })
				if err != nil || len(listing.Snapshots) != pages {
					t.Fatalf("got %d snapshots, %v", len(listing.Snapshots), err)
				}
				if b := c.Budget(); b.Requests-b.Used(clk.now()) >= 2 {
					_, _ = c.Regions(t.Context())
					_, _ = c.Access(t.Context())
				}
				_, _ = c.Server(t.Context())
			}
			if most := counter.busiest(tc.window); most > tc.most || most < min(tc.most-3, 65) {
				t.Errorf("%d requests in %s, want at most %d", most, tc.window, tc.most)
			}
			if end := left[len(left)-1]; end != 0 {
				t.Errorf("%s left at the end", end)
			}
			if name == "headers only" && left[0].Round(time.Second) != 2*time.Minute {
				t.Errorf("%s left after the first page, it took %s", left[0], clk.now().Sub(begun))
			}
		})
	}
}

// Errors of the server tell the rate limit, too, and count toward it.
func TestPollingWithServerErrorsKeepsToTheBudget(t *testing.T) {
	t.Parallel()
	clk := newClock()
	counter := &requestCounter{clk: clk, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-RateLimit-Limit-authenticated", "100")
		w.Header().Set("X-RateLimit-Remaining-authenticated", "99")
		respond(500, apiError(500, "oops"))(w, r)
	})}
	c := start(t, counter, clk.use)
	for range 60 {
		_, err := c.List(t.Context(), nil)
		if e := requireError(t, err); e.Code != model.ServerError {
			t.Fatal(err)
		}
	}
	if most := counter.busiest(time.Minute); most > 25 {
		t.Errorf("%d requests in a minute, want at most 25", most)
	}
}

func TestRequestLogCountsFromTheResponse(t *testing.T) {
	t.Parallel()
	at := newClock().now()
	var l requestLog
	if n := l.reserve(4, 3, at, time.Minute); n != 3 {
		t.Fatalf("reserved %d of 3", n)
	}
	if n := l.reserve(1, 3, at.Add(time.Hour), time.Minute); n != 0 {
		t.Error("requests without a response do not count")
	}
	answered := at.Add(20 * time.Second)
	l.end(answered, true)
	l.end(answered, true)
	l.end(answered, false)
	if n := l.reserve(9, 3, answered, time.Minute); n != 1 {
		t.Errorf("reserved %d: a request that was not sent counts", n)
	}
	l.end(answered, true)
	if n := l.reserve(1, 3, answered.Add(time.Minute-1), time.Minute); n != 0 {
		t.Error("a request counts from its start")
	}
	if n := l.reserve(9, 3, answered.Add(time.Minute), time.Minute); n != 3 {
		t.Errorf("reserved %d after a window", n)
	}
}
