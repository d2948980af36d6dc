package client

import (
	"io"
	"maps"
	"net/http"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// limitedServer responds with 429 and the given headers while limited is set.
type limitedServer struct {
	requests atomic.Int64
	limited  atomic.Bool
	header   map[string]string
}

func (s *limitedServer) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	s.requests.Add(1)
	if s.limited.Load() {
		for name, value := range s.header {
			w.Header()[name] = []string{value} // as spelled, as the real server does
		}
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = io.WriteString(w, apiError(429, "ThrottlerException: Too Many Requests"))
		return
	}
	_, _ = io.WriteString(w, `{"items":[],"total":0,"totalPages":0}`)
}

func TestThrottleWaitsForTheRetryDelay(t *testing.T) {
	server := &limitedServer{header: map[string]string{"Retry-After-authenticated": "20"}}
	server.limited.Store(true)
	clk := newClock()
	c := start(t, server, clk.use)

	_, err := c.List(t.Context(), nil)
	if e := requireError(t, err); e.Code != model.RateLimited || e.RetryAfter != 20*time.Second || e.Status != 429 {
		t.Fatalf("got %+v", e)
	}
	clk.advance(12500 * time.Millisecond)
	if listing, _ := c.List(t.Context(), nil); listing.Requests != 0 {
		t.Errorf("got %d requests were counted although none was sent", listing.Requests)
	}
	calls := map[string]func() error{
		"list":       func() error { _, err := c.List(t.Context(), nil); return err },
		"get":        func() error { _, err := c.Get(t.Context(), "x"); return err },
		"create":     func() error { _, err := c.Create(t.Context(), model.Recipe{}); return err },
		"delete":     func() error { return c.Delete(t.Context(), "x") },
		"activate":   func() error { _, err := c.Activate(t.Context(), "x"); return err },
		"deactivate": func() error { return c.Deactivate(t.Context(), "x") },
		"logs":       func() error { return c.BuildLogs(t.Context(), "x", true, io.Discard) },
		"regions":    func() error { _, err := c.Regions(t.Context()); return err },
		"access":     func() error { _, err := c.Access(t.Context()); return err },
		"server":     func() error { _, err := c.Server(t.Context()); return err },
	}
	for name, call := range calls {
		e := requireError(t, call())
		if e.Code != model.RateLimited || e.RetryAfter != 7500*time.Millisecond || e.Sent {
			t.Errorf("%s: %+v", name, e)
		}
		if want := "retry in 8s"; e.Remedy[len(e.Remedy)-len(want):] != want {
			t.Errorf("%s: remedy %q", name, e.Remedy)
		}
	}
	if n := server.requests.Load(); n != 1 {
		t.Errorf("the server got %d requests, want only the first", n)
	}

	server.limited.Store(false)
	clk.advance(7500 * time.Millisecond)
	if _, err := c.List(t.Context(), nil); err != nil {
		t.Errorf("after the block: %v", err)
	}
}

