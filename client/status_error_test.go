package client

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// apiError returns an error body of the API.
func apiError(status int, message string) string {
	body, _ := json.Marshal(map[string]any{
		"path": "/api/snapshots", "timestamp": "2026-11-24T14:36:40.680Z",
		"statusCode": status, "error": http.StatusText(status), "message": message,
	})
	return string(body)
}

func respond(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func TestStatusErrors(t *testing.T) {
	t.Parallel()
	list := func(c *Client) error { _, err := c.List(context.Background(), nil); return err }
	get := func(c *Client) error { _, err := c.Get(context.Background(), "x"); return err }
	logs := func(c *Client) error { return c.BuildLogs(context.Background(), "x", false, io.Discard) }
	del := func(c *Client) error { return c.Delete(context.Background(), "x") }
	create := func(c *Client) error { _, err := c.Create(context.Background(), model.Recipe{}); return err }
	token := func(o *Options) { o.Credentials.JWT = true }
	member := func(o *Options) { o.Credentials.JWT, o.Credentials.OrganizationID = true, "8a108392" }

	const page = "<!DOCTYPE html>\n<html><head><title>Daytona</title></head></html>"
	cases := map[string]struct {
		status  int
		body    string
		do      func(*Client) error
		option  func(*Options)
		code    model.ErrorCode
		message string // part of it
		remedy  string // part of it
	}{
		"bad key":   {401, apiError(401, "Invalid credentials"), list, nil, model.Unauthorized, "Invalid credentials", "the API key from DAYTONA_API_KEY is wrong, expired or revoked"},
		"bad token": {401, apiError(401, "Invalid credentials"), list, token, model.Unauthorized, "Invalid credentials", "then start snapdeck again"},
		"expired token": {401, apiError(401, "Invalid credentials"), list, func(o *Options) {
			o.Credentials.JWT = true
			o.Credentials.ExpiresAt = time.Date(2026, 11, 24, 9, 5, 59, 0, time.UTC)
		}, model.Unauthorized, "Invalid credentials", "expired at 2026-11-24 09:05Z · run `daytona login` or set a new one, then start snapdeck again"},
		"token without organization": {403, apiError(403, "Invalid authentication context"), list, token, model.Forbidden, "Invalid authentication context", "DAYTONA_ORGANIZATION_ID"},
		"other organization":         {403, apiError(403, "Invalid authentication context"), list, member, model.Forbidden, "Invalid authentication context", "organization 8a108392"},
		"key without organization":   {403, apiError(403, "Invalid authentication context"), list, nil, model.Forbidden, "Invalid authentication context", "use an API key"},
		"no delete permission":       {403, apiError(403, "Access denied"), del, nil, model.Forbidden, "Access denied", "delete:snapshots"},
		"no create permission":       {403, apiError(403, "Access denied"), create, nil, model.Forbidden, "Access denied", "write:snapshots"},
		"no read permission":         {403, apiError(403, "Access denied"), list, nil, model.Forbidden, "Access denied", "permission for this request"},
		"suspended":                  {403, apiError(403, "Organization is suspended: Payment failed"), create, nil, model.Forbidden, "Payment failed", "suspended"},
		"general snapshot":           {403, apiError(403, "You cannot delete a general snapshot"), del, nil, model.Forbidden, "You cannot delete", "does not allow"},
		"firewall":                   {403, page, list, nil, model.Forbidden, "HTML page", "firewall"},
		"unknown name":               {404, apiError(404, "Snapshot with ID or name x not found"), get, nil, model.NotFound, "not found", "another organization"},
		"404 of a runner":            {404, `{"statusCode":404,"message":"build logs not found","code":"NOT_FOUND"}`, logs, nil, model.NotFound, "build logs not found", "the snapshot has no build log, or was deleted"},
		"unknown region":             {404, apiError(404, "Region not found"), create, nil, model.NotFound, "Region not found", "choose another region"},
		"no such route for a create": {404, apiError(404, "Cannot POST /snapshots"), create, nil, model.NotTheAPI, "Cannot POST", "/api"},
		"create at a gateway":        {404, page, create, nil, model.NotTheAPI, "HTML page", "/api"},
		"404 of another API":         {404, apiError(404, "not found"), list, nil, model.NotTheAPI, "not found", "/api"},
		"404 of a gateway":           {404, page, get, nil, model.NotTheAPI, "HTML page", "/api"},
		"404 without a body":         {404, "", get, nil, model.NotTheAPI, "404 Not Found", "/api"},
		"404 of another server":      {404, "404 page not found\n", get, nil, model.NotTheAPI, "404 page not found", "/api"},
		"no such route":              {404, apiError(404, "Cannot GET /snapshots"), list, nil, model.NotTheAPI, "Cannot GET", "/api"},
		"name taken":                 {409, apiError(409, `Snapshot with name "a" already exists`), create, nil, model.Conflict, `Snapshot with name "a" already exists`, "being removed"},
		"invalid":                    {400, apiError(400, "name must be longer, cpu must be whole"), create, nil, model.Invalid, "name must be longer, cpu must be whole", "correct the request"},
		"activated too early":        {400, apiError(400, "Snapshot deactivation is still in progress. Please try again in a few minutes."), create, nil, model.Invalid, "in progress", "wait, then try again"},
		"quota":                      {400, apiError(400, "Snapshot quota exceeded. Maximum allowed: 5"), create, nil, model.Invalid, "Maximum allowed: 5", "raise the quota"},
		"invalid, short form":        {400, `{"message":"Invalid JSON in request body","error":"Bad Request","statusCode":400}`, create, nil, model.Invalid, "Invalid JSON in request body", "correct the request"},
		"invalid, as a list":         {400, `{"message":["a is bad","b is bad"],"statusCode":400}`, create, nil, model.Invalid, "a is bad, b is bad", "correct the request"},
		"message an object":          {400, `{"message":{"a":1}}`, create, nil, model.Invalid, `{"a":1}`, "correct the request"},
		"message missing":            {400, `{"error":"Bad Request"}`, create, nil, model.Invalid, "Bad Request", "correct the request"},
		"no message":                 {400, `{}`, create, nil, model.Invalid, "400 Bad Request", "correct the request"},
		"http to https":              {400, "Client sent an HTTP request to an HTTPS server.\n", list, nil, model.Invalid, "HTTPS server", "use https://"},
		"proxy password":             {407, "", list, nil, model.Network, "407 Proxy Authentication", "HTTPS_PROXY"},
		"request timeout":            {408, "", list, nil, model.Network, "408 Request Timeout", "try again"},
		"rate limited":               {429, apiError(429, "ThrottlerException: Too Many Requests"), list, nil, model.RateLimited, "ThrottlerException", "organization rate limit reached · retry in 30s"},
		"server error":               {500, apiError(500, "An unexpected error occurred."), list, nil, model.ServerError, "An unexpected error", "server error · if it persists, contact Daytona support"},
		"bad gateway":                {502, page, list, nil, model.ServerError, "502 with an HTML page", "gateway"},
		"gateway timeout":            {504, "", list, nil, model.ServerError, "504 Gateway Timeout", "gateway"},
		"maintenance":                {503, apiError(503, "Service is currently under maintenance. Please try again later."), list, nil, model.ServerError, "maintenance", "under maintenance · try again later"},
		"unavailable":                {503, apiError(503, "Temporary authentication service error"), list, nil, model.ServerError, "Temporary", "temporarily unavailable"},
		"teapot":                     {418, "short and stout", list, nil, model.Invalid, "short and stout", "check that the URL is a Daytona API"},
		"delete refused":             {409, apiError(409, "It is protected"), del, nil, model.Conflict, "It is protected", ""},
		"list refused":               {409, apiError(409, "Conflict"), list, nil, model.Conflict, "Conflict", "check that the URL is a Daytona API"},
		"304 without ETag":           {304, "", get, nil, model.NotTheAPI, "unexpected status 304", "/api"},
		"html":                       {200, page, list, nil, model.NotTheAPI, "HTML page", "/api"},
		"html for a delete":          {200, page, del, nil, model.NotTheAPI, "HTML page", "/api"},
		"text":                       {200, "OK", list, nil, model.NotTheAPI, "not JSON", "/api"},
		"text like JSON":             {200, "{{ template }}", list, nil, model.NotTheAPI, "not JSON", "/api"},
		"part of a literal":          {200, "tru", list, nil, model.NotTheAPI, "not JSON", "/api"},
		"empty":                      {200, "", list, nil, model.NotTheAPI, "empty response (200)", "/api"},
		"204":                        {204, "", list, nil, model.NotTheAPI, "empty response (204)", "/api"},
		"204 for a snapshot":         {204, "", create, nil, model.NotTheAPI, "empty response (204)", "/api"},
		"cut JSON":                   {200, `{"items":[{"id":"1"`, list, nil, model.Network, "truncated response", "try again"},
		"cut JSON snapshot":          {200, `{"id":"1","name":`, get, nil, model.Network, "truncated response", "try again"},
		"an object":                  {200, `{}`, list, nil, model.NotTheAPI, "the page has no items", "version"},
		"a list":                     {200, `[]`, list, nil, model.NotTheAPI, "unexpected JSON", "version"},
		"a number":                   {200, `42`, list, nil, model.NotTheAPI, "unexpected JSON", "version"},
		"null":                       {200, `null`, list, nil, model.NotTheAPI, "the page has no items", "version"},
		"null items":                 {200, `{"items":null,"total":3}`, list, nil, model.NotTheAPI, "the page has no items", "version"},
		"items an object":            {200, `{"items":{},"total":3}`, list, nil, model.NotTheAPI, "unexpected JSON", "version"},
		"item a number":              {200, `{"items":[7],"total":1}`, list, nil, model.NotTheAPI, "unexpected JSON", "version"},
		"snapshot without id":        {200, `{"name":"a"}`, get, nil, model.NotTheAPI, "snapshot has no id", "version"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var options []func(*Options)
			if tc.option != nil {
				options = append(options, tc.option)
			}
			e := requireError(t, tc.do(start(t, respond(tc.status, tc.body), options...)))
			if e.Code != tc.code || e.Status != tc.status && e.Code != model.Network {
				t.Errorf("%s, status %d, want %s, %d", e.Code, e.Status, tc.code, tc.status)
			}
			if !strings.Contains(e.Message, tc.message) {
				t.Errorf("message %q, want it to contain %q", e.Message, tc.message)
			}
			if !strings.Contains(e.Remedy, tc.remedy) {
				t.Errorf("remedy %q, want it to contain %q", e.Remedy, tc.remedy)
			}
			if line := e.Error(); strings.ContainsAny(line, "\r\n") || !strings.Contains(line, e.Host) || e.Host == "" {
				t.Errorf("%q is not one line with the host", line)
			}
			if !e.Sent {
				t.Error("Sent is false")
			}
		})
	}
}

