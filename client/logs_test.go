package client

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"daytona/snapdeck/model"
)

const logText = "Building snapshot...\nStep 1/1 : FROM alpine:3.20\n"

// logServer offers a log directly and by a log server URL.
type logServer struct {
	requests []string
	url      string           // returned by build-logs-url
	logsURL  http.HandlerFunc // handles build-logs-url instead
	logs     http.HandlerFunc // handles build-logs
}

func (l *logServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.requests = append(l.requests, r.URL.Path+"?"+r.URL.RawQuery)
	switch {
	case strings.HasSuffix(r.URL.Path, "/build-logs-url") && l.logsURL != nil:
		l.logsURL(w, r)
	case strings.HasSuffix(r.URL.Path, "/build-logs-url"):
		respond(200, fmt.Sprintf(`{"url":%q}`, l.url))(w, r)
	default:
		l.logs(w, r)
	}
}

func respondLog(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = io.WriteString(w, text)
	}
}

func TestLogsFromTheLogServer(t *testing.T) {
	var request *http.Request
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request = r
		respondLog(logText)(w, r)
	}))
	defer proxy.Close()
	for _, follow := range []bool{false, true} {
		api := &logServer{url: proxy.URL + "/snapshots/1/build-logs?token=a%2Fb"}
		c := start(t, api, func(o *Options) { o.Credentials.JWT, o.Credentials.OrganizationID = true, "org-1" })
		var out bytes.Buffer
		if err := c.BuildLogs(t.Context(), "1", follow, &out); err != nil {
			t.Fatal(err)
		}
		if out.String() != logText {
			t.Errorf("got %q", out.String())
		}
		if request.Header.Get("Authorization") != "Bearer "+testKey || request.Header.Get("X-Daytona-Organization-ID") != "org-1" {
			t.Errorf("got %v", request.Header)
		}
		if request.FormValue("token") != "a/b" || (request.FormValue("follow") == "true") != follow {
			t.Errorf("follow %v: %s", follow, request.URL)
		}
		if len(api.requests) != 1 {
			t.Errorf("requests %v", api.requests)
		}
	}
}

// The log is requested directly if the log server fails, unless the direct request
// would fail the same way.
func TestDirectLogs(t *testing.T) {
	reject := func(status int) *httptest.Server { return httptest.NewServer(respond(status, apiError(status, "no"))) }
	notFound := reject(404)
	defer notFound.Close()
	unauthorized := reject(401)
	defer unauthorized.Close()
	limited := reject(429)
	defer limited.Close()
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<html>log in</html>")
	}))
	defer page.Close()
	// The port of a stopped server could be that of another test by now.
	const stopped = "http://127.0.0.1:1"

	const noRoute = "Cannot GET /api/snapshots/1/build-logs"
	cases := map[string]struct {
		url      string
		logsURL  http.HandlerFunc
		logs     http.HandlerFunc
		code     model.ErrorCode // "" means success
		text     string          // part of the error
		requests int             // to the API
	}{
		"older server":                {"", respond(404, apiError(404, noRoute+"-url")), respondLog(logText), "", "", 2},
		"URL request fails":           {"", respond(500, apiError(500, "oops")), respondLog(logText), "", "", 2},
		"no URL":                      {"", nil, respondLog(logText), "", "", 2},
		"not an http URL":             {"ftp://host/x", nil, respondLog(logText), "", "", 2},
		"URL with a password":         {"https://user:pass@host/x", nil, respondLog(logText), "", "", 2},
		"invalid URL":                 {"https://[x", nil, respondLog(logText), "", "", 2},
		"not encrypted":               {"http://logs.example/x", nil, respondLog(logText), "", "", 2},
		"log server is down":          {stopped, nil, respondLog(logText), "", "", 2},
		"log server says 404":         {notFound.URL, nil, respondLog(logText), "", "", 2},
		"log server says 401":         {unauthorized.URL, nil, respondLog(logText), "", "", 2},
		"log server says 429":         {limited.URL, nil, respondLog(logText), "", "", 2},
		"log server has a login page": {page.URL, nil, respondLog(logText), "", "", 2},
		"empty log":                   {stopped, nil, respondLog(""), "", "", 2},
		"no build":                    {"", respond(404, apiError(404, "Snapshot 1 has no build info")), nil, model.NotFound, "has no build info", 1},
		"no runner":                   {"", respond(404, apiError(404, "Timeout waiting for build runner assignment for snapshot 1")), nil, model.NotFound, "Timeout waiting", 1},
		"bad key":                     {"", respond(401, apiError(401, "Invalid credentials")), nil, model.Unauthorized, "Invalid", 1},
		"rate limited":                {"", respond(429, apiError(429, "Too Many Requests")), nil, model.RateLimited, "Too Many", 1},
		"newer server":                {stopped, nil, respond(404, apiError(404, noRoute)), model.Network, "connection refused", 2},
		"newer server, not encrypted": {"http://logs.example/x", nil, respond(404, apiError(404, noRoute)), model.NotTheAPI, "logs.example/x uses unencrypted http", 2},
		"both fail":                   {stopped, nil, respond(500, apiError(500, "second")), model.ServerError, "second", 2},
		"runner has no log":           {notFound.URL, nil, respond(404, `{"statusCode":404,"message":"build logs not found for ref: x","code":"NOT_FOUND"}`), model.NotFound, "build logs not found", 2},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			api := &logServer{url: tc.url, logsURL: tc.logsURL, logs: tc.logs}
			c := start(t, api)
			var out bytes.Buffer
			err := c.BuildLogs(t.Context(), "1", true, &out)
			if len(api.requests) != tc.requests {
				t.Errorf("requests %v", api.requests)
			}
			if tc.requests == 2 && api.requests[len(api.requests)-1] != "/snapshots/1/build-logs?follow=true" {
				t.Errorf("requests %v", api.requests)
			}
			if tc.code == "" {
				if err != nil {
					t.Errorf("got %v", err)
				}
				return
			}
			if e := requireError(t, err); e.Code != tc.code || !strings.Contains(e.Message, tc.text) {
				t.Errorf("got %v, want %s with %q", e, tc.code, tc.text)
			}
			if strings.Contains(name, "log server") && c.throttle.wait(c.now()) != 0 {
				t.Error("another host's rate limit blocks requests")
			}
		})
	}
}