func TestOtherRateLimitsAreIgnored(t *testing.T) {
	status, header := 200, http.Header{}
	c := start(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		maps.Copy(w.Header(), header)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"items":[],"total":0,"version":"0.190.0","statusCode":401,"message":"Invalid credentials"}`)
	}))
	header = http.Header{"X-RateLimit-Limit-failed-auth": {"3"}, "X-RateLimit-Remaining-failed-auth": {"0"}}
	status = 401
	_, _ = c.List(t.Context(), nil)
	if rate := c.Rate(); rate.Known {
		t.Errorf("%+v from failed logins", rate)
	}
	header = http.Header{"X-RateLimit-Limit-anonymous": {"3"}, "X-RateLimit-Remaining-anonymous": {"0"}}
	status = 200
	if _, err := c.Server(t.Context()); err != nil || c.Rate().Known {
		t.Errorf("%v, rate %+v from anonymous requests", err, c.Rate())
	}
	header = http.Header{"X-RateLimit-Limit-authenticated": {"300"}, "X-RateLimit-Remaining-authenticated": {"299"}}
	if _, err := c.List(t.Context(), nil); err != nil || c.Rate().Limit != 300 || c.Rate().Remaining != 299 {
		t.Errorf("got %v, %+v", err, c.Rate())
	}
}

func TestThrottle(t *testing.T) {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var th throttle
	if th.wait(at) != 0 || th.current(at).Known {
		t.Error("a new throttle blocks or has a rate limit")
	}
	th.block(at.Add(20 * time.Second))
	th.block(at.Add(5 * time.Second))
	if got := th.wait(at.Add(time.Second)); got != 19*time.Second {
		t.Errorf("wait %s: a shorter block must not end a longer one", got)
	}
	rate := func(left int, reset time.Duration) model.RateLimit {
		return model.RateLimit{Known: true, Limit: 8, Remaining: left, Reset: reset}
	}
	th.record(rate(4, time.Minute), at)
	th.record(rate(6, time.Minute), at.Add(100*time.Millisecond)) // a late response
	if got := th.current(at.Add(10 * time.Second)); got.Remaining != 4 || got.Reset.Round(time.Second) != 50*time.Second {
		t.Errorf("got %+v", got)
	}
	if got := th.current(at.Add(61 * time.Second)); got.Remaining != 8 || got.Reset != 0 {
		t.Errorf("%+v after the window", got)
	}
	th.record(rate(7, time.Minute), at.Add(61*time.Second))
	if got := th.current(at.Add(61 * time.Second)); got.Remaining != 7 {
		t.Errorf("%+v in the next window", got)
	}
}

func TestRequestBudget(t *testing.T) {
	for _, tc := range []struct{ limit, left, want int }{
		{8, 7, 6}, {8, 2, 1}, {8, 1, 0}, {8, 0, 0}, {5, 4, 3}, {5, 1, 0}, {1, 1, 1}, {1, 0, 0}, {400, 100, 1}, {400, 99, 0},
	} {
		if got := requestBudget(model.RateLimit{Known: true, Limit: tc.limit, Remaining: tc.left}); got != tc.want {
			t.Errorf("%d of %d remaining: budget %d, want %d", tc.left, tc.limit, got, tc.want)
		}
	}
}

func TestRateLimitHeaders(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	known := func(limit, left int, reset time.Duration) model.RateLimit {
		return model.RateLimit{Known: true, Limit: limit, Remaining: left, Reset: reset}
	}
	for name, tc := range map[string]struct {
		header map[string]string
		want   model.RateLimit
	}{
		"none":          {nil, model.RateLimit{}},
		"suffixed":      {map[string]string{"X-RateLimit-Limit-authenticated": "5", "X-RateLimit-Remaining-authenticated": "4", "X-RateLimit-Reset-authenticated": "20"}, known(5, 4, 20*time.Second)},
		"plain":         {map[string]string{"X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "4", "X-RateLimit-Reset": "20"}, known(5, 4, 20*time.Second)},
		"other suffix":  {map[string]string{"X-RateLimit-Limit-v2": "5", "X-RateLimit-Remaining-v2": "4"}, known(5, 4, 0)},
		"ours wins":     {map[string]string{"X-RateLimit-Limit-authenticated": "5", "X-RateLimit-Remaining-authenticated": "4", "X-RateLimit-Limit": "9", "X-RateLimit-Remaining": "0", "X-RateLimit-Limit-a": "9", "X-RateLimit-Remaining-a": "0"}, known(5, 4, 0)},
		"lowest wins":   {map[string]string{"X-RateLimit-Limit-a": "9", "X-RateLimit-Remaining-a": "8", "X-RateLimit-Limit-b": "9", "X-RateLimit-Remaining-b": "2"}, known(9, 2, 0)},
		"mixed up":      {map[string]string{"X-RateLimit-Limit-a": "9", "X-RateLimit-Remaining-b": "8"}, model.RateLimit{}},
		"garbage":       {map[string]string{"X-RateLimit-Limit": "many", "X-RateLimit-Remaining": "some"}, model.RateLimit{}},
		"garbage reset": {map[string]string{"X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "4", "X-RateLimit-Reset": "NaN"}, known(5, 4, 0)},
		"negative":      {map[string]string{"X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "-1"}, model.RateLimit{}},
		"no limit":      {map[string]string{"X-RateLimit-Limit": "0", "X-RateLimit-Remaining": "0"}, model.RateLimit{}},
		"overflow":      {map[string]string{"X-RateLimit-Limit": "99999999999999999999", "X-RateLimit-Remaining": "1"}, model.RateLimit{}},
		"more left":     {map[string]string{"X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "50"}, known(5, 5, 0)},
		"unix reset":    {map[string]string{"X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "4", "X-RateLimit-Reset": "1800000030"}, known(5, 4, 30*time.Second)},
		"past reset":    {map[string]string{"X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "4", "X-RateLimit-Reset": "1700000000"}, known(5, 4, 0)},
		"endless reset": {map[string]string{"X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "4", "X-RateLimit-Reset": "+Inf"}, known(5, 4, 0)},
		"similar names": {map[string]string{"X-RateLimit-Limits": "5", "X-RateLimit-Limited": "4"}, model.RateLimit{}},
	} {
		t.Run(name, func(t *testing.T) {
			checkHeaders(t, rateLimit, tc.header, now, tc.want)
		})
	}
}

// checkHeaders parses headers in any order.
func checkHeaders[T comparable](t *testing.T, parse func(http.Header, time.Time) T, header map[string]string, now time.Time, want T) {
	t.Helper()
	h := http.Header{}
	for name, value := range header {
		h.Set(name, value)
	}
	for range 20 { // the order of headers is random
		if got := parse(h, now); got != want {
			t.Fatalf("got %+v, want %+v", got, want)
		}
	}
}

func TestBlockDuration(t *testing.T) {
	now := time.Date(2026, 11, 24, 14, 0, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		header map[string]string
		want   time.Duration
	}{
		"absent":          {nil, defaultRetryAfter},
		"plain":           {map[string]string{"Retry-After": "20"}, 20 * time.Second},
		"suffixed":        {map[string]string{"Retry-After-authenticated": "20"}, 20 * time.Second},
		"other suffix":    {map[string]string{"Retry-After-anonymous": "20"}, 20 * time.Second},
		"the longest":     {map[string]string{"Retry-After-authenticated": "20", "Retry-After": "40"}, 40 * time.Second},
		"spaces":          {map[string]string{"Retry-After": " 20 "}, 20 * time.Second},
		"a fraction":      {map[string]string{"Retry-After": "1.5"}, 1500 * time.Millisecond},
		"zero":            {map[string]string{"Retry-After": "0"}, minRetryAfter},
		"negative":        {map[string]string{"Retry-After": "-5"}, defaultRetryAfter},
		"garbage":         {map[string]string{"Retry-After": "soon"}, defaultRetryAfter},
		"garbage and not": {map[string]string{"Retry-After": "soon", "Retry-After-authenticated": "9"}, 9 * time.Second},
		"overflow":        {map[string]string{"Retry-After": "999999999999999999999999"}, maxRetryAfter},
		"a year":          {map[string]string{"Retry-After": "31536000"}, maxRetryAfter},
		"over an hour":    {map[string]string{"Retry-After-authenticated": "3601"}, time.Hour},
		"a Unix time":     {map[string]string{"Retry-After": strconv.FormatInt(now.Unix()+45, 10)}, 45 * time.Second},
		"a Unix time, clocks differ": {map[string]string{"Retry-After": strconv.FormatInt(now.Unix()+3645, 10), "Date": "Tue, 24 Nov 2026 15:00:00 GMT"},
			45 * time.Second},
		"a Unix time far off": {map[string]string{"Retry-After": "4000000000"}, time.Hour},
		"a window of hours":   {map[string]string{"X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "7200"}, time.Hour},
		"a date":              {map[string]string{"Retry-After": "Tue, 24 Nov 2026 14:00:45 GMT"}, 45 * time.Second},
		"a date, clocks differ": {map[string]string{"Retry-After": "Tue, 24 Nov 2026 15:00:45 GMT", "Date": "Tue, 24 Nov 2026 15:00:00 GMT"},
			45 * time.Second},
		"a date long ago": {map[string]string{"Retry-After": "Tue, 24 Nov 2020 14:00:45 GMT"}, minRetryAfter},
		"a date far off":  {map[string]string{"Retry-After": "Tue, 24 Nov 2099 14:00:45 GMT"}, maxRetryAfter},
		"only the window": {map[string]string{"X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "17"}, 17 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			checkHeaders(t, blockDuration, tc.header, now, tc.want)
		})
	}
}

func TestClockSkew(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 14, 0, 0, 400e6, time.UTC)
	for date, want := range map[string]time.Duration{
		"Tue, 24 Nov 2026 14:00:00 GMT": 0,
		"Tue, 24 Nov 2026 14:00:04 GMT": 0,
		"Tue, 24 Nov 2026 19:00:00 GMT": 5 * time.Hour,
		"Tue, 24 Nov 2026 09:00:00 GMT": -5 * time.Hour,
		"Tue, 24 Nov 2026 13:59:50 GMT": -10 * time.Second,
	} {
		if got, ok := clockSkew(http.Header{"Date": {date}}, now); got != want || !ok {
			t.Errorf("%s: %v, %t, want %v", date, got, ok, want)
		}
	}
	for _, h := range []http.Header{{}, {"Date": {"today"}}} {
		if _, ok := clockSkew(h, now); ok {
			t.Errorf("%v has a time", h)
		}
	}
	clk := newClock()
	f := newFakeList(3)
	f.after = func(h http.Header) { h.Set("Date", clk.now().Add(-3*time.Hour).Format(http.TimeFormat)) }
	listing, err := start(t, f, clk.use).List(t.Context(), nil)
	if err != nil || listing.ClockSkew != -3*time.Hour {
		t.Errorf("the skew of a list is %v, %v", listing.ClockSkew, err)
	}
}
