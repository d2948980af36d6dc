package demo_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
)

// limitHeaders returns the rate limit headers of a response.
func limitHeaders(a response) string {
	var list []string
	for _, name := range []string{"authenticated", "anonymous", "failed-auth"} {
		for _, kind := range []string{"X-RateLimit-Limit-", "X-RateLimit-Remaining-", "X-RateLimit-Reset-", "Retry-After-"} {
			if v := a.header.Get(kind + name); v != "" {
				list = append(list, kind+name+": "+v)
			}
		}
	}
	if v := a.header.Get("Retry-After"); v != "" {
		list = append(list, "Retry-After: "+v)
	}
	return strings.Join(list, ", ")
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{RateLimit: demo.Limit{Requests: 3, Window: 10 * time.Second}})
	left := []string{"2", "1", "0"}
	for _, n := range left {
		a := srv.get("/api/snapshots?limit=1")
		if got := limitHeaders(a); a.status != 200 || got != "X-RateLimit-Limit-authenticated: 3, X-RateLimit-Remaining-authenticated: "+n+", X-RateLimit-Reset-authenticated: 10" {
			t.Errorf("got %d %s", a.status, got)
		}
	}
	for _, c := range []struct {
		path    string
		headers []string
	}{{"/api/snapshots?limit=1", nil}, {"/api/regions", nil}, {"/api/regions", []string{bearer(demo.ReadOnlyKey)}}, {"/api/regions", []string{bearer(demo.JWT), orgHeader}}} {
		a := srv.get(c.path, c.headers...)
		if got := limitHeaders(a); a.status != 429 || got != "Retry-After-authenticated: 10" {
			t.Errorf("got %d %s", a.status, got)
		}
		if f := decode[errorBody](t, a); f.Message != "ThrottlerException: Too Many Requests" || f.Error != "Too Many Requests" {
			t.Errorf("got %+v", f)
		}
	}
	if a := srv.get("/api/config", noKey); a.status != 200 || !strings.Contains(string(a.body), `"authenticated":{"ttl":10,"limit":3}`) {
		t.Errorf("got %d %s", a.status, a.body)
	}
	srv.Advance(9500 * time.Millisecond)
	if got := limitHeaders(srv.get("/api/regions")); got != "Retry-After-authenticated: 1" {
		t.Error(got)
	}
}

// A client that continues during a block is blocked again at its end.
func TestRequestsDuringABlock(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{RateLimit: demo.Limit{Requests: 3, Window: 10 * time.Second}})
	var got []string
	for range 28 {
		a := srv.get("/api/regions")
		left := a.header.Get("X-RateLimit-Remaining-authenticated")
		if a.status == 429 {
			left = a.header.Get("Retry-After-authenticated")
		}
		got = append(got, left)
		srv.Advance(735 * time.Millisecond)
	}
	const want = "2 1 0 10 10 9 8 8 7 6 5 5 4 3 2 2 1 10 10 9 8 8 7 6 5 5 4 3"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

func TestBlockEnds(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{RateLimit: demo.Limit{Requests: 3, Window: 10 * time.Second}})
	var statuses []int
	for range 5 {
		statuses = append(statuses, srv.get("/api/regions").status)
	}
	srv.Advance(10 * time.Second)
	for range 4 {
		statuses = append(statuses, srv.get("/api/regions").status)
	}
	for i, want := range []int{200, 200, 200, 429, 429, 200, 200, 200, 429} {
		if statuses[i] != want {
			t.Fatalf("got %v", statuses)
		}
	}
}

func TestFailedAuth(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{FailedAuth: demo.Limit{Requests: 3, Window: 20 * time.Second}})
	const head = "X-RateLimit-Limit-failed-auth: 3, X-RateLimit-Remaining-failed-auth: "
	for _, want := range []string{
		"401 " + head + "2, X-RateLimit-Reset-failed-auth: 20",
		"401 " + head + "1, X-RateLimit-Reset-failed-auth: 20",
		"429 " + head + "0, X-RateLimit-Reset-failed-auth: 20, Retry-After: 20",
	} {
		a := srv.get("/api/snapshots", bearer("dtn_bad"))
		if got := http.StatusText(a.status); want[:3] != map[string]string{"Unauthorized": "401", "Too Many Requests": "429"}[got] || limitHeaders(a) != want[4:] {
			t.Errorf("%d %s, want %s", a.status, limitHeaders(a), want)
		}
	}
	if a := srv.get("/api/snapshots?limit=1"); a.status != 429 || limitHeaders(a) != head+"0, X-RateLimit-Reset-failed-auth: 20, Retry-After: 20" {
		t.Errorf("valid key: %d %s", a.status, limitHeaders(a))
	}
	srv.Advance(20 * time.Second)
	if a := srv.get("/api/snapshots?limit=1"); a.status != 200 {
		t.Errorf("after the block: %d", a.status)
	}
}

func TestAnonymousLimit(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{Anonymous: demo.Limit{Requests: 1, Window: 20 * time.Second}})
	if a := srv.get("/api/health", noKey); a.status != 200 || limitHeaders(a) != "X-RateLimit-Limit-anonymous: 1, X-RateLimit-Remaining-anonymous: 0, X-RateLimit-Reset-anonymous: 20" {
		t.Errorf("got %d %s", a.status, limitHeaders(a))
	}
	if a := srv.get("/api/health", noKey); a.status != 429 || limitHeaders(a) != "Retry-After-anonymous: 20" {
		t.Errorf("got %d %s", a.status, limitHeaders(a))
	}
}

// Headers have the server's spelling.
func TestHeaderSpelling(t *testing.T) {
	t.Parallel()
	s := demo.New(demo.Options{RateLimit: demo.Limit{Requests: 3, Window: time.Minute}, Now: func() time.Time { return startTime }})
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/snapshots?limit=1", nil)
	r.Header.Set("Authorization", "Bearer "+demo.Key)
	srv := httptest.NewRecorder()
	s.ServeHTTP(srv, r)
	for _, name := range []string{"ETag", "X-RateLimit-Remaining-authenticated", "X-Daytona-Api-Version", "Date"} {
		if len(srv.Header()[name]) != 1 {
			t.Errorf("no %s in %v", name, srv.Header())
		}
	}
	if got := srv.Header()["Date"][0]; got != "Tue, 24 Nov 2026 14:33:26 GMT" {
		t.Error("the date is not that of the fake clock:", got)
	}
}
