package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/client"
)

const cliConfig = `{"activeProfile": "p1", "profiles": [
	{"id": "p1", "name": "work", "api": {"url": "https://daytona.work/api", "key": "work-key"}, "activeOrganizationId": "org-work"},
	{"id": "p2", "name": "home", "api": {"url": "http://localhost:3000/api", "key": null, "token": {"accessToken": "home-token"}}}
]}`

func TestCredentials(t *testing.T) {
	t.Parallel()
	cliDir := t.TempDir()
	if err := os.WriteFile(filepath.Join(cliDir, "config.json"), []byte(cliConfig), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name      string
		overrides Overrides
		env       map[string]string
		want      client.Credentials
	}{
		{
			"the key comes first, with its URL and organization", Overrides{},
			map[string]string{"DAYTONA_API_KEY": "k", "DAYTONA_JWT_TOKEN": "j", "DAYTONA_API_URL": "https://x/api", "DAYTONA_ORGANIZATION_ID": "o"},
			client.Credentials{APIURL: "https://x/api", Secret: "k", OrganizationID: "o", Source: "DAYTONA_API_KEY"},
		},
		{
			"the key alone", Overrides{}, map[string]string{"DAYTONA_API_KEY": "k"},
			client.Credentials{APIURL: client.DefaultURL, Secret: "k", Source: "DAYTONA_API_KEY"},
		},
		{
			"flags override variables", Overrides{APIURL: "https://flag/api", Organization: "of"},
			map[string]string{"DAYTONA_JWT_TOKEN": "j", "DAYTONA_API_URL": "https://x/api", "DAYTONA_ORGANIZATION_ID": "o"},
			client.Credentials{APIURL: "https://flag/api", Secret: "j", JWT: true, OrganizationID: "of", Source: "DAYTONA_JWT_TOKEN"},
		},
		{
			"the active profile", Overrides{}, nil,
			client.Credentials{APIURL: "https://daytona.work/api", Secret: "work-key", OrganizationID: "org-work", Source: `profile "work"`},
		},
		{
			"a selected profile overrides variables", Overrides{Profile: "home", Organization: "mine"}, map[string]string{"DAYTONA_API_KEY": "k"},
			client.Credentials{APIURL: "http://localhost:3000/api", Secret: "home-token", JWT: true, OrganizationID: "mine", Source: `profile "home"`},
		},
		{
			"another path on the profile's host", Overrides{APIURL: "https://DAYTONA.work:443/v2/api"}, nil,
			client.Credentials{APIURL: "https://DAYTONA.work:443/v2/api", Secret: "work-key", OrganizationID: "org-work", Source: `profile "work"`},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := Credentials(tc.overrides, func(key string) string { return tc.env[key] }, cliDir)
			if err != nil {
				t.Fatal(err)
			}
			got.ExpiresAt = tc.want.ExpiresAt
			if got.Secret != tc.want.Secret { // cmp prints what it compares
				t.Error("wrong secret")
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCredentialErrors(t *testing.T) {
	t.Parallel()
	cliDir, empty := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(cliDir, "config.json"), []byte(cliConfig), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name      string
		overrides Overrides
		env       map[string]string
		dir       string
		want      error
		says      []string
	}{
		{"none", Overrides{}, nil, empty, ErrNoCredentials, []string{"DAYTONA_API_KEY", "DAYTONA_JWT_TOKEN", "daytona login", "--demo"}},
		{"JWT without organization", Overrides{}, map[string]string{"DAYTONA_JWT_TOKEN": "j"}, empty, ErrNoCredentials, []string{"DAYTONA_ORGANIZATION_ID", "--organization"}},
		{"no such profile", Overrides{Profile: "play"}, map[string]string{"DAYTONA_API_KEY": "k"}, cliDir, ErrNoCredentials, []string{`"play"`}},
		{"another host", Overrides{APIURL: "https://evil.example/api"}, nil, cliDir, ErrWrongHost, []string{`profile "work"`, "daytona.work", "DAYTONA_API_KEY"}},
		{"another port", Overrides{APIURL: "https://daytona.work:8443/api"}, nil, cliDir, ErrWrongHost, nil},
		{"without TLS", Overrides{APIURL: "http://daytona.work:443/api"}, nil, cliDir, ErrWrongHost, nil},
		{"another host by variable", Overrides{}, map[string]string{"DAYTONA_API_URL": "https://evil.example/api"}, cliDir, ErrWrongHost, nil},
		{"an invalid URL", Overrides{APIURL: "https://daytona.work\x7f"}, nil, cliDir, ErrWrongHost, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := Credentials(tc.overrides, func(key string) string { return tc.env[key] }, tc.dir)
			if !errors.Is(err, tc.want) || got.Secret != "" {
				t.Fatalf("got %v, %v, want %v and no secret", got, err, tc.want)
			}
			for _, says := range tc.says {
				if !strings.Contains(err.Error(), says) {
					t.Errorf("%q does not contain %q", err, says)
				}
			}
			if strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "work-key") {
				t.Errorf("%q is more than one line, or holds the key", err)
			}
		})
	}
}

func TestDaytonaCLIDir(t *testing.T) {
	t.Parallel()
	home := func() (string, error) { return filepath.Join("home", ".config"), nil }
	homeless := func() (string, error) { return "", errors.New("neither $XDG_CONFIG_HOME nor $HOME are defined") }
	for _, tc := range []struct {
		variable string
		userDir  func() (string, error)
		want     string
	}{
		{"/d", home, "/d"},
		{"", home, filepath.Join("home", ".config", "daytona")},
		{"", homeless, ""},
	} {
		env := map[string]string{"DAYTONA_CONFIG_DIR": tc.variable}
		if got := DaytonaCLIDir(func(key string) string { return env[key] }, tc.userDir); got != tc.want {
			t.Errorf("DAYTONA_CONFIG_DIR=%s: got %q, want %q", tc.variable, got, tc.want)
		}
	}
}
