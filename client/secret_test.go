package client

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

func TestCredentialsNeverShowTheSecret(t *testing.T) {
	for _, c := range []Credentials{
		{APIURL: "https://app.daytona.io/api", Secret: testKey, Source: "DAYTONA_API_KEY"},
		{APIURL: "https://user:" + testKey + "@host/api?token=" + testKey, Secret: testKey, JWT: true},
		{APIURL: testKey, Secret: testKey, Source: testKey, OrganizationID: testKey},
		{APIURL: "https://host/" + testKey, Secret: testKey},
	} {
		var out bytes.Buffer
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%10.3s"} {
			fmt.Fprintf(&out, verb+"\n", c)
			fmt.Fprintf(&out, verb+"\n", &c)
			fmt.Fprintf(&out, verb+"\n", Options{Credentials: c})
			fmt.Fprintf(&out, verb+"\n", []Credentials{c})
		}
		fmt.Fprintln(&out, c, &c)
		for _, v := range []any{c, &c, Options{Credentials: c}.Credentials, map[string]any{"c": c}} {
			raw, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			out.Write(raw)
		}
		logger := slog.New(slog.NewJSONHandler(&out, nil))
		logger.Info("x", "c", c, "p", &c)
		slog.New(slog.NewTextHandler(&out, nil)).Info("x", "c", c, "p", &c)
		requireNoSecret(t, out.String())
		if !strings.Contains(out.String(), redacted) && !strings.Contains(out.String(), "API key") {
			t.Error("the output is empty")
		}
	}
}

func TestClientNeverShowsTheSecret(t *testing.T) {
	c := connect(t, "https://app.daytona.io/api")
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		requireNoSecret(t, fmt.Sprintf(verb, c))
		requireNoSecret(t, fmt.Sprintf(verb, struct{ c *Client }{c}))
	}
}

func requireNoSecret(t *testing.T, text string) {
	t.Helper()
	for _, form := range []string{
		testKey, url.QueryEscape(testKey), base64.StdEncoding.EncodeToString([]byte(testKey)),
		fmt.Sprintf("%x", testKey), fmt.Sprintf("%X", testKey),
	} {
		if strings.Contains(text, form) {
			t.Errorf("%.300q contains the secret", text)
			return
		}
	}
}

// A server that echoes the credential must not get it into an error or the log.
func TestErrorsNeverShowTheSecret(t *testing.T) {
	t.Parallel()
	echo := func(r *http.Request) string { return "you sent " + r.Header.Get("Authorization") + "!" }
	handlers := map[string]http.HandlerFunc{
		"message": func(w http.ResponseWriter, r *http.Request) {
			respond(400, apiError(400, echo(r)))(w, r)
		},
		"text":     func(w http.ResponseWriter, r *http.Request) { respond(500, echo(r))(w, r) },
		"list":     func(w http.ResponseWriter, r *http.Request) { respond(422, `{"message":["`+echo(r)+`"]}`)(w, r) },
		"object":   func(w http.ResponseWriter, r *http.Request) { respond(422, `{"message":{"a":"`+echo(r)+`"}}`)(w, r) },
		"401":      func(w http.ResponseWriter, r *http.Request) { respond(401, apiError(401, echo(r)))(w, r) },
		"403":      func(w http.ResponseWriter, r *http.Request) { respond(403, apiError(403, echo(r)))(w, r) },
		"404":      func(w http.ResponseWriter, r *http.Request) { respond(404, apiError(404, echo(r)))(w, r) },
		"429":      func(w http.ResponseWriter, r *http.Request) { respond(429, apiError(429, echo(r)))(w, r) },
		"200":      func(w http.ResponseWriter, r *http.Request) { respond(200, echo(r))(w, r) },
		"200 JSON": func(w http.ResponseWriter, r *http.Request) { respond(200, `["`+echo(r)+`"]`)(w, r) },
		"base64": func(w http.ResponseWriter, r *http.Request) {
			key := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
			respond(400, apiError(400, base64.StdEncoding.EncodeToString([]byte(key))))(w, r)
		},
		"redirect": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "https://evil.example/"+url.PathEscape(testKey)+"?k="+testKey)
			w.WriteHeader(http.StatusFound)
		},
		"end of the error body": func(w http.ResponseWriter, r *http.Request) {
			respond(500, strings.Repeat("x", maxErrorBody-10)+testKey)(w, r)
		},
		"cut message": func(w http.ResponseWriter, r *http.Request) {
			respond(500, apiError(500, strings.Repeat("x", maxMessage-10)+testKey))(w, r)
		},
		"status line": func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			defer func() { _ = conn.Close() }()
			_, _ = io.WriteString(conn, "HTTP/1.1 "+testKey+" "+testKey+"\r\n\r\n")
		},
	}
	for name, h := range handlers {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			c := start(t, h, func(o *Options) { o.Debug = &log })
			for _, err := range []error{
				func() error { _, err := c.List(t.Context(), nil); return err }(),
				func() error { return c.Delete(t.Context(), "x") }(),
				func() error { _, err := c.Create(t.Context(), model.Recipe{Name: "x"}); return err }(),
				func() error { return c.BuildLogs(t.Context(), "x", false, io.Discard) }(),
			} {
				requireNoSecretInChain(t, err)
			}
			requireNoSecret(t, log.String())
			if !strings.Contains(log.String(), "GET") {
				t.Errorf("log %q", log.String())
			}
		})
	}
}

