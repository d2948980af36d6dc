package client

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"
)

func TestNewRefuses(t *testing.T) {
	for name, tc := range map[string]struct {
		address, secret, want string
	}{
		"no URL":          {"", "k", "no API URL"},
		"blank URL":       {"  ", "k", "no API URL"},
		"no scheme":       {"app.daytona.io/api", "k", "must begin with https://"},
		"host and port":   {"localhost:3000/api", "k", "must begin with https://"},
		"other scheme":    {"ftp://host/api", "k", "must begin with https://"},
		"javascript":      {"javascript:alert(1)", "k", "must begin with https://"},
		"a key":           {testKey, "k", "must begin with https://"},
		"no host":         {"https:///api", "k", "names no host"},
		"opaque":          {"https:api", "k", "names no host"},
		"only a port":     {"https://:443/api", "k", "names no host"},
		"password":        {"https://user:" + testKey + "@host/api", "k", "before the @"},
		"query":           {"https://host/api?key=" + testKey, "k", "holds a ? or #"},
		"empty query":     {"https://host/api?", "k", "holds a ? or #"},
		"fragment":        {"https://host/api#" + testKey, "k", "holds a ? or #"},
		"bad port":        {"https://host:99999/api", "k", "port that does not exist"},
		"port 0":          {"https://host:0/api", "k", "port that does not exist"},
		"port no number":  {"https://host:" + testKey + "/api", "k", "cannot be read"},
		"control":         {"https://host/\x1b[31m" + testKey, "k", "cannot be read"},
		"spaces":          {"https://ho st/" + testKey, "k", "cannot be read"},
		"no key":          {"https://host/api", " ", "no API key"},
		"key with break":  {"https://host/api", testKey + "\r\nX: y", "cannot be sent"},
		"key with space":  {"https://host/api", "Bearer " + testKey, "cannot be sent"},
		"key not ASCII":   {"https://host/api", testKey + "é", "cannot be sent"},
		"key with escape": {"https://host/api", testKey + "\x1b", "cannot be sent"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := New(Options{Credentials: Credentials{APIURL: tc.address, Secret: tc.secret}})
			if err == nil {
				t.Fatal("accepted")
			}
			if !strings.Contains(err.Error(), tc.want) || strings.ContainsAny(err.Error(), "\r\n\x1b") {
				t.Errorf("%q, want %q in it", err, tc.want)
			}
			holdsNoSecret(t, err.Error())
		})
	}
	_, err := New(Options{Credentials: Credentials{APIURL: "https://h/api", Secret: "k", JWT: true, OrganizationID: "a\nb"}})
	if err == nil || !strings.Contains(err.Error(), "organization id") {
		t.Errorf("%v", err)
	}
}

func TestAddress(t *testing.T) {
	for address, want := range map[string]struct {
		url, host string
		insecure  bool
	}{
		"https://app.daytona.io/api":        {"https://app.daytona.io/api", "app.daytona.io", false},
		" https://App.Daytona.io/api/// ":   {"https://app.daytona.io/api", "app.daytona.io", false},
		"HTTPS://host:8443/":                {"https://host:8443", "host:8443", false},
		"http://localhost:3000/api":         {"http://localhost:3000/api", "localhost:3000", false},
		"http://daytona.localhost:3000/api": {"http://daytona.localhost:3000/api", "daytona.localhost:3000", false},
		"http://127.8.9.1/api":              {"http://127.8.9.1/api", "127.8.9.1", false},
		"http://[::1]:3000/api":             {"http://[::1]:3000/api", "[::1]:3000", false},
		"http://LocalHost.:3000/api":        {"http://localhost.:3000/api", "localhost.:3000", false},
		"http://[::ffff:127.0.0.1]/api":     {"http://[::ffff:127.0.0.1]/api", "[::ffff:127.0.0.1]", false},
		"http://10.0.0.7/api":               {"http://10.0.0.7/api", "10.0.0.7", true},
		"http://daytona.lan/deep/path/api":  {"http://daytona.lan/deep/path/api", "daytona.lan", true},
		"http://localhost.evil.example/api": {"http://localhost.evil.example/api", "localhost.evil.example", true},
		"http://127.0.0.1.nip.io/api":       {"http://127.0.0.1.nip.io/api", "127.0.0.1.nip.io", true},
		"https://host/with%2Fescaped/api/":  {"https://host/with%2Fescaped/api", "host", false},
	} {
		c, err := New(Options{Credentials: Credentials{APIURL: address, Secret: "k"}})
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if c.URL() != want.url || c.Host() != want.host || c.Insecure() != want.insecure {
			t.Errorf("%s: %s, %s, insecure %v", address, c.URL(), c.Host(), c.Insecure())
		}
	}
}