// An error counts as the API's if it has the version header or the API's fields.
func TestErrorFromAPI(t *testing.T) {
	for _, tc := range []struct {
		version, body string
		want          bool
	}{
		{"", `{}`, false},
		{"", `{"detail":"no"}`, false},
		{"", `{"message":"no"}`, true},
		{"", `{"error":"Bad Request"}`, true},
		{"", `{"statusCode":404}`, true},
		{"", `not JSON`, false},
		{"0.190.0", `{}`, true},
		{"0.190.0", `not JSON`, true},
		{"0.190.0", `<html></html>`, true},
	} {
		h := http.Header{}
		h.Set(versionHeader, tc.version)
		if got := parseErrorBody(response{status: 404, header: h, body: []byte(tc.body)}).fromAPI; got != tc.want {
			t.Errorf("version %q, body %s: fromAPI is %v", tc.version, tc.body, got)
		}
	}
}

// The release tells what a refusal means, so it is part of the error.
func TestErrorHasRelease(t *testing.T) {
	t.Parallel()
	for sent, want := range map[string]string{"0.190.0": "0.190.0", "": "", strings.Repeat("9", 100): strings.Repeat("9", maxRelease)} {
		c := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if sent != "" {
				w.Header().Set(versionHeader, sent)
			}
			respond(409, apiError(409, "exists"))(w, r)
		}))
		_, err := c.Create(t.Context(), model.Recipe{Name: "a"})
		if e := requireError(t, err); e.Release != want {
			t.Errorf("release %q, want %q", e.Release, want)
		}
	}
}

