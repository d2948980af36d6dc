package client

import "testing"

// A credential belongs to one origin, however that is written.
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