func TestLogServersThatGetTheCredential(t *testing.T) {
	for _, tc := range []struct {
		api, logs string
		want      bool
	}{
		{"https://api.example/api", "https://logs.example/x", true},
		{"https://api.example/api", "http://api.example/x", false},
		{"https://api.example/api", "http://localhost:4000/x", false},
		{"https://api.example/api", "http://127.0.0.1/x", false},
		{"https://localhost/api", "http://localhost/x", false},
		{"http://localhost:3000/api", "http://localhost:4000/x", true},
		{"http://localhost:3000/api", "http://proxy.localhost:4000/x", true},
		{"http://localhost:3000/api", "http://logs.example/x", false},
		{"http://10.0.0.5:3000/api", "http://10.0.0.5:3000/x", true},
		{"http://10.0.0.5:3000/api", "http://10.0.0.6:3000/x", false},
		{"http://10.0.0.5:3000/api", "http://localhost:4000/x", true},
		{"http://10.0.0.5:3000/api", "https://logs.example/x", true},
	} {
		u, err := url.Parse(tc.logs)
		if err != nil {
			t.Fatal(err)
		}
		if got := connect(t, tc.api).allowsLogServer(u); got != tc.want {
			t.Errorf("%s names %s: allowed %t", tc.api, tc.logs, got)
		}
	}
}

// The credential is not sent to another machine over plain http.
func TestKeyIsNotSentUnencrypted(t *testing.T) {
	var hosts []string
	c, err := New(Options{
		Credentials: Credentials{APIURL: "https://app.daytona.io/api", Secret: testKey},
		Transport: roundTripper(func(r *http.Request) *http.Response {
			hosts = append(hosts, r.URL.Host)
			if strings.HasSuffix(r.URL.Path, "-url") {
				return newResponse(200, []byte(`{"url":"http://app.daytona.io/logs"}`))
			}
			return newResponse(200, []byte(logText))
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := c.BuildLogs(t.Context(), "1", false, &out); err != nil || out.String() != logText {
		t.Errorf("got %q, %v", out.String(), err)
	}
	if strings.Join(hosts, " ") != "app.daytona.io app.daytona.io" {
		t.Errorf("requests to %v", hosts)
	}
}

func TestLogServerRedirectIsNotFollowed(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("request to another host") }))
	defer other.Close()
	proxy := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	defer proxy.Close()
	c := start(t, &logServer{url: proxy.URL, logs: respond(404, apiError(404, "Cannot GET /x"))})
	err := c.BuildLogs(t.Context(), "1", false, io.Discard)
	if e := requireError(t, err); e.Message != "redirect to "+other.URL {
		t.Errorf("got %v", e)
	}
}

func TestInterruptedLogIsNotReadAgain(t *testing.T) {
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		respondLog(logText)(w, r)
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}))
	defer proxy.Close()
	api := &logServer{url: proxy.URL, logs: respondLog("again")}
	c := start(t, api)
	var out bytes.Buffer
	err := c.BuildLogs(t.Context(), "1", true, &out)
	if e := requireError(t, err); e.Code != model.Network || out.String() != logText || len(api.requests) != 1 {
		t.Errorf("%v, %q, requests %v", e, out.String(), api.requests)
	}
}

type fullDisk struct{}

var errFull = errors.New("disk full")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestWriterErrorEndsTheLog(t *testing.T) {
	proxy := httptest.NewServer(respondLog(logText))
	defer proxy.Close()
	api := &logServer{url: proxy.URL}
	err := start(t, api).BuildLogs(t.Context(), "1", true, fullDisk{})
	if !errors.Is(err, errFull) || model.CodeOf(err) != "" || len(api.requests) != 1 {
		t.Errorf("%v, requests %v", err, api.requests)
	}
}
