package ui

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
)

// arrivals notes when requests reach the server that count toward the organization's
// rate limit.
type arrivals struct {
	h  *harness
	at []time.Time
}

func (a *arrivals) over(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if a.h != nil && r.URL.Path != "/api/config" {
			a.at = append(a.at, a.h.clock.Now())
		}
		next.ServeHTTP(w, r)
	})
}

// most returns the largest number of requests in a minute.
func (a *arrivals) most() int {
	most := 0
	for i, from := range a.at {
		n := slices.IndexFunc(a.at[i:], func(at time.Time) bool { return at.Sub(from) >= time.Minute })
		if n < 0 {
			n = len(a.at) - i
		}
		most = max(most, n)
	}
	return most
}

// hold presses a key ten times a second.
func (h *harness) hold(key string, d time.Duration) {
	h.t.Helper()
	for end := h.clock.now.Add(d); h.clock.now.Before(end); h.advance(100 * time.Millisecond) {
		h.send(keyNamed(key))
	}
}

func TestHeldRefreshKeyKeepsToAQuarterOfTheRateLimit(t *testing.T) {
	long(t)
	t.Parallel()
	for name, tc := range map[string]struct {
		size int
		rate demo.Limit
		most int
		code int // of each answer, 0 for those of the demo
	}{
		"one page":        {120, demo.Limit{Requests: 100, Window: time.Minute}, 25, 0},
		"seven pages":     {1300, demo.Limit{Requests: 100, Window: time.Minute}, 25, 0},
		"limit not known": {120, demo.Limit{}, 59, 0},
		"server error":    {120, demo.Limit{Requests: 100, Window: time.Minute}, 25, 500},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seen := &arrivals{}
			h := newHarness(t, func(s *setup) {
				s.demo.Size, s.demo.RateLimit = tc.size, tc.rate
				s.handler = seen.over
			})
			seen.h = h
			if tc.code != 0 {
				h.serve(seen.over(status(tc.code, `{}`)))
			}
			h.hold("r", 80*time.Second)
			if most := seen.most(); most > tc.most || most < 5 {
				t.Errorf("%d requests in a minute, want at most %d", most, tc.most)
			}
			h.sees("share of the rate limit used up: refresh possible in ")
		})
	}
}

func TestHeldRefreshKeySendsARefusedKeyOnceInTenSeconds(t *testing.T) {
	long(t)
	t.Parallel()
	seen := &arrivals{}
	h := newHarness(t, func(s *setup) { s.handler = seen.over })
	seen.h = h
	h.serve(seen.over(status(401, `{"statusCode":401,"message":"Invalid credentials"}`)))
	h.press("r")
	h.sees("retry in 30s")
	h.hold("r", 29*time.Second)
	h.sees("key refused: refresh possible in ", "retry in 1s")
	h.hold("r", 2*time.Minute)
	for i, at := range seen.at[1:] {
		if pause := at.Sub(seen.at[i]); pause < 10*time.Second {
			t.Errorf("a refused key was sent again after %v", pause)
		}
	}
	if n := len(seen.at); n < 8 {
		t.Errorf("%d requests in two and a half minutes", n)
	}
}

func TestLongFirstListShowsThatItWaits(t *testing.T) {
	t.Parallel()
	var screens []string
	h := newHarness(t, func(s *setup) {
		s.demo.Size, s.demo.RateLimit = 1300, demo.Limit{Requests: 20, Window: time.Minute}
		s.watch = func(screen string) { screens = append(screens, screen) }
	})
	if !slices.ContainsFunc(screens, func(s string) bool { return strings.Contains(s, "loading · 200 of 1,300 · rate limit: 2m00s left") }) {
		t.Error("no screen says how long the rate limit delays the list")
	}
	h.sees("slow · every 3m00s", "✗")
}
