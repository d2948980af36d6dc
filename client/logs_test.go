package client

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"daytona/snapdeck/model"
)

const logText = "Building snapshot...\nStep 1/1 : FROM alpine:3.20\n"

// logs is a server with both ways to a log.
type logs struct {
	asked  []string
	url    string // what build-logs-url tells
	first  http.HandlerFunc
	second http.HandlerFunc
}

func (l *logs) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.asked = append(l.asked, r.URL.Path+"?"+r.URL.RawQuery)
	switch {
	case strings.HasSuffix(r.URL.Path, "/build-logs-url") && l.first != nil:
		l.first(w, r)
	case strings.HasSuffix(r.URL.Path, "/build-logs-url"):
		respond(200, fmt.Sprintf(`{"url":%q}`, l.url))(w, r)
	default:
		l.second(w, r)
	}
}

func write(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = io.WriteString(w, text)
	}
}

func TestLogsComeFromTheLogServer(t *testing.T) {
	var asked *http.Request
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r
		write(logText)(w, r)
	}))
	defer proxy.Close()
	for _, follow := range []bool{false, true} {
		api := &logs{url: proxy.URL + "/snapshots/1/build-logs?token=a%2Fb"}
		c := start(t, api, func(o *Options) { o.Credentials.JWT, o.Credentials.OrganizationID = true, "org-1" })
		var out bytes.Buffer
		if err := c.BuildLogs(t.Context(), "1", follow, &out); err != nil {
			t.Fatal(err)
		}
		if out.String() != logText {
			t.Errorf("%q", out.String())
		}
		if asked.Header.Get("Authorization") != "Bearer "+testKey || asked.Header.Get("X-Daytona-Organization-ID") != "org-1" {
			t.Errorf("%v", asked.Header)
		}
		if asked.FormValue("token") != "a/b" || (asked.FormValue("follow") == "true") != follow {
			t.Errorf("follow %v: %s", follow, asked.URL)
		}
		if len(api.asked) != 1 {
			t.Errorf("asked %v", api.asked)
		}
	}
}

// TestSecondWayToLogs goes through what makes the first way useless, and what
// both have in common.
func TestSecondWayToLogs(t *testing.T) {
	refuse := func(status int) *httptest.Server { return httptest.NewServer(respond(status, apiError(status, "no"))) }
	notFound := refuse(404)
	defer notFound.Close()
	unauthorized := refuse(401)
	defer unauthorized.Close()
	limited := refuse(429)
	defer limited.Close()
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<html>log in</html>")
	}))
	defer page.Close()
	gone := httptest.NewServer(nil)
	gone.Close()

	const noRoute = "Cannot GET /api/snapshots/1/build-logs"
	cases := map[string]struct {
		url    string
		first  http.HandlerFunc
		second http.HandlerFunc
		code   model.ErrorCode // "": the log is there
		text   string          // in the error
		ways   int
	}{
		"older server":            {"", respond(404, apiError(404, noRoute+"-url")), write(logText), "", "", 2},
		"first way fails":         {"", respond(500, apiError(500, "oops")), write(logText), "", "", 2},
		"no URL":                  {"", nil, write(logText), "", "", 2},
		"no web URL":              {"ftp://host/x", nil, write(logText), "", "", 2},
		"URL with a password":     {"https://user:pass@host/x", nil, write(logText), "", "", 2},
		"URL cannot be read":      {"https://[x", nil, write(logText), "", "", 2},
		"not encrypted":           {"http://logs.example/x", nil, write(logText), "", "", 2},
		"log server is gone":      {gone.URL, nil, write(logText), "", "", 2},
		"log server says 404":     {notFound.URL, nil, write(logText), "", "", 2},
		"log server says 401":     {unauthorized.URL, nil, write(logText), "", "", 2},
		"log server says 429":     {limited.URL, nil, write(logText), "", "", 2},
		"log server has a log-in": {page.URL, nil, write(logText), "", "", 2},
		"nothing to say":          {gone.URL, nil, write(""), "", "", 2},
		"no build":                {"", respond(404, apiError(404, "Snapshot 1 has no build info")), nil, model.NotFound, "has no build info", 1},
		"no runner":               {"", respond(404, apiError(404, "Timeout waiting for build runner assignment for snapshot 1")), nil, model.NotFound, "Timeout waiting", 1},
		"bad key":                 {"", respond(401, apiError(401, "Invalid credentials")), nil, model.Unauthorized, "Invalid", 1},
		"limited":                 {"", respond(429, apiError(429, "Too Many Requests")), nil, model.RateLimited, "Too Many", 1},
		"newer server":            {gone.URL, nil, respond(404, apiError(404, noRoute)), model.Network, "connection refused", 2},
		"newer, not encrypted":    {"http://logs.example/x", nil, respond(404, apiError(404, noRoute)), model.NotTheAPI, "logs.example/x is reached without encryption", 2},
		"both fail":               {gone.URL, nil, respond(500, apiError(500, "second")), model.ServerError, "second", 2},
		"runner knows no log":     {notFound.URL, nil, respond(404, `{"statusCode":404,"message":"build logs not found for ref: x","code":"NOT_FOUND"}`), model.NotFound, "build logs not found", 2},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			api := &logs{url: tc.url, first: tc.first, second: tc.second}
			c := start(t, api)
			var out bytes.Buffer
			err := c.BuildLogs(t.Context(), "1", true, &out)
			if len(api.asked) != tc.ways {
				t.Errorf("asked %v", api.asked)
			}
			if tc.ways == 2 && api.asked[len(api.asked)-1] != "/snapshots/1/build-logs?follow=true" {
				t.Errorf("asked %v", api.asked)
			}
			if tc.code == "" {
				if err != nil {
					t.Errorf("%v", err)
				}
				return
			}
			if e := asError(t, err); e.Code != tc.code || !strings.Contains(e.Message, tc.text) {
				t.Errorf("%v, want %s with %q", e, tc.code, tc.text)
			}
			if strings.Contains(name, "log server") && c.throttle.wait(c.now()) != 0 {
				t.Error("another host's limit closed the gate")
			}
		})
	}
}