// A URL without /api reaches the Daytona dashboard or an unknown route.
func TestURLWithoutAPI(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"dashboard": respond(200, "<html></html>"),
		"500":       respond(500, apiError(500, "An unexpected error occurred.")),
		"404":       respond(404, apiError(404, "Cannot GET /snapshots")),
		"404 html":  respond(404, "<html></html>"),
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(h)
			defer server.Close()
			_, err := connect(t, server.URL+"/").List(t.Context(), nil)
			if e := requireError(t, err); !strings.Contains(e.Remedy, "missing /api · try "+server.URL+"/api") {
				t.Errorf("remedy %q", e.Remedy)
			}
		})
	}
}

func TestMaintenanceReportsRetryAfter(t *testing.T) {
	c := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "120")
		respond(503, apiError(503, "Service is currently under maintenance."))(w, r)
	}))
	_, err := c.List(t.Context(), nil)
	if e := requireError(t, err); e.RetryAfter != 2*time.Minute || c.throttle.wait(c.now()) != 0 {
		t.Errorf("%+v: only a 429 may block requests", e)
	}
}

func TestContentTypeIsIgnored(t *testing.T) {
	for _, kind := range []string{"text/html", "text/plain", "", "nonsense;;"} {
		c := start(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = []string{kind}
			_, _ = w.Write(readTestdata(t, "page.json"))
		}))
		listing, err := c.List(t.Context(), nil)
		if err != nil || len(listing.Snapshots) != 2 {
			t.Errorf("%q: %d snapshots, %v", kind, len(listing.Snapshots), err)
		}
	}
}

