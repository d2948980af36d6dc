package demo_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/demo/demotest"
)

func (srv *testServer) buildLog(name string) response {
	srv.Helper()
	return srv.get("/api/snapshots/" + srv.getByName(name).ID + "/build-logs")
}

func TestBuildLogs(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	srv.run([]testRequest{
		{"no build info", "GET", "/api/snapshots/{node-24-agents}/build-logs", nil, 404, "Snapshot {node-24-agents} has no build info"},
		{"no build info, url", "GET", "/api/snapshots/{node-24-agents}/build-logs-url", nil, 404, "Snapshot {node-24-agents} has no build info"},
		{"own general", "GET", "/api/snapshots/{acme/golden:1.4.0}/build-logs", nil, 404, "Snapshot {acme/golden:1.4.0} has no build info"},
		{"foreign general", "GET", "/api/snapshots/{daytona-large}/build-logs-url", nil, 404, "Snapshot with ID or name {daytona-large} not found"},
		{"unknown", "GET", "/api/snapshots/" + unknownID + "/build-logs-url", nil, 404, "Snapshot with name " + unknownID + " not found"},
		{"by name", "GET", "/api/snapshots/node-20-agents/build-logs", nil, 500, internalError},
		{"by name, url", "GET", "/api/snapshots/node-20-agents/build-logs-url", nil, 500, internalError},
	})
}

func TestBuildLogOfAnActiveSnapshotIsEmpty(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	a := srv.buildLog("node-20-agents")
	if a.status != 200 || len(a.body) != 0 || a.header.Get("Content-Length") != "0" || a.header.Get("Content-Type") != "" {
		t.Errorf("got %d %q %v", a.status, a.body, a.header)
	}
}

func TestBuildLogOfAFailure(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	a := srv.buildLog("node-playwright")
	text := string(a.body)
	if a.status != 200 || a.header.Get("Content-Type") != "application/octet-stream" || a.header.Get("Etag") != "" {
		t.Errorf("got %d %v", a.status, a.header)
	}
	if !strings.HasPrefix(text, "Building snapshot...\nStep 1/13 : FROM mcr.microsoft.com/playwright:") ||
		!strings.Contains(text, "error TS2554") || !strings.Contains(text, "\nERROR: ") || strings.Contains(text, "Successfully") {
		t.Error(text)
	}
	for _, name := range []string{"log-parser-fuzz", "llm-eval-harness", "terraform-runner", "android-emulator-34", "legacy-etl"} {
		if a := srv.buildLog(name); a.status != 200 || !strings.HasPrefix(string(a.body), "Building snapshot...\nStep 1/") {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
}

// A missing log is an error in the runner's format.
func TestMissingBuildLog(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	a := srv.buildLog("docs-site-builder")
	type runnerError struct {
		StatusCode                  int
		Message, Code, Path, Method string
	}
	want := runnerError{404, "build logs not found for ref: " + srv.getByName("docs-site-builder").BuildInfo.SnapshotRef, "NOT_FOUND", "/snapshots/logs", ""}
	if got := decode[runnerError](t, a); a.status != 404 || got != want {
		t.Errorf("got %d %+v", a.status, got)
	}
	if got := strings.Join(propertyPaths(t, a.body), " "); got != "statusCode message code timestamp path method" || a.header.Get("Content-Type") != "application/json" {
		t.Error(got, a.header)
	}
}

func TestBuildLogGrows(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	r := srv.create(buildRequest("t", "FROM alpine:3.20\nRUN apt-get update\nRUN npm ci\n# SLOW20\n"))
	srv.Advance(time.Second)
	path := "/api/snapshots/" + r.ID + "/build-logs"
	last := ""
	for range 19 {
		text := string(srv.get(path).body)
		if !strings.HasPrefix(text, last) {
			t.Fatalf("%q does not start with %q", text, last)
		}
		last = text
		srv.Advance(time.Second)
	}
	if !strings.Contains(last, "Step 3/3 : RUN npm ci") || strings.Contains(last, "Successfully") {
		t.Errorf("before the end: %s", last)
	}
	srv.Advance(time.Second)
	full := string(srv.get(path, "If-None-Match: *").body)
	if !strings.HasSuffix(full, "Successfully tagged "+r.BuildInfo.SnapshotRef+"\n") {
		t.Errorf("at the end: %s", full)
	}
	url := decode[struct{ URL string }](t, srv.get(path+"-url")).URL
	if !strings.HasPrefix(url, srv.url) || strings.Contains(url, "/api/") {
		t.Fatal(url)
	}
	if got := string(srv.get(strings.TrimPrefix(url, srv.url)).body); got != full {
		t.Errorf("at the url: %s", got)
	}
	srv.run([]testRequest{{"url without a key", "GET", strings.TrimPrefix(url, srv.url), []string{noKey}, 401, "Invalid credentials"}})
	srv.Advance(10 * time.Second)
	if a := srv.get(path); a.status != 200 || len(a.body) != 0 {
		t.Errorf("active: %d %s", a.status, a.body)
	}
}

// follow requests a followed log.
func (srv *testServer) follow(ctx context.Context, path string) *http.Response {
	srv.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, srv.url+path+"?follow=true", nil)
	if err != nil {
		srv.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+demo.Key)
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		srv.Fatal(err)
	}
	return res
}

