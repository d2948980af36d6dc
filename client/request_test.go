package client

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

func TestAcceptedStatus(t *testing.T) {
	for _, tc := range []struct {
		status int
		etag   string
		want   bool
	}{
		{199, "", false}, {200, "", true}, {299, "", true}, {300, "", false}, {404, "", false},
		{200, "x", true}, {304, "x", true}, {304, "", false}, {303, "x", false}, {404, "x", false},
	} {
		if got := accepted(request{etag: tc.etag}, tc.status); got != tc.want {
			t.Errorf("status %d with ETag %q: accepted is %v", tc.status, tc.etag, got)
		}
	}
}

// Some proxies refuse a body in chunks with 411.
func TestNoBodyIsSentInChunks(t *testing.T) {
	var methods []string
	c := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		methods = append(methods, r.Method)
		if len(r.TransferEncoding) > 0 || r.ContentLength < 0 {
			t.Errorf("%s %s: %q, %d bytes", r.Method, r.URL, r.TransferEncoding, r.ContentLength)
		}
		_, _ = io.WriteString(w, `{"id":"1","name":"a","state":"active"}`)
	}))
	_, _ = c.Get(t.Context(), "1")
	_, _ = c.Create(t.Context(), model.Recipe{Name: "a"})
	_, _ = c.Activate(t.Context(), "1")
	_ = c.Deactivate(t.Context(), "1")
	_ = c.Delete(t.Context(), "1")
	if got := strings.Join(methods, " "); got != "GET POST POST POST DELETE" {
		t.Errorf("sent %s", got)
	}
}

// GETs are retried after a broken connection, except for lists.
func TestRetries(t *testing.T) {
	for name, tc := range map[string]struct {
		do   func(*Client) error
		want int64
	}{
		"get":        {func(c *Client) error { _, err := c.Get(t.Context(), "1"); return err }, 2},
		"regions":    {func(c *Client) error { _, err := c.Regions(t.Context()); return err }, 2},
		"server":     {func(c *Client) error { _, err := c.Server(t.Context()); return err }, 2},
		"list":       {func(c *Client) error { _, err := c.List(t.Context(), nil); return err }, 1},
		"create":     {func(c *Client) error { _, err := c.Create(t.Context(), model.Recipe{}); return err }, 1},
		"delete":     {func(c *Client) error { return c.Delete(t.Context(), "1") }, 1},
		"activate":   {func(c *Client) error { _, err := c.Activate(t.Context(), "1"); return err }, 1},
		"deactivate": {func(c *Client) error { return c.Deactivate(t.Context(), "1") }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			var requests atomic.Int64
			clk := newClock()
			c := start(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
				requests.Add(1)
				panic(http.ErrAbortHandler)
			}), clk.use)
			if e := requireError(t, tc.do(c)); e.Code != model.Network || !e.Sent {
				t.Errorf("got %+v", e)
			}
			if requests.Load() != tc.want {
				t.Errorf("got %d requests, want %d", requests.Load(), tc.want)
			}
		})
	}
}

func TestRetrySucceeds(t *testing.T) {
	var requests atomic.Int64
	c := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if requests.Add(1) == 1 {
			panic(http.ErrAbortHandler)
		}
		respond(200, `{"id":"1"}`)(w, r)
	}), newClock().use)
	if _, err := c.Get(t.Context(), "1"); err != nil {
		t.Error(err)
	}
}

// A response is never retried. Repeated 401s would block this IP address.
func TestNoRetryAfterAResponse(t *testing.T) {
	for _, status := range []int{400, 401, 403, 404, 429, 500, 502, 503} {
		r := &recorder{handle: respond(status, apiError(status, "no"))}
		c := start(t, r)
		if _, err := c.Get(t.Context(), "1"); err == nil || len(r.requests) != 1 {
			t.Errorf("%d: %d requests, %v", status, len(r.requests), err)
		}
	}
}

func TestDebugLog(t *testing.T) {
	var out bytes.Buffer
	c := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-RateLimit-Limit-authenticated", "300")
		w.Header().Set("X-RateLimit-Remaining-authenticated", "299")
		if r.Method == http.MethodGet {
			_, _ = io.WriteString(w, "{}\n\x1b[31m")
			return
		}
		respond(403, apiError(403, "Access\ndenied\x1b"))(w, r)
	}), func(o *Options) { o.Debug = &out }, newClock().use)
	_, _ = c.List(t.Context(), nil)
	_ = c.Delete(t.Context(), "a/b\n")
	want := `2026-11-24T14:00:00Z GET "/snapshots?limit=200&order=desc&page=1&sort=createdAt" 200 0s 299/300 left
2026-11-24T14:00:00Z GET "/snapshots?limit=200&order=desc&page=1&sort=createdAt" 200 0s 299/300 left not the API: "the response is not JSON"
2026-11-24T14:00:00Z DELETE "/snapshots/a%2Fb%0A" 403 0s 299/300 left forbidden: "Access\ndenied\x1b"
`
	if out.String() != want {
		t.Errorf("got %s", out.String())
	}
}

// A body that ends too early is a second line, with the time since the request.
func TestDebugLogOfTruncatedBody(t *testing.T) {
	var out bytes.Buffer
	clk := newClock()
	c := start(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		clk.advance(1500 * time.Millisecond)
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, `{"items":`)
	}), func(o *Options) { o.Debug = &out }, clk.use)
	_, _ = c.List(t.Context(), nil)
	const request = `2026-11-24T14:00:01.5Z GET "/snapshots?limit=200&order=desc&page=1&sort=createdAt" 200 1.5s`
	want := request + "\n" + request + ` network: "connection closed before the response was complete"` + "\n"
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}