func TestLocalAddress(t *testing.T) {
	for in, want := range map[string]string{
		"proxy.localhost:4000": "localhost:4000", "A.B.LOCALHOST.:1": "localhost:1",
		"localhost:1": "localhost:1", "host:1": "host:1", "notlocalhost:1": "notlocalhost:1", "odd": "odd",
	} {
		if got := resolveLocalhost(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestProxyIsNotUsedForThisMachine(t *testing.T) {
	there := &url.URL{Scheme: "http", Host: "proxy:3128"}
	broken := errors.New("invalid proxy address http://user:" + testKey + "@proxy")
	for _, tc := range []struct {
		target string
		fail   error
		want   *url.URL
		err    error
	}{
		{"http://proxy.localhost/x", nil, nil, nil},
		{"http://127.0.0.1:3000/x", broken, nil, nil},
		{"https://app.daytona.io/api", nil, there, nil},
		{"https://app.daytona.io/api", broken, nil, errProxyAddress},
	} {
		r := httptest.NewRequest(http.MethodGet, tc.target, nil)
		got, err := bypassLoopback(func(*http.Request) (*url.URL, error) { return there, tc.fail })(r)
		if got != tc.want || !errors.Is(err, tc.err) {
			t.Errorf("%s: %v, %v", tc.target, got, err)
		}
	}
}

func TestVendorProfile(t *testing.T) {
	good := map[string]struct {
		dir, name string
		want      Credentials
	}{
		"active":  {"key", "", Credentials{APIURL: "https://work.example/api", Secret: "dtn_work_secret", OrganizationID: "8a108392-77cd-45d7-a325-b25b6784251e", Source: `profile "work"`}},
		"by name": {"key", "first", Credentials{APIURL: "https://first.example/api", Secret: "dtn_first", Source: `profile "first"`}},
		"by id":   {"key", "initial", Credentials{APIURL: "https://first.example/api", Secret: "dtn_first", Source: `profile "first"`}},
		"token":   {"token", "", Credentials{APIURL: DefaultURL, Secret: "head.payload.secretsignature", JWT: true, OrganizationID: "8a108392-77cd-45d7-a325-b25b6784251e", Source: `profile "sso"`, ExpiresAt: time.Date(2026, 11, 24, 15, 31, 0, 727e6, time.UTC)}},
	}
	for name, tc := range good {
		t.Run(name, func(t *testing.T) {
			got, err := CLIProfile("testdata/profiles/"+tc.dir, tc.name)
			if err != nil || got != tc.want {
				t.Errorf("%v %v, want %v", got, err, tc.want)
			}
		})
	}
	bad := map[string]struct {
		dir, name, want string
		none            bool
	}{
		"no file":     {"nowhere", "", "has no testdata/profiles/nowhere/config.json", true},
		"no active":   {"no-active", "", "has no active profile", true},
		"dangling":    {"dangling", "", `has no profile "gone", which it says is the active one`, false},
		"no such":     {"key", "other", `has no profile "other"`, true},
		"broken":      {"broken", "", "config.json:3:56 is broken", false},
		"wrong shape": {"wrong-shape", "", "config.json:2:15 is broken", false},
		"empty":       {"empty", "", "config.json:1:1 is broken", false},
		"neither":     {"neither", "", "neither a key nor a token", false},
	}
	for name, tc := range bad {
		t.Run(name, func(t *testing.T) {
			got, err := CLIProfile("testdata/profiles/"+tc.dir, tc.name)
			if err == nil || got != (Credentials{}) {
				t.Fatalf("%v %v", got, err)
			}
			line := err.Error()
			if !strings.Contains(line, tc.want) || strings.Contains(line, "\n") || strings.Contains(line, "leaky") {
				t.Errorf("%q, want %q in it", line, tc.want)
			}
			if !strings.Contains(line, "daytona login") {
				t.Errorf("%q does not say what to do", line)
			}
			if isAny(ErrNoProfile)(err) != tc.none {
				t.Errorf("%q: ErrNoProfile must be %v", line, tc.none)
			}
		})
	}
	dir := t.TempDir()
	if err := os.Mkdir(dir+"/config.json", 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := CLIProfile(dir, ""); err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("a folder: %v", err)
	}
}

func TestDebugTellsWhatHappened(t *testing.T) {
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
2026-11-24T14:00:00Z GET "/snapshots?limit=200&order=desc&page=1&sort=createdAt" 200 0s 299/300 left not the API: "something else than JSON"
2026-11-24T14:00:00Z DELETE "/snapshots/a%2Fb%0A" 403 0s 299/300 left forbidden: "Access\ndenied\x1b"
`
	if out.String() != want {
		t.Errorf("%s", out.String())
	}
}