// TestKeyIsNotSentInTheOpen looks at what reaches a log server on another machine
// over plain http.
func TestKeyIsNotSentInTheOpen(t *testing.T) {
	var reached []string
	c, err := New(Options{
		Credentials: Credentials{APIURL: "https://app.daytona.io/api", Secret: testKey},
		Transport: roundTripper(func(r *http.Request) *http.Response {
			reached = append(reached, r.URL.Host)
			if strings.HasSuffix(r.URL.Path, "-url") {
				return answerWith(200, []byte(`{"url":"http://app.daytona.io/logs"}`))
			}
			return answerWith(200, []byte(logText))
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := c.BuildLogs(t.Context(), "1", false, &out); err != nil || out.String() != logText {
		t.Errorf("%q, %v", out.String(), err)
	}
	if strings.Join(reached, " ") != "app.daytona.io app.daytona.io" {
		t.Errorf("reached %v", reached)
	}
}

func TestLogServersRedirectIsNotFollowed(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("reached another host") }))
	defer other.Close()
	proxy := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	defer proxy.Close()
	c := start(t, &logs{url: proxy.URL, second: respond(404, apiError(404, "Cannot GET /x"))})
	err := c.BuildLogs(t.Context(), "1", false, io.Discard)
	if e := asError(t, err); e.Message != "a redirect to "+other.URL {
		t.Errorf("%v", e)
	}
}

func TestLogThatBreaksOffIsNotReadTwice(t *testing.T) {
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		write(logText)(w, r)
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}))
	defer proxy.Close()
	api := &logs{url: proxy.URL, second: write("again")}
	c := start(t, api)
	var out bytes.Buffer
	err := c.BuildLogs(t.Context(), "1", true, &out)
	if e := asError(t, err); e.Code != model.Network || out.String() != logText || len(api.asked) != 1 {
		t.Errorf("%v, %q, asked %v", e, out.String(), api.asked)
	}
}

type fullDisk struct{}

var errFull = errors.New("the disk is full")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestWritersErrorEndsTheLog(t *testing.T) {
	proxy := httptest.NewServer(write(logText))
	defer proxy.Close()
	api := &logs{url: proxy.URL}
	err := start(t, api).BuildLogs(t.Context(), "1", true, fullDisk{})
	if e := asError(t, err); e.Code != model.Canceled || !errors.Is(err, errFull) || len(api.asked) != 1 {
		t.Errorf("%v, asked %v", e, api.asked)
	}
}
