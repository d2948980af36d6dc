package client_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/model"
)

func TestDemoSandboxes(t *testing.T) {
	t.Parallel()
	srv := newDemoServer(t, demo.Options{})
	for _, secret := range []string{demo.ReadOnlyKey, demo.JWT} {
		c := srv.client(t, secret)
		found, err := c.Sandboxes(t.Context(), "node-20-agents", "nope", "team/agents:1.2.3")
		if err != nil || len(found) != 3 || len(found["node-20-agents"].Sandboxes) != 15 || len(found["nope"].Sandboxes) != 0 {
			t.Fatalf("got %d, %v", len(found), err)
		}
		use := found["node-20-agents"]
		last, ok := use.LastActivity()
		if use.State() != model.InUse || use.InUse() != 3 || !use.At.Equal(srv.Now()) || !ok || srv.Now().Sub(last) > time.Hour {
			t.Errorf("%d in use, last active %v", use.InUse(), last)
		}
		first := use.Sandboxes[0]
		if first.Name == "" || first.ID == "" || first.RegionID == "" || first.Snapshot != "node-20-agents" {
			t.Errorf("got %+v", first)
		}
		many := []string{"node-20-agents"}
		for i := range 30 {
			many = append(many, fmt.Sprint("none-", i))
		}
		swept, err := c.Sandboxes(t.Context(), many...)
		if err != nil || len(swept) != 31 || len(swept["node-20-agents"].Sandboxes) != 15 || swept["none-3"].State() != model.NotInUse {
			t.Errorf("%d names, %v", len(swept), err)
		}
	}
}

// sandboxServer answers each request for sandboxes with what answer returns.
func sandboxServer(t *testing.T, answer func(r *http.Request) (status int, body string)) (*client.Client, *atomic.Int64) {
	t.Helper()
	now := time.Date(2026, 11, 24, 14, 33, 26, 0, time.UTC)
	return sandboxServerAt(t, func() time.Time { return now }, answer)
}

