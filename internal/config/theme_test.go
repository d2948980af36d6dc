package config

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daytona/snapdeck/theme"
)

func TestThemes(t *testing.T) {
	t.Parallel()
	changed := func(p theme.Palette, name string, changes ...string) theme.Palette {
		for i := 0; i < len(changes); i += 2 {
			var err error
			if p, err = p.With(changes[i], changes[i+1]); err != nil {
				t.Fatal(err)
			}
		}
		p.Name = name
		return p
	}
	load := func(choice string) Theme {
		chosen, _, err := LoadTheme(choice)
		if err != nil {
			t.Fatal(err)
		}
		return chosen
	}
	file := func(source string) Theme {
		parsed, _, err := ParseTheme("/themes/mine.yaml", []byte(source))
		if err != nil {
			t.Fatal(err)
		}
		return parsed
	}
	for name, tc := range map[string]struct {
		theme           Theme
		profile         Profile
		onDark, onLight theme.Palette
		unknown         bool // the background decides
	}{
		"none":                          {Theme{}, Profile{}, theme.Dark(), theme.Light(), true},
		"dark":                          {load("dark"), Profile{}, theme.Dark(), theme.Dark(), false},
		"light":                         {load("light"), Profile{}, theme.Light(), theme.Light(), false},
		"high-contrast":                 {load("high-contrast"), Profile{}, theme.HighContrastDark(), theme.HighContrastLight(), true},
		"terminal":                      {load("terminal"), Profile{}, theme.Terminal(true), theme.Terminal(false), true},
		"a file with a byte order mark": {file("\ufeffbase: light\n"), Profile{}, changed(theme.Light(), "mine"), changed(theme.Light(), "mine"), false},
		"an empty file":                 {file(""), Profile{}, changed(theme.Dark(), "mine"), changed(theme.Light(), "mine"), true},
		"a file": {
			file("failed: \"#ff0000\"\nbase: light\ndim: 244\naccent: failed\n"), Profile{},
			changed(theme.Light(), "mine", "failed", "#ff0000", "dim", "244", "accent", "failed"),
			changed(theme.Light(), "mine", "failed", "#ff0000", "dim", "244", "accent", "failed"), false,
		},
		"a profile": {
			load("dark"), Profile{Name: "prod", HeaderColour: "failed"},
			changed(theme.Dark(), "dark", "profile", "failed"), changed(theme.Dark(), "dark", "profile", "failed"), false,
		},
		"a profile on a file": {
			file("failed: 9\n"), Profile{Name: "prod", HeaderColour: "failed"},
			changed(theme.Dark(), "mine", "failed", "9", "profile", "9"), changed(theme.Light(), "mine", "failed", "9", "profile", "9"), true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if tc.theme.Palette(true, tc.profile) != tc.onDark || tc.theme.Palette(false, tc.profile) != tc.onLight {
				t.Errorf("on dark %v, on light %v", tc.theme.Palette(true, tc.profile), tc.theme.Palette(false, tc.profile))
			}
			dark, known := tc.theme.Background()
			if known == tc.unknown || known && dark == tc.onDark.OnLight {
				t.Errorf("Background: dark %v, ok %v", dark, known)
			}
		})
	}
}

func TestThemeFileProblems(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"base: pink\n":             "t.yaml:1:7: base: expected one of " + strings.Join(theme.Names(), ", "),
		"base: mine.yaml\n":        "t.yaml:1:7: base: expected one of dark",
		"dim: 1\nfailed: red\n":    "t.yaml:2:9: failed: expected #rrggbb in quotes, a number from 0 to 255, or another colour's name",
		"failed: #ff0000\n":        "t.yaml:1:9: failed: expected #rrggbb in quotes",
		"failed: 256\n":            "t.yaml:1:9: failed: expected #rrggbb in quotes",
		"failed: \"1;31\"\n":       "t.yaml:1:9: failed: expected #rrggbb in quotes",
		"failed: [1]\n":            "t.yaml:1:9: failed: expected #rrggbb in quotes",
		"- a\n":                    "t.yaml:1:1: expected settings",
		"failed: 'x\n":             "t.yaml:1:9: ",
		"base: dark\nbase: dark\n": "t.yaml:2:1: mapping key \"base\" already defined",
	} {
		_, _, err := ParseTheme("t.yaml", []byte(source))
		var problem Problem
		if !errors.As(err, &problem) || !strings.HasPrefix(problem.Error(), want) || strings.Contains(problem.Error(), "\n") {
			t.Errorf("%q: got %v, want one line that starts with %q", source, err, want)
		}
	}
	_, warnings, err := ParseTheme("t.yaml", []byte("base: dark\nfialed: 1\n"))
	if err != nil || len(warnings) != 1 || warnings[0].Error() != `t.yaml:2:1: unknown key "fialed" ignored; closest match: "failed"` {
		t.Errorf("got %v, %v", warnings, err)
	}
	if _, _, err := LoadTheme(filepath.Join(t.TempDir(), "none.yaml")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing theme file: %v", err)
	}
}

func FuzzParseTheme(f *testing.F) {
	f.Add("base: light\nfailed: \"#ff0000\"\ndim: 244\naccent: failed\n")
	f.Add("failed: &x 1\nbase: *x\n")
	f.Fuzz(func(t *testing.T, source string) {
		chosen, _, err := ParseTheme("t.yaml", []byte(source))
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("error of several lines: %q", err)
		}
		for _, change := range chosen.changes {
			if _, err := theme.Dark().With(change[0], change[1]); err != nil {
				t.Errorf("accepted an invalid change: %v", err)
			}
		}
	})
}

// TestExamples: the documented examples are valid and complete.
func TestExamples(t *testing.T) {
	t.Parallel()
	const dir = "../../testdata"
	path := filepath.Join(dir, "config.example.yaml")
	c, warnings, err := Load(path, true)
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for indent, known := range map[string][]string{
		"": slices.Collect(maps.Keys(settings)), "    ": slices.Collect(maps.Keys(profileSettings)),
	} {
		for _, key := range known {
			if !strings.Contains(string(source), "\n"+indent+key+":") {
				t.Errorf("the example lacks %s%s", indent, key)
			}
		}
	}
	for key := range viewSettings {
		if !strings.Contains(string(source), " "+key+": ") {
			t.Errorf("the example lacks the %s of a view", key)
		}
	}
	if c.Theme != filepath.Join(dir, "theme.example.yaml") {
		t.Errorf("the theme is %s", c.Theme)
	}
	chosen, warnings, err := LoadTheme(c.Theme)
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	var shown []string
	for _, change := range chosen.changes {
		shown = append(shown, change[0])
	}
	slices.Sort(shown)
	if want := slices.Sorted(slices.Values(theme.ColourNames())); !slices.Equal(shown, want) || chosen.base == "" {
		t.Errorf("the example theme sets %v, want a base and %v", shown, want)
	}
}
