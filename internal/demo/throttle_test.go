package demo_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
)

// limits are the headers about limits in an answer, in the server's spelling.
func limits(a answer) string {
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
	w := newWorld(t, demo.Options{RateLimit: demo.Limit{Requests: 3, Window: 10 * time.Second}})
	left := []string{"2", "1", "0"}
	for _, n := range left {
		a := w.get("/api/snapshots?limit=1")
		if got := limits(a); a.status != 200 || got != "X-RateLimit-Limit-authenticated: 3, X-RateLimit-Remaining-authenticated: "+n+", X-RateLimit-Reset-authenticated: 10" {
			t.Errorf("%d %s", a.status, got)
		}
	}
	for _, c := range []struct {
		path    string
		headers []string
	}{{"/api/snapshots?limit=1", nil}, {"/api/regions", nil}, {"/api/regions", []string{as(demo.ReadOnlyKey)}}, {"/api/regions", []string{as(demo.JWT), orgHeader}}} {
		a := w.get(c.path, c.headers...)
		if got := limits(a); a.status != 429 || got != "Retry-After-authenticated: 10" {
			t.Errorf("%d %s", a.status, got)
		}
		if f := decode[fault](t, a); f.Message != "ThrottlerException: Too Many Requests" || f.Error != "Too Many Requests" {
			t.Errorf("%+v", f)
		}
	}
	if a := w.get("/api/config", noKey); a.status != 200 || !strings.Contains(string(a.body), `"authenticated":{"ttl":10,"limit":3}`) {
		t.Errorf("%d %s", a.status, a.body)
	}
	w.step(9500 * time.Millisecond)
	if got := limits(w.get("/api/regions")); got != "Retry-After-authenticated: 1" {
		t.Error(got)
	}
}

// A client that goes on asking while it is blocked is blocked again at the end of the block.
func TestHammering(t *testing.T) {
	w := newWorld(t, demo.Options{RateLimit: demo.Limit{Requests: 3, Window: 10 * time.Second}})
	var got []string
	for range 28 {
		a := w.get("/api/regions")
		left := a.header.Get("X-RateLimit-Remaining-authenticated")
		if a.status == 429 {
			left = a.header.Get("Retry-After-authenticated")
		}
		got = append(got, left)
		w.step(735 * time.Millisecond)
	}
	const want = "2 1 0 10 10 9 8 8 7 6 5 5 4 3 2 2 1 10 10 9 8 8 7 6 5 5 4 3"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

func TestSilenceEndsABlock(t *testing.T) {
	w := newWorld(t, demo.Options{RateLimit: demo.Limit{Requests: 3, Window: 10 * time.Second}})
	var statuses []int
	for range 5 {
		statuses = append(statuses, w.get("/api/regions").status)
	}
	w.step(10 * time.Second)
	for range 4 {
		statuses = append(statuses, w.get("/api/regions").status)
	}
	for i, want := range []int{200, 200, 200, 429, 429, 200, 200, 200, 429} {
		if statuses[i] != want {
			t.Fatalf("%v", statuses)
		}
	}
}

func TestFailedAuth(t *testing.T) {
	w := newWorld(t, demo.Options{FailedAuth: demo.Limit{Requests: 3, Window: 20 * time.Second}})
	const head = "X-RateLimit-Limit-failed-auth: 3, X-RateLimit-Remaining-failed-auth: "
	for _, want := range []string{
		"401 " + head + "2, X-RateLimit-Reset-failed-auth: 20",
		"401 " + head + "1, X-RateLimit-Reset-failed-auth: 20",
		"429 " + head + "0, X-RateLimit-Reset-failed-auth: 20, Retry-After: 20",
	} {
		a := w.get("/api/snapshots", as("dtn_bad"))
		if got := http.StatusText(a.status); want[:3] != map[string]string{"Unauthorized": "401", "Too Many Requests": "429"}[got] || limits(a) != want[4:] {
			t.Errorf("%d %s, want %s", a.status, limits(a), want)
		}
	}
	if a := w.get("/api/snapshots?limit=1"); a.status != 429 || limits(a) != head+"0, X-RateLimit-Reset-failed-auth: 20, Retry-After: 20" {
		t.Errorf("a good key: %d %s", a.status, limits(a))
	}
	w.step(20 * time.Second)
	if a := w.get("/api/snapshots?limit=1"); a.status != 200 {
		t.Errorf("after the block: %d", a.status)
	}
}

func TestAnonymousLimit(t *testing.T) {
	w := newWorld(t, demo.Options{Anonymous: demo.Limit{Requests: 1, Window: 20 * time.Second}})
	if a := w.get("/api/health", noKey); a.status != 200 || limits(a) != "X-RateLimit-Limit-anonymous: 1, X-RateLimit-Remaining-anonymous: 0, X-RateLimit-Reset-anonymous: 20" {
		t.Errorf("%d %s", a.status, limits(a))
	}
	if a := w.get("/api/health", noKey); a.status != 429 || limits(a) != "Retry-After-anonymous: 20" {
		t.Errorf("%d %s", a.status, limits(a))
	}
}

// The headers go over the wire in the server's own spelling.
func TestHeaderSpelling(t *testing.T) {
	s := demo.New(demo.Options{RateLimit: demo.Limit{Requests: 3, Window: time.Minute}, Now: func() time.Time { return begin }})
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/snapshots?limit=1", nil)
	r.Header.Set("Authorization", "Bearer "+demo.Key)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	for _, name := range []string{"ETag", "X-RateLimit-Remaining-authenticated", "X-Daytona-Api-Version", "Date"} {
		if len(w.Header()[name]) != 1 {
			t.Errorf("no %s in %v", name, w.Header())
		}
	}
	if got := w.Header()["Date"][0]; got != "Tue, 24 Nov 2026 14:33:26 GMT" {
		t.Error("the date is not the world's:", got)
	}
}