func TestErrorIsOneLine(t *testing.T) {
	c := start(t, respond(400, apiError(400, "first\r\n\x1b[31msecond\u2028third")))
	_, err := c.Create(t.Context(), model.Recipe{})
	e := requireError(t, err)
	if e.Message != "first\r\n\x1b[31msecond\u2028third" {
		t.Errorf("message %q", e.Message)
	}
	if strings.ContainsAny(e.Error(), "\r\n\u2028") {
		t.Errorf("%q is not one line", e.Error())
	}
}

func TestLongMessageIsTruncated(t *testing.T) {
	for _, body := range []string{apiError(400, strings.Repeat("é", 20_000)), strings.Repeat("x", 1<<20)} {
		_, err := start(t, respond(400, body)).Get(t.Context(), "x")
		if e := requireError(t, err); len(e.Message) > maxMessage+3 || !strings.HasSuffix(e.Message, "…") {
			t.Errorf("message of %d bytes", len(e.Message))
		}
	}
}

func TestResponseTooLarge(t *testing.T) {
	t.Parallel()
	var member bytes.Buffer
	z := gzip.NewWriter(&member)
	_, _ = z.Write(make([]byte, 1<<20))
	_ = z.Close()
	bomb := bytes.Repeat(member.Bytes(), maxBody>>20+1) // 65 KiB that become 65 MiB
	endless := func(w io.Writer) {
		_, _ = io.WriteString(w, `{"items":[`)
		chunk := []byte(strings.Repeat(`{"id":"1"},`, 10_000))
		for {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}
	for name, h := range map[string]http.HandlerFunc{
		"endless": func(w http.ResponseWriter, _ *http.Request) { endless(w) },
		"gzip bomb": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb)
		},
		"Content-Length": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(maxBody*10))
			endless(w)
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := start(t, h).List(t.Context(), nil)
			e := requireError(t, err)
			if e.Code != model.TooLarge || !strings.Contains(e.Message, "64 MiB") || !e.Sent {
				t.Errorf("got %+v", e)
			}
		})
	}
}

func discardLog() *log.Logger { return log.New(io.Discard, "", 0) }
