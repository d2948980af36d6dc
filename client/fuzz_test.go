package client

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func FuzzHeaders(f *testing.F) {
	for _, seed := range []string{"20", "-1", "1e400", "NaN", "0x1p5", "Tue, 24 Nov 2026 14:00:45 GMT", "1800000030", "", "9999999999999999999"} {
		f.Add("Retry-After", seed, seed, "5")
		f.Add("X-RateLimit-Reset-authenticated", seed, "3", seed)
	}
	now := time.Date(2026, 11, 24, 14, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, name, value, left, limit string) {
		h := http.Header{}
		h.Set(name, value)
		h.Set("X-RateLimit-Remaining-authenticated", left)
		h.Set("X-RateLimit-Limit-authenticated", limit)
		if d := blockDuration(h, now); d < minRetryAfter || d > maxRetryAfter {
			t.Errorf("blocked for %s", d)
		}
		rate := rateLimit(h, now)
		if !rate.Known {
			return
		}
		if rate.Limit <= 0 || rate.Remaining < 0 || rate.Remaining > rate.Limit || rate.Reset < 0 || rate.Reset > maxReset {
			t.Errorf("got %+v", rate)
		}
		if n := requestBudget(rate); n < 0 || n > rate.Limit {
			t.Errorf("budget %d of %+v", n, rate)
		}
	})
}

func FuzzBaseURL(f *testing.F) {
	for _, seed := range []string{DefaultURL, "http://[::1]:3000/api/", "https://u:p@h/", "//h", "https://h:0", "HTTP://h%41/%2F//", "http://h?#"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := parseBaseURL(raw)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\r\n") {
				t.Errorf("got %q", err)
			}
			return
		}
		if u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Hostname() == "" || strings.HasSuffix(u.Path, "/") {
			t.Errorf("%q became %q", raw, u)
		}
		again, err := parseBaseURL(u.String())
		if err != nil || again.String() != u.String() {
			t.Errorf("%q became %q, and that %v, %v", raw, u, again, err)
		}
	})
}

func FuzzStatusError(f *testing.F) {
	f.Add(403, apiError(403, "Access denied\r\n"+testKey), "https://evil/"+testKey)
	f.Add(302, "<html>", "//[::1]/\x7f")
	f.Add(500, `{"message":{"a":["`+testKey+`"]}}`, "")
	f.Add(429, `{"message":["a",1]}`, "?")
	c, err := New(Options{Credentials: Credentials{APIURL: DefaultURL, Secret: testKey}})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, status int, body, location string) {
		if status < 100 || status > 999 {
			return
		}
		h := http.Header{}
		h.Set("Location", location)
		e := c.statusError(request{method: http.MethodGet, path: "/snapshots"}, response{status: status, header: h, body: []byte(body)})
		if line := e.Error(); strings.ContainsAny(line, "\r\n") || strings.Contains(line, testKey) || e.Remedy == "" || e.Code == "" {
			t.Errorf("got %+v", e)
		}
	})
}
