package config

import (
	"strings"
	"testing"
	"time"
)

func TestProfileWarnings(t *testing.T) {
	t.Parallel()
	const source = "profiles:\n  prodction: {header_colour: failed}\n  home: {read_only: true}\n  work:\n    read_only: true\n"
	parsed := func(source string) Config {
		c, _, err := Parse("c.yaml", []byte(source))
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	for _, tc := range []struct {
		name string
		got  []Problem
		want string
	}{
		{"no profiles", Config{}.UnknownProfiles([]string{"production"}), ""},
		{"the Daytona CLI has no profiles", parsed(source).UnknownProfiles(nil), ""},
		{"all are known", parsed(source).UnknownProfiles([]string{"work", "home", "prodction", "more"}), ""},
		{
			"some are unknown", parsed(source).UnknownProfiles([]string{"home", "production"}),
			`c.yaml:2:3: profiles: the Daytona CLI has no profile "prodction"; closest match: "production"` + "\n" +
				`c.yaml:4:3: profiles: the Daytona CLI has no profile "work"; closest match: "home"`,
		},
		{"no profile is read-only", parsed("profiles: {a: {read_only: false}}\n").ReadOnlyIgnored("DAYTONA_API_KEY"), ""},
		{"everything is read-only", parsed("read_only: true\n" + source).ReadOnlyIgnored("DAYTONA_API_KEY"), ""},
		{
			"a key in the environment", parsed(source).ReadOnlyIgnored("DAYTONA_API_KEY"),
			`c.yaml:3:3: profiles: read_only of "home" does not apply to the key in DAYTONA_API_KEY: use --read-only, or the top-level read_only`,
		},
	} {
		var lines []string
		for _, p := range tc.got {
			lines = append(lines, p.Error())
		}
		if got := strings.Join(lines, "\n"); got != tc.want {
			t.Errorf("%s:\n got %s\nwant %s", tc.name, got, tc.want)
		}
	}
}

func TestDeactivationFor(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	c := Config{Profiles: map[string]Profile{"prod": {Deactivation: 21 * day}, "dev": {}}}
	for _, tc := range []struct {
		source    string
		all, want time.Duration
	}{
		{`profile "prod"`, 0, 21 * day},
		{`profile "prod"`, day, 21 * day},
		{`profile "dev"`, 0, 0},
		{`profile "dev"`, day, day},
		{"DAYTONA_API_KEY", 0, 0},
		{"DAYTONA_API_KEY", day, day},
		{"--demo", day, day},
	} {
		c.Deactivation = tc.all
		if got := c.DeactivationFor(tc.source); got != tc.want {
			t.Errorf("%s with %v for all: got %v, want %v", tc.source, tc.all, got, tc.want)
		}
	}
}