func TestFollowedLogEndsWithTheBuild(t *testing.T) {
	t.Parallel()
	for dockerfile, ending := range map[string]string{
		"FROM a:1\nRUN echo\n# SLOW25\n":   "Successfully tagged ",
		"FROM a:1\nRUN exit 4\n# SLOW25\n": "ERROR: The command '/bin/sh -c exit 4' returned a non-zero code: 4",
	} {
		srv := newTestServer(t, demo.Options{})
		r := srv.create(buildRequest("t", dockerfile))
		go func() { // the request waits for the runner first
			time.Sleep(80 * time.Millisecond)
			srv.Advance(time.Second)
		}()
		res := srv.follow(t.Context(), "/api/snapshots/"+r.ID+"/build-logs")
		lines := bufio.NewScanner(res.Body)
		if !lines.Scan() || lines.Text() != "Building snapshot..." {
			t.Fatalf("first line %q", lines.Text())
		}
		if len(res.TransferEncoding) != 1 || res.TransferEncoding[0] != "chunked" {
			t.Error("not chunked:", res.TransferEncoding)
		}
		srv.Advance(30 * time.Second)
		var last string
		for lines.Scan() {
			last = lines.Text()
		}
		if !strings.HasPrefix(last, ending) {
			t.Errorf("last line %q", last)
		}
		_ = res.Body.Close()
	}
}

func TestFollowedLogsLeakNoGoroutines(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	c := demotest.NewClock()
	server := httptest.NewServer(demo.New(demo.Options{Now: c.Now}))
	srv := &testServer{TB: t, Clock: c, url: server.URL}
	building, waiting := srv.getByName("node-22-nightly").ID, srv.getByName("jax-nightly").ID
	for _, id := range []string{building, waiting} {
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() {
			r, err := http.NewRequestWithContext(ctx, http.MethodGet, srv.url+"/api/snapshots/"+id+"/build-logs?follow=true", nil)
			if err != nil {
				done <- err
				return
			}
			r.Header.Set("Authorization", "Bearer "+demo.Key)
			res, err := http.DefaultTransport.RoundTrip(r)
			if err == nil {
				_, err = io.Copy(io.Discard, res.Body)
				_ = res.Body.Close()
			}
			done <- err
		}()
		time.Sleep(120 * time.Millisecond) // it polls the clock a few times
		cancel()
		if err := <-done; err == nil {
			t.Errorf("%s: ended without cancel", id)
		}
	}
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	server.Close() // waits for the handlers
}

// The API waits 30 seconds for a runner, on the world's clock.
func TestWaitForRunner(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	pending := srv.getByName("jax-nightly").ID
	never := srv.getByName("mystery-box").ID
	for _, path := range []string{pending + "/build-logs", never + "/build-logs-url"} {
		got := make(chan response, 1)
		go func() { got <- srv.get("/api/snapshots/" + path) }()
		time.Sleep(80 * time.Millisecond)
		srv.Advance(29 * time.Second)
		select {
		case a := <-got:
			t.Errorf("%s: status %d too early", path, a.status)
		case <-time.After(120 * time.Millisecond):
		}
		srv.Advance(2 * time.Second)
		a := <-got
		id, _, _ := strings.Cut(path, "/")
		if f := decode[errorBody](t, a); a.status != 404 || f.Message != "Timeout waiting for build runner assignment for snapshot "+id {
			t.Errorf("%s: %d %+v", path, a.status, f)
		}
	}
}

// The followed log of a build ends when the build times out.
func TestFollowedLogEndsAtTimeout(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	res := srv.follow(t.Context(), "/api/snapshots/"+srv.getByName("ml-base-cu128").ID+"/build-logs")
	defer func() { _ = res.Body.Close() }()
	srv.Advance(time.Hour)
	text, err := io.ReadAll(res.Body)
	if err != nil || strings.Contains(string(text), "Successfully") || !strings.Contains(string(text), "Step 2/") {
		t.Errorf("%v: %s", err, text)
	}
}