// A short credential occurs in our own sentences by chance. They stay as they are,
// and what a server sends is still redacted.
func TestShortSecretsDoNotGarbleSentences(t *testing.T) {
	t.Parallel()
	text := func(err error) string { return requireError(t, err).Error() }
	list := func(c *Client) error { _, err := c.List(t.Context(), nil); return err }
	for _, key := range []string{"e", "connection", "API", "Host", "1", "wrong", " or "[1:3]} {
		use := func(o *Options) {
			o.Credentials.Secret = key
			o.Transport = redirectTo("")
		}
		c := connect(t, "https://daytona.example/api", use)
		if got, want := text(list(c)), "daytona.example: connection refused · check that the server is up and the port is right"; got != want {
			t.Errorf("key %q: %q", key, got)
		}
		if got, want := c.source, "DAYTONA_API_KEY"; got != want {
			t.Errorf("key %q: source %q", key, got)
		}
		answer := func(status int, body string) string {
			return text(list(start(t, respond(status, body), func(o *Options) { o.Credentials.Secret = key })))
		}
		for body, want := range map[string]string{
			"<html>": "the gateway cannot reach the API · try again soon",
			"":       "502 Bad Gateway · the gateway cannot reach the API · try again soon",
		} {
			if got := answer(502, body); !strings.Contains(got, want) {
				t.Errorf("key %q: %q", key, got)
			}
		}
		if got := answer(502, "<html>"); !strings.Contains(got, "502 with an HTML page") {
			t.Errorf("key %q: %q", key, got)
		}
		if got := answer(401, apiError(401, "<"+key+">")); !strings.Contains(got, "<"+redacted+"> · the API key from DAYTONA_API_KEY is wrong, expired or revoked") {
			t.Errorf("key %q: %q", key, got)
		}
		if got := answer(200, "nonsense"); !strings.Contains(got, "the response is not JSON · a proxy or login page") {
			t.Errorf("key %q: %q", key, got)
		}
		if got, want := (Credentials{APIURL: DefaultURL, Secret: key, Source: "DAYTONA_API_KEY"}).String(), "API key for "+DefaultURL+" from DAYTONA_API_KEY"; got != want {
			t.Errorf("key %q: %q", key, got)
		}
	}
}

// requireNoSecretInChain checks an error and everything it wraps.
func requireNoSecretInChain(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%q"} {
		text := fmt.Sprintf(verb, err)
		requireNoSecret(t, text)
		for n := 8; n <= len(testKey); n += 8 {
			if strings.Contains(text, testKey[:n]) {
				t.Errorf("%.300q contains the start of the secret", text)
			}
		}
	}
	switch e := err.(type) { //nolint:errorlint // walks the chain
	case interface{ Unwrap() error }:
		requireNoSecretInChain(t, e.Unwrap())
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			requireNoSecretInChain(t, inner)
		}
	}
}

// Redirects to another origin are not followed.
func TestCredentialStaysAtItsOrigin(t *testing.T) {
	var requests []*http.Request
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests = append(requests, r)
		respond(200, `{"items":[],"total":0}`)(w, r)
	}))
	defer other.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		c := start(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", other.URL+"/api/snapshots?secret=1")
			w.WriteHeader(status)
		}), func(o *Options) { o.Credentials.JWT, o.Credentials.OrganizationID = true, "org-1" })
		_, err := c.List(t.Context(), nil)
		e := requireError(t, err)
		if e.Code != model.NotTheAPI || e.Status != status || e.Message != "redirect to "+other.URL+"/api/snapshots" {
			t.Errorf("got %+v", e)
		}
		if err := c.Delete(t.Context(), "x"); err == nil {
			t.Error("a redirected DELETE succeeded")
		}
	}
	if len(requests) != 0 {
		t.Errorf("got %d requests to the other host", len(requests))
	}
}

