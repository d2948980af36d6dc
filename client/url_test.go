package client

import "testing"

func TestOrigin(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"https://app.daytona.io/api":       "https://app.daytona.io:443",
		" https://APP.daytona.io:443/v2 ":  "https://app.daytona.io:443",
		"HTTP://[::1]/api":                 "http://[::1]:80",
		"http://user:secret@localhost:300": "http://localhost:300",
		"https://app.daytona.io:8443":      "https://app.daytona.io:8443",
		"http://a b/":                      "",
		"https://x:port/":                  "",
	} {
		if got := Origin(raw); got != want {
			t.Errorf("Origin(%q) = %q, want %q", raw, got, want)
		}
	}
}

func TestBaseURL(t *testing.T) {
	for raw, want := range map[string]struct {
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
		c, err := New(Options{Credentials: Credentials{APIURL: raw, Secret: "k"}})
		if err != nil {
			t.Errorf("%s: %v", raw, err)
			continue
		}
		if c.URL() != want.url || c.Host() != want.host || c.Insecure() != want.insecure {
			t.Errorf("%s: %s, %s, insecure %v", raw, c.URL(), c.Host(), c.Insecure())
		}
	}
}
