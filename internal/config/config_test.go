package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, source string
		want         Config
		warnings     []string
	}{
		{"empty", "", Config{}, nil},
		{"only a comment", "# nothing yet\n", Config{}, nil},
		{"one key", "ascii: true\n", Config{ASCII: true}, nil},
		{"all keys", `
interval: 10s
theme: light
ascii: true
read_only: true
query: "state:failed"
protect: ["prod-*", base]
profiles:
  prod:
    read_only: true
  dev: {read_only: false}
  empty:
`, Config{
			Interval: 10 * time.Second, Theme: "light", ASCII: true, ReadOnly: true, Query: "state:failed",
			Protect:  []string{"prod-*", "base"},
			Profiles: map[string]Profile{"prod": {ReadOnly: true}, "dev": {}, "empty": {}},
		}, nil},
		{"unknown keys", "intervall: 5s\nread-only: true\ntheme: dark\nprofiles:\n  prod:\n    readonly: true\n", Config{
			Theme: "dark", Profiles: map[string]Profile{"prod": {}},
		}, []string{
			`c.yaml:1:1: unknown key "intervall", is "interval" meant? It is ignored`,
			`c.yaml:2:1: unknown key "read-only", is "read_only" meant? It is ignored`,
			`c.yaml:6:5: unknown key "readonly", is "read_only" meant? It is ignored`,
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, warnings, err := Parse("c.yaml", []byte(tc.source))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			var lines []string
			for _, w := range warnings {
				lines = append(lines, w.Error())
			}
			if diff := cmp.Diff(tc.warnings, lines); diff != "" {
				t.Errorf("warnings (-want +got)\n%s", diff)
			}
		})
	}
}

func TestParseErrors(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"theme: dark\ninterval: soon\n":          "c.yaml:2:11: interval: want a duration from 1s to 1h, like 5s",
		"interval: 5\n":                          "c.yaml:1:11: interval: want a duration",
		"interval: 10ms\n":                       "c.yaml:1:11: interval: want a duration",
		"theme: pink\n":                          "c.yaml:1:8: theme: want dark or light",
		"ascii: perhaps\n":                       "c.yaml:1:8: ascii: want true or false",
		"protect: ['[']\n":                       "c.yaml:1:10: protect: want a list",
		"profiles: 3\n":                          "c.yaml:1:11: want settings",
		"profiles:\n  prod:\n    read_only: 3\n": "c.yaml:3:16: read_only: want true or false",
		"profiles:\n  prod: yes\n":               "c.yaml:2:9: want settings",
		"- a\n":                                  "c.yaml:1:1: want settings",
		"hello\n":                                "c.yaml:1:1: want settings",
		"theme: 'dark\n":                         "c.yaml:1:8: ",
		"a: b: c\n":                              "c.yaml:1:",
		"theme: dark\ntheme: light\n":            "c.yaml:2:1: mapping key \"theme\" already defined",
		"theme: dark\n---\ntheme: light\n":       "c.yaml:3:6: there is a second document",
		"\tascii: true\n":                        "c.yaml:1:6: tab character",
	} {
		_, _, err := Parse("c.yaml", []byte(source))
		var problem Problem
		if !errors.As(err, &problem) {
			t.Errorf("%q: got %v, want a problem with its place", source, err)
			continue
		}
		if !strings.HasPrefix(problem.Error(), want) || strings.Contains(problem.Error(), "\n") {
			t.Errorf("%q: got %q, want one line that begins with %q", source, problem.Error(), want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("interval: 5s\nprofiles:\n  a: {read_only: true}\n")
	f.Add("a: &x [1]\nb: *x\n<<: *x\n? {}\n: - |\n  x")
	f.Fuzz(func(t *testing.T, source string) {
		c, _, err := Parse("c.yaml", []byte(source))
		if err == nil && c.Interval != 0 && CheckInterval(c.Interval) != nil {
			t.Errorf("an interval of %v came through", c.Interval)
		}
	})
}

func TestLoad(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "none.yaml")
	if _, _, err := Load(missing, false); err != nil {
		t.Errorf("a file that need not exist: %v", err)
	}
	if _, _, err := Load(missing, true); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that must exist: %v", err)
	}
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(path, []byte("query: x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if c, _, err := Load(path, true); err != nil || c.Query != "x" {
		t.Errorf("got %v, %v", c, err)
	}
}