func TestRedirectsAtTheSameOrigin(t *testing.T) {
	var methods []string
	mux := http.NewServeMux()
	mux.HandleFunc("/snapshots/moved", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/api/snapshots/here", http.StatusTemporaryRedirect)
	})
	mux.HandleFunc("/snapshots/found", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/api/snapshots/here", http.StatusFound)
	})
	mux.HandleFunc("/snapshots/loop", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/api/snapshots/loop", http.StatusTemporaryRedirect)
	})
	mux.HandleFunc("/snapshots/here", func(w http.ResponseWriter, r *http.Request) {
		methods = append(methods, r.Method+" "+r.Header.Get("Authorization"))
		respond(200, `{"id":"1"}`)(w, r)
	})
	c := start(t, mux)
	if _, err := c.Get(t.Context(), "moved"); err != nil {
		t.Error(err)
	}
	if err := c.Delete(t.Context(), "moved"); err != nil {
		t.Error(err)
	}
	if err := c.Delete(t.Context(), "found"); err == nil {
		t.Error("a DELETE that became a GET succeeded")
	}
	if want := "[GET Bearer " + testKey + " DELETE Bearer " + testKey + "]"; fmt.Sprint(methods) != want {
		t.Errorf("got %v", methods)
	}
	_, err := c.Get(t.Context(), "loop")
	if e := requireError(t, err); e.Code != model.NotTheAPI || e.Message != "redirect not followed" {
		t.Errorf("got %+v", e)
	}
}

func TestHeaders(t *testing.T) {
	var got http.Header
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r.Header
		respond(200, `{"items":[],"total":0,"version":"1","permissions":[]}`)(w, r)
	})
	key := start(t, h, func(o *Options) { o.Credentials.OrganizationID = "org-1"; o.UserAgent = "snapdeck/1.2.3" })
	if _, err := key.List(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if got.Get("Authorization") != "Bearer "+testKey || got.Get("X-Daytona-Organization-ID") != "" || got.Get("User-Agent") != "snapdeck/1.2.3" {
		t.Errorf("key: %v", got)
	}
	token := start(t, h, func(o *Options) { o.Credentials.JWT, o.Credentials.OrganizationID = true, " org-1\n" })
	if _, err := token.List(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if got.Get("Authorization") != "Bearer "+testKey || got.Get("X-Daytona-Organization-ID") != "org-1" {
		t.Errorf("token: %v", got)
	}
	if _, err := token.Server(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got.Get("Authorization") != "" || got.Get("X-Daytona-Organization-ID") != "" {
		t.Errorf("anonymous: %v", got)
	}
	if key.OrganizationID() != "" || token.OrganizationID() != "org-1" {
		t.Errorf("organizations %q and %q", key.OrganizationID(), token.OrganizationID())
	}
}

func TestJWTExpiry(t *testing.T) {
	payload := func(claims string) string {
		return "e30." + base64.RawURLEncoding.EncodeToString([]byte(claims)) + ".sig"
	}
	for token, want := range map[string]time.Time{
		payload(`{"exp":1800000000}`):   time.Unix(1_800_000_000, 0).UTC(),
		payload(`{"exp":1800000000.5}`): time.Unix(1_800_000_000, 0).UTC(),
		payload(`{"exp":"soon"}`):       {},
		payload(`{"exp":-1}`):           {},
		payload(`{"exp":1e300}`):        {},
		payload(`{}`):                   {},
		payload(`nonsense`):             {},
		"a.!!!.c":                       {},
		"dtn_key":                       {},
		"":                              {},
	} {
		if got := jwtExpiry(token); !got.Equal(want) {
			t.Errorf("%q: %s, want %s", token, got, want)
		}
	}
	c := start(t, respond(401, apiError(401, "Invalid credentials")), func(o *Options) {
		o.Credentials.JWT, o.Credentials.Secret = true, payload(`{"exp":1000000000}`)
	})
	_, err := c.List(t.Context(), nil)
	if e := requireError(t, err); !strings.Contains(e.Remedy, "expired") {
		t.Errorf("remedy %q", e.Remedy)
	}
}