// sandboxServerAt is [sandboxServer] for a client with a clock.
func sandboxServerAt(t *testing.T, now func() time.Time, answer func(r *http.Request) (status int, body string)) (*client.Client, *atomic.Int64) {
	t.Helper()
	var requests atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		status, body := answer(r)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	c, err := client.New(client.Options{
		Credentials: client.Credentials{APIURL: server.URL + "/api", Secret: "dtn_x"},
		Now:         now,
		Sleep:       func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c, &requests
}

// TestSandboxesNeverGuess: an answer that may lack a sandbox is an error, since "none" would
// let a snapshot in use be deleted.
func TestSandboxesNeverGuess(t *testing.T) {
	t.Parallel()
	item := `{"id":"s-1","name":"a","state":"started","snapshot":"x","target":"us"}`
	for name, tc := range map[string]struct {
		status int
		body   string
	}{
		"missing endpoint": {404, `{"statusCode":404,"message":"Cannot GET /api/sandbox"}`},
		"forbidden":        {403, `{"statusCode":403,"message":"Access denied"}`},
		"server error":     {500, `{}`},
		"html":             {200, `<html></html>`},
		"no items":         {200, `{"nextCursor":null}`},
		"items null":       {200, `{"items":null,"nextCursor":null}`},
		"an array":         {200, `[` + item + `]`},
		"no state":         {200, `{"items":[{"id":"s-1","name":"a","snapshot":"x"}],"nextCursor":null}`},
		"no id":            {200, `{"items":[{"name":"a","state":"started","snapshot":"x"}],"nextCursor":null}`},
		"no snapshot":      {200, `{"items":[{"id":"s-1","state":"started"}],"nextCursor":null}`},
		"snapshot null":    {200, `{"items":[{"id":"s-1","state":"started","snapshot":null}],"nextCursor":null}`},
		"odd snapshot":     {200, `{"items":[{"id":"s-1","state":"started","snapshot":7}],"nextCursor":null}`},
		"odd cursor":       {200, `{"items":[` + item + `],"nextCursor":7}`},
		"endless":          {200, `{"items":[` + item + `],"nextCursor":"again"}`},
	} {
		c, _ := sandboxServer(t, func(*http.Request) (int, string) { return tc.status, tc.body })
		found, err := c.Sandboxes(t.Context(), "x")
		if use := found["x"]; err == nil || use.Known || use.State() == model.NotInUse || use.Reason == "" || strings.Contains(use.Reason, "127.0.0.1") || use.At.IsZero() {
			t.Errorf("%s: %+v, %v", name, found, err)
		}
	}
}

// TestSandboxRequests checks the measured form: repeated names, sorted by name, at most 20
// of them.
func TestSandboxRequests(t *testing.T) {
	t.Parallel()
	pages := map[string]string{
		"":   `{"items":[{"id":"s-2","name":"b","state":"stopped","snapshot":"x/y"}],"nextCursor":"n1"}`,
		"n1": `{"items":[{"id":"s-1","name":"a","state":"odd","snapshot":"x/y"},{"id":"s-2","name":"b","state":"stopped","snapshot":"x/y"},{"id":"s-3","name":"c","state":"started","snapshot":"X/Y"},{"id":"s-4","name":"d","state":"started"}],"nextCursor":null}`,
	}
	var queries []string
	c, _ := sandboxServer(t, func(r *http.Request) (int, string) {
		queries = append(queries, r.URL.RawQuery)
		return 200, pages[r.URL.Query().Get("cursor")]
	})
	found, err := c.Sandboxes(t.Context(), "x/y", "a,b", "x/y")
	use := found["x/y"]
	if err != nil || len(found) != 2 || len(use.Sandboxes) != 2 || use.Sandboxes[0].Name != "a" || found["a,b"].State() != model.NotInUse {
		t.Fatalf("got %+v, %v", found, err)
	}
	if use.InUse() != 1 {
		t.Errorf("%d in use: an unknown state is in use", use.InUse())
	}
	want := "limit=200&order=asc&snapshots=a%2Cb&snapshots=x%2Fy&sort=name"
	if len(queries) != 2 || queries[0] != want || queries[1] != "cursor=n1&"+want {
		t.Errorf("sent %q", queries)
	}
}

// TestManySandboxNames: 21 names are read without the filter, unless the names take fewer
// requests.
func TestManySandboxNames(t *testing.T) {
	t.Parallel()
	const sorted = "limit=200&order=asc&sort=name"
	names := strings.Fields(strings.Repeat("n ", 3))
	for i := range 20 {
		names = append(names, fmt.Sprintf("%02d", i))
	}
	var queries []string
	endless := 0
	c, _ := sandboxServer(t, func(r *http.Request) (int, string) {
		queries = append(queries, r.URL.RawQuery)
		if !r.URL.Query().Has("snapshots") && endless > 0 {
			return 200, fmt.Sprintf(`{"items":[{"id":"s-%d","state":"started","snapshot":"05"}],"nextCursor":"%d"}`, len(queries), len(queries))
		}
		return 200, `{"items":[{"id":"t-1","state":"started","snapshot":"07"}],"nextCursor":null}`
	})
	found, err := c.Sandboxes(t.Context(), names...)
	if err != nil || len(found) != 21 || found["07"].State() != model.InUse || found["n"].State() != model.NotInUse || len(queries) != 1 || queries[0] != sorted {
		t.Errorf("21 names: %+v, %q, %v", found, queries, err)
	}
	queries, endless = nil, 1
	found, err = c.Sandboxes(t.Context(), names...)
	if err != nil || found["05"].InUse() != 2 || found["07"].InUse() != 1 || found["n"].State() != model.NotInUse {
		t.Errorf("a long list: %+v, %v", found, err)
	}
	if len(queries) != 4 || strings.Count(queries[2], "snapshots=") != 20 || strings.Count(queries[3], "snapshots=") != 1 {
		t.Errorf("a long list: %q", queries)
	}
}

// TestOnlySandboxesFromImages: a list of all sandboxes in which none has a snapshot proves
// nothing, but one by name does.
func TestOnlySandboxesFromImages(t *testing.T) {
	t.Parallel()
	var names []string
	for i := range 21 {
		names = append(names, fmt.Sprintf("%02d", i))
	}
	for _, filtered := range []bool{true, false} {
		c, requests := sandboxServer(t, func(r *http.Request) (int, string) {
			if filtered && r.URL.Query().Has("snapshots") {
				return 200, `{"items":[],"nextCursor":null}`
			}
			return 200, `{"items":[{"id":"s-1","state":"started"}],"nextCursor":null}`
		})
		found, err := c.Sandboxes(t.Context(), names...)
		want := map[bool]model.UseState{true: model.NotInUse, false: model.UseUnknown}[filtered]
		if (err == nil) != filtered || found["07"].State() != want || requests.Load() < 2 {
			t.Errorf("filtered %t: %+v after %d requests, %v", filtered, found["07"], requests.Load(), err)
		}
	}
}

// TestManySandboxesFromImages: the part of the list that was read before the lists by name has
// only sandboxes from images, which prove nothing about those lists.
func TestManySandboxesFromImages(t *testing.T) {
	t.Parallel()
	var names []string
	for i := range 41 {
		names = append(names, fmt.Sprintf("%02d", i))
	}
	pages := 0
	c, _ := sandboxServer(t, func(r *http.Request) (int, string) {
		if r.URL.Query().Has("snapshots") {
			return 200, `{"items":[],"nextCursor":null}`
		}
		pages++
		return 200, fmt.Sprintf(`{"items":[{"id":"s-%d","state":"started"}],"nextCursor":"%[1]d"}`, pages)
	})
	found, err := c.Sandboxes(t.Context(), names...)
	if err != nil || found["07"].State() != model.NotInUse || pages != 3 {
		t.Errorf("%+v after %d pages, %v", found["07"], pages, err)
	}
}

// TestPartOfTheSandboxes: an incomplete list proves that a snapshot is in use, but not that it
// is not.
func TestPartOfTheSandboxes(t *testing.T) {
	t.Parallel()
	c, requests := sandboxServer(t, func(r *http.Request) (int, string) {
		if r.URL.Query().Has("cursor") {
			return 500, `{}`
		}
		return 200, `{"items":[{"id":"s-1","state":"started","snapshot":"x"},{"id":"s-2","state":"stopped","snapshot":"y"},
			{"id":"s-3","state":"stopped","snapshot":"z"},{"id":"s-3","state":"starting","snapshot":"z"},{"id":"s-3","state":"stopped","snapshot":"z"}],"nextCursor":"2"}`
	})
	found, err := c.Sandboxes(t.Context(), "x", "y", "z", "")
	if err == nil || len(found) != 3 || requests.Load() != 2 {
		t.Fatalf("%+v, %v", found, err)
	}
	for name, want := range map[string]model.UseState{"x": model.InUse, "y": model.UseUnknown, "z": model.InUse} {
		if use := found[name]; use.Known || use.State() != want || len(use.Sandboxes) != 1 {
			t.Errorf("%s: %+v", name, use)
		}
	}
}

// TestSandboxCursorsLoop: pages that point at each other end.
func TestSandboxCursorsLoop(t *testing.T) {
	t.Parallel()
	c, requests := sandboxServer(t, func(r *http.Request) (int, string) {
		next := map[string]string{"": "a", "a": "b", "b": "a"}[r.URL.Query().Get("cursor")]
		return 200, `{"items":[],"nextCursor":"` + next + `"}`
	})
	found, err := c.Sandboxes(t.Context(), "x")
	if err == nil || found["x"].State() != model.UseUnknown || requests.Load() != 3 {
		t.Errorf("%+v after %d requests, %v", found, requests.Load(), err)
	}
}

// TestNoSandboxNames: without names no request is sent.
func TestNoSandboxNames(t *testing.T) {
	t.Parallel()
	c, requests := sandboxServer(t, func(*http.Request) (int, string) { return 500, `` })
	if found, err := c.Sandboxes(t.Context(), ""); err != nil || len(found) != 0 || requests.Load() != 0 {
		t.Errorf("%v, %v after %d requests", found, err, requests.Load())
	}
}

// TestSandboxesStayWithinTheBudget: without a free request none is sent.
func TestSandboxesStayWithinTheBudget(t *testing.T) {
	t.Parallel()
	n := 0
	c, requests := sandboxServer(t, func(*http.Request) (int, string) {
		n++
		return 200, fmt.Sprintf(`{"items":[],"nextCursor":"%d"}`, n)
	})
	for i := range 5 {
		if _, err := c.Sandboxes(t.Context(), "x"); err == nil {
			t.Fatal("an endless list ended")
		}
		if half := int64(c.Budget().Requests / 2); i == 0 && requests.Load() != half {
			t.Errorf("%d requests of one call, want %d", requests.Load(), half)
		}
	}
	if budget := int64(c.Budget().Requests); requests.Load() != budget {
		t.Errorf("%d requests with a budget of %d", requests.Load(), budget)
	}
	if _, err := c.WarmPools(t.Context()); err == nil || requests.Load() != int64(c.Budget().Requests) {
		t.Errorf("%d requests, %v", requests.Load(), err)
	}
}
