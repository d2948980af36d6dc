package client

import (
	"io"
	"net/http"
	"slices"
	"testing"

	"daytona/snapdeck/model"
)

// recorder records requests before it handles them.
type recorder struct {
	requests []string
	bodies   []string
	handle   http.HandlerFunc
}

func (r *recorder) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, _ := io.ReadAll(q.Body)
	r.requests = append(r.requests, q.Method+" "+q.RequestURI)
	r.bodies = append(r.bodies, string(body))
	r.handle(w, q)
}

func TestRequestsOnTheWire(t *testing.T) {
	number := 2
	recipe := model.Recipe{Name: "team/app:1", BuildInfo: &model.RecipeBuild{DockerfileContent: "FROM a\n"}, CPU: &number, RegionID: "us"}
	for name, tc := range map[string]struct {
		do       func(*Client) error
		status   int
		response string
		request  string
		body     string
	}{
		"get":              {func(c *Client) error { _, err := c.Get(t.Context(), "1"); return err }, 200, `{"id":"1"}`, "GET /api/snapshots/1", ""},
		"get by name":      {func(c *Client) error { _, err := c.Get(t.Context(), "team/app:1.2.3"); return err }, 200, `{"id":"1"}`, "GET /api/snapshots/team%2Fapp:1.2.3", ""},
		"get escaped name": {func(c *Client) error { _, err := c.Get(t.Context(), "a?b#c%2F{x}"); return err }, 200, `{"id":"1"}`, "GET /api/snapshots/a%3Fb%23c%252F%7Bx%7D", ""},
		"delete":           {func(c *Client) error { return c.Delete(t.Context(), "1") }, 200, ``, "DELETE /api/snapshots/1", ""},
		"create":           {func(c *Client) error { _, err := c.Create(t.Context(), recipe); return err }, 200, `{"id":"1"}`, "POST /api/snapshots", `{"name":"team/app:1","buildInfo":{"dockerfileContent":"FROM a\n"},"cpu":2,"regionId":"us"}`},
		"created 201":      {func(c *Client) error { _, err := c.Create(t.Context(), recipe); return err }, 201, `{"id":"1"}`, "POST /api/snapshots", `{"name":"team/app:1","buildInfo":{"dockerfileContent":"FROM a\n"},"cpu":2,"regionId":"us"}`},
		"activate":         {func(c *Client) error { _, err := c.Activate(t.Context(), "1"); return err }, 200, `{"id":"1"}`, "POST /api/snapshots/1/activate", ""},
		"deactivate":       {func(c *Client) error { return c.Deactivate(t.Context(), "1") }, 204, ``, "POST /api/snapshots/1/deactivate", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := &recorder{handle: respond(tc.status, tc.response)}
			c := start(t, r)
			if err := tc.do(c); err != nil {
				t.Fatal(err)
			}
			if len(r.requests) != 1 || r.requests[0] != tc.request || r.bodies[0] != tc.body {
				t.Errorf("requests %v with %q, want %s with %q", r.requests, r.bodies, tc.request, tc.body)
			}
		})
	}
}

func TestInvalidNamesAreRejected(t *testing.T) {
	r := &recorder{handle: respond(200, `{"id":"1"}`)}
	c := start(t, r)
	for _, id := range []string{"", ".", ".."} {
		for _, err := range []error{
			c.Delete(t.Context(), id), c.Deactivate(t.Context(), id), c.BuildLogs(t.Context(), id, false, io.Discard),
			func() error { _, err := c.Get(t.Context(), id); return err }(),
			func() error { _, err := c.Activate(t.Context(), id); return err }(),
		} {
			if e := requireError(t, err); e.Code != model.Invalid || e.Sent {
				t.Errorf("%q: %+v", id, e)
			}
		}
	}
	if len(r.requests) != 0 {
		t.Errorf("requests %v", r.requests)
	}
}

func TestGetWithUnexpectedValues(t *testing.T) {
	c := start(t, respond(200, `{"id":"1","name":"a","state":"melting","cpu":"many","size":null,"new":{}}`))
	s, err := c.Get(t.Context(), "1")
	if err != nil {
		t.Fatal(err)
	}
	if s.State != "melting" || s.CPU.Presence != model.Unreadable || s.Size.Presence != model.Null || s.Ref.Presence != model.Absent {
		t.Errorf("got %+v", s)
	}
}

func TestSearchByName(t *testing.T) {
	r := &recorder{handle: respond(200, `{"items":[{"id":"1","name":"a"},{"id":"2","name":"b"}],"total":900,"totalPages":5}`)}
	c := start(t, r)
	found, err := c.SearchByName(t.Context(), "a%_/&=")
	if err != nil || len(found) != 2 || found[1].ID != "2" {
		t.Errorf("got %v, %v", found, err)
	}
	want := []string{"GET /api/snapshots?limit=200&name=a%25_%2F%26%3D&order=asc&sort=name"}
	if !slices.Equal(r.requests, want) {
		t.Errorf("requests %q, want %q", r.requests, want)
	}
}

func TestSearchByNameErrors(t *testing.T) {
	for body, want := range map[string]model.ErrorCode{"<html>": model.NotTheAPI, `{"items":[{"id":"1"},{}]}`: model.NotTheAPI} {
		c := start(t, respond(200, body))
		if _, err := c.SearchByName(t.Context(), "x"); requireError(t, err).Code != want {
			t.Errorf("%s: %v", body, err)
		}
	}
	c := start(t, respond(401, apiError(401, "Invalid credentials")))
	if _, err := c.SearchByName(t.Context(), "x"); requireError(t, err).Code != model.Unauthorized {
		t.Error(err)
	}
}
