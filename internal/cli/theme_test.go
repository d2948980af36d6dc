package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/theme"
)

func TestPalettes(t *testing.T) {
	t.Parallel()
	mine, _, err := config.ParseTheme("mine.yaml", []byte("failed: 9\n"))
	if err != nil {
		t.Fatal(err)
	}
	startingWith := func(name string) string {
		others := slices.DeleteFunc(theme.Names(), func(other string) bool { return other == name })
		return strings.Join(append([]string{name}, others...), " ")
	}
	for name, tc := range map[string]struct {
		colours termenv.Profile
		dark    bool
		chosen  config.Theme
		want    string
	}{
		"none, on dark":  {termenv.TrueColor, true, config.Theme{}, startingWith("dark")},
		"none, on light": {termenv.ANSI, false, config.Theme{}, startingWith("light")},
		"a built-in one": {termenv.ANSI256, true, config.BuiltIn("terminal"), startingWith("terminal")},
		"a file":         {termenv.ANSI256, true, mine, startingWith("mine")},
		"no colours":     {termenv.Ascii, true, config.BuiltIn("high-contrast"), "high-contrast"},
	} {
		all := palettes(tc.colours, tc.dark, tc.chosen, config.Profile{HeaderColour: "196"})
		var names []string
		for _, p := range all {
			names = append(names, p.Name)
			if p.Profile.TrueColor != "196" {
				t.Errorf("%s: %s has the profile colour %v", name, p.Name, p.Profile)
			}
			if p.Name == "high-contrast" && p.OnLight == tc.dark {
				t.Errorf("%s: high contrast is for the wrong background", name)
			}
		}
		if got := strings.Join(names, " "); got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
	}
}

func TestThemeFileErrors(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, source string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	broken := write("broken.yaml", "dim: 7\nfailed: red\n")
	whole := write("whole.yaml", "failed: 9\n")
	for _, tc := range []struct {
		args []string
		says string
	}{
		{[]string{"--theme", broken}, broken + ":2:9: failed: expected " + theme.ExpectedColour},
		{[]string{"--theme", whole}, "no terminal"},
		{[]string{"--theme", filepath.Join(dir, "none.yaml")}, "none.yaml: no such file"},
		{[]string{"--config", write("c.yaml", "theme: broken.yaml\n")}, broken + ":2:9: failed: expected"},
		{[]string{"--config", write("d.yaml", "keys:\n  sort.menu: m\n")}, "d.yaml:2:14: keys: m is bound to both sort.menu and regions.open"},
	} {
		got := run(t, nil, slices.Concat([]string{"--demo"}, tc.args)...)
		if got.code != 2 || !strings.Contains(got.err, tc.says) || strings.Count(got.err, "\n") != 1 {
			t.Errorf("%q: code %d, stderr %q, want one line with %q", tc.args, got.code, got.err, tc.says)
		}
	}
}

func TestNotices(t *testing.T) {
	t.Parallel()
	got := notices([]config.Problem{
		{File: "/etc/snapdeck/c.yaml", Line: 1, Column: 2, Message: "a"}, {File: "/x/t.yaml", Line: 3, Column: 4, Message: "b"},
	})
	if want := []string{"c.yaml:1:2: a", "t.yaml:3:4: b"}; !slices.Equal(got, want) || len(notices(nil)) != 0 {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHeaderProfile(t *testing.T) {
	t.Parallel()
	c := config.Config{Profiles: map[string]config.Profile{
		"prod": {Name: "prod", HeaderColour: "failed"}, "dev": {Name: "dev", ReadOnly: true},
	}}
	for source, want := range map[string]string{`profile "prod"`: "prod", `profile "dev"`: "", "DAYTONA_API_KEY": ""} {
		if got := headerProfile(c.Profile(source)); got != want {
			t.Errorf("%s: %q, want %q", source, got, want)
		}
	}
}
