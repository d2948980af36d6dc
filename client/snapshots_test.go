package client

import (
	"io"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// recorder answers each request in turn and keeps what was asked.
type recorder struct {
	asked  []string
	bodies []string
	answer http.HandlerFunc
}

func (r *recorder) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, _ := io.ReadAll(q.Body)
	r.asked = append(r.asked, q.Method+" "+q.RequestURI)
	r.bodies = append(r.bodies, string(body))
	r.answer(w, q)
}

func TestCallsOnTheWire(t *testing.T) {
	number := 2
	recipe := model.Recipe{Name: "team/app:1", BuildInfo: &model.RecipeBuild{DockerfileContent: "FROM a\n"}, CPU: &number, RegionID: "us"}
	for name, tc := range map[string]struct {
		do     func(*Client) error
		status int
		answer string
		asked  string
		body   string
	}{
		"get":          {func(c *Client) error { _, err := c.Get(t.Context(), "1"); return err }, 200, `{"id":"1"}`, "GET /api/snapshots/1", ""},
		"get by name":  {func(c *Client) error { _, err := c.Get(t.Context(), "team/app:1.2.3"); return err }, 200, `{"id":"1"}`, "GET /api/snapshots/team%2Fapp:1.2.3", ""},
		"get odd name": {func(c *Client) error { _, err := c.Get(t.Context(), "a?b#c%2F{x}"); return err }, 200, `{"id":"1"}`, "GET /api/snapshots/a%3Fb%23c%252F%7Bx%7D", ""},
		"delete":       {func(c *Client) error { return c.Delete(t.Context(), "1") }, 200, ``, "DELETE /api/snapshots/1", ""},
		"create":       {func(c *Client) error { _, err := c.Create(t.Context(), recipe); return err }, 200, `{"id":"1"}`, "POST /api/snapshots", `{"name":"team/app:1","buildInfo":{"dockerfileContent":"FROM a\n"},"cpu":2,"regionId":"us"}`},
		"created 201":  {func(c *Client) error { _, err := c.Create(t.Context(), recipe); return err }, 201, `{"id":"1"}`, "POST /api/snapshots", `{"name":"team/app:1","buildInfo":{"dockerfileContent":"FROM a\n"},"cpu":2,"regionId":"us"}`},
		"activate":     {func(c *Client) error { _, err := c.Activate(t.Context(), "1"); return err }, 200, `{"id":"1"}`, "POST /api/snapshots/1/activate", ""},
		"deactivate":   {func(c *Client) error { return c.Deactivate(t.Context(), "1") }, 204, ``, "POST /api/snapshots/1/deactivate", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := &recorder{answer: respond(tc.status, tc.answer)}
			c := start(t, r)
			if err := tc.do(c); err != nil {
				t.Fatal(err)
			}
			if len(r.asked) != 1 || r.asked[0] != tc.asked || r.bodies[0] != tc.body {
				t.Errorf("asked %v with %q, want %s with %q", r.asked, r.bodies, tc.asked, tc.body)
			}
		})
	}
}

func TestPlacesThatClimbAreRefused(t *testing.T) {
	r := &recorder{answer: respond(200, `{"id":"1"}`)}
	c := start(t, r)
	for _, id := range []string{"", ".", ".."} {
		for _, err := range []error{
			c.Delete(t.Context(), id), c.Deactivate(t.Context(), id), c.BuildLogs(t.Context(), id, false, io.Discard),
			func() error { _, err := c.Get(t.Context(), id); return err }(),
			func() error { _, err := c.Activate(t.Context(), id); return err }(),
		} {
			if e := asError(t, err); e.Code != model.Invalid || e.Sent {
				t.Errorf("%q: %+v", id, e)
			}
		}
	}
	if len(r.asked) != 0 {
		t.Errorf("asked %v", r.asked)
	}
}

// TestRetries counts the requests that meet a server which breaks the connection.
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
			if e := asError(t, tc.do(c)); e.Code != model.Network || !e.Sent {
				t.Errorf("%+v", e)
			}
			if requests.Load() != tc.want {
				t.Errorf("%d requests, want %d", requests.Load(), tc.want)
			}
		})
	}
}

func TestRetryHelps(t *testing.T) {
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

// TestNoRetryOfAnAnswer: a server that answers is not asked again at once,
// whatever it says, least of all after a 401.
func TestNoRetryOfAnAnswer(t *testing.T) {
	for _, status := range []int{400, 401, 403, 404, 429, 500, 502, 503} {
		r := &recorder{answer: respond(status, apiError(status, "no"))}
		c := start(t, r)
		if _, err := c.Get(t.Context(), "1"); err == nil || len(r.asked) != 1 {
			t.Errorf("%d: %d requests, %v", status, len(r.asked), err)
		}
	}
}

func TestGetDecodesLeniently(t *testing.T) {
	c := start(t, respond(200, `{"id":"1","name":"a","state":"melting","cpu":"many","size":null,"new":{}}`))
	s, err := c.Get(t.Context(), "1")
	if err != nil {
		t.Fatal(err)
	}
	if s.State != "melting" || s.CPU.Presence != model.Unreadable || s.Size.Presence != model.Null || s.Ref.Presence != model.Absent {
		t.Errorf("%+v", s)
	}
}

func TestIdleConnectionsAreClosedBeforeTheServerDoes(t *testing.T) {
	transport := newTransport()
	if transport.IdleConnTimeout <= 0 || transport.IdleConnTimeout >= 5*time.Second {
		t.Errorf("%s: the server closes after 5 s", transport.IdleConnTimeout)
	}
	if transport.DisableKeepAlives {
		t.Error("a sweep of many pages needs its connections")
	}
}
