package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"daytona/snapdeck/ui"
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
		{"a byte order mark", "\ufeffread_only: true\n", Config{ReadOnly: true}, nil},
		{"a byte order mark and nothing", "\ufeff", Config{}, nil},
		{"marks of documents", "# one\n---\n# two\nascii: true\n---\n# three\n...\n", Config{ASCII: true}, nil},
		{"all keys", `
interval: 10s
theme: light
ascii: true
read_only: true
query: "state:failed"
protect: ["prod-*", base, 7]
views:
  - name: stale
    query: used:>30d
    sort: used:reverse
  - {name: 2026}
keys:
  filter.open: [ctrl+k, "/"]
  detail.tab-1: f1
  snapshot.delete: []
  snapshot.rebuild: Q
  mark.toggle: ""
profiles:
  prod:
    read_only: true
    header_colour: failed
  dev: {read_only: false, header_colour: "#00ff00"}
  test: {header_colour: 208}
  empty:
`, Config{
			Interval: 10 * time.Second, Theme: "light", ASCII: true, ReadOnly: true, Query: "state:failed",
			Protect: []string{"prod-*", "base", "7"},
			Views:   []ui.View{{Name: "stale", Query: "used:>30d", Sort: "used:reverse"}, {Name: "2026"}},
			Keys: ui.Keymap{
				"filter.open": {"ctrl+k", "/"}, "detail.tab-1": {"f1"}, "snapshot.delete": {}, "snapshot.rebuild": {"Q"}, "mark.toggle": {},
			},
			Profiles: map[string]Profile{
				"prod": {Name: "prod", ReadOnly: true, HeaderColour: "failed"}, "dev": {Name: "dev", HeaderColour: "#00ff00"},
				"test": {Name: "test", HeaderColour: "208"}, "empty": {Name: "empty"},
			},
		}, nil},
		{"all keys without a value", "ascii:\nquery:\nprotect:\nviews:\nkeys:\nprofiles:\n", Config{
			Keys: ui.Keymap{}, Profiles: map[string]Profile{},
		}, nil},
		{"a theme by name", "theme: high-contrast\n", Config{Theme: "high-contrast"}, nil},
		{"a theme file beside the configuration", "theme: mine.yaml\n", Config{Theme: filepath.Join("/etc/snapdeck", "mine.yaml")}, nil},
		{"a theme file elsewhere", "theme: /themes/mine\n", Config{Theme: "/themes/mine"}, nil},
		{"a text that looks like a field", "query: '\"stat:failed\" node:20 failed'\n", Config{Query: `"stat:failed" node:20 failed`}, nil},
		{"two views of one name", "views:\n  - {name: a}\n  - {name: b}\n  - name: a\n    query: x\n", Config{
			Views: []ui.View{{Name: "a"}, {Name: "b"}, {Name: "a", Query: "x"}},
		}, []string{`c.yaml:4:5: views: another view is called "a", too`}},
		{"unknown keys", "intervall: 5s\nread-only: true\ntheme: dark\nprofiles:\n  prod:\n    readonly: true\nviews:\n  - name: x\n    qery: y\n", Config{
			Theme: "dark", Profiles: map[string]Profile{"prod": {Name: "prod"}},
			Views: []ui.View{{Name: "x"}},
		}, []string{
			`c.yaml:1:1: unknown key "intervall" is ignored; the nearest known one is "interval"`,
			`c.yaml:2:1: unknown key "read-only" is ignored; the nearest known one is "read_only"`,
			`c.yaml:6:5: unknown key "readonly" is ignored; the nearest known one is "read_only"`,
			`c.yaml:9:5: unknown key "qery" is ignored; the nearest known one is "query"`,
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, warnings, err := Parse("/etc/snapdeck/c.yaml", []byte(tc.source))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, got, cmpopts.IgnoreUnexported(Profile{})); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			var lines []string
			for _, w := range warnings {
				lines = append(lines, strings.TrimPrefix(w.Error(), "/etc/snapdeck/"))
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
		"theme: dark\ninterval: soon\n": "c.yaml:2:11: interval: want a duration from 1s to 1h, like 5s",
		"interval: 5\n":                 "c.yaml:1:11: interval: want a duration",
		"interval: 10ms\n":              "c.yaml:1:11: interval: want a duration",
		"theme: pink\n":                 "c.yaml:1:8: theme: want dark, light, high-contrast, terminal, or a file like my-theme.yaml",
		"theme:\n":                      "c.yaml:1:8: theme: want dark",
		"ascii: perhaps\n":              "c.yaml:1:8: ascii: want true or false",
		"protect: ['[']\n":              "c.yaml:1:11: protect: want a name pattern, like \"prod-*\"",
		"protect:\n  - a\n  - {}\n":     "c.yaml:3:5: protect: want a name pattern",
		"protect: prod-*\n":             "c.yaml:1:10: protect: want a list of name patterns",
		"query: used:soon\n":            "c.yaml:1:8: query: want a time since the last use like >30d, or never, not \"soon\"",
		"query: 'state:'\n":             "c.yaml:1:8: query: want a state: ",
		"query: 'stat:failed'\n":        "c.yaml:1:8: query: want state:, or the quotes of '\"stat:failed\"' to find this text, not \"stat:failed\"",
		"query: [a]\n":                  "c.yaml:1:8: query: want a query in quotes",

		"views: {name: a}\n":                             "c.yaml:1:8: views: want a list of views",
		"views:\n  - query: a\n":                         "c.yaml:2:5: views: want a name for this view",
		"views:\n  - name: ''\n":                         "c.yaml:2:11: name: want a name",
		"views:\n  - a\n":                                "c.yaml:2:5: want settings",
		"views:\n  - name: a\n    query: size:big\n":     "c.yaml:3:12: query: want GB like >2.5, not \"big\"",
		"views:\n  - name: a\n    query: -regoin:eu\n":   "c.yaml:3:12: query: want region:, or ",
		"views:\n  - name: a\n    sort: usd\n":           "c.yaml:3:11: sort: \"usd\" is no column to sort by, want one of name, state, ",
		"views:\n- {name: a}\n- {name: b, sort: [x]}\n":  "c.yaml:3:19: sort: want a column, like used or used:reverse",
		"keys: ctrl+r\n":                                 "c.yaml:1:7: want settings",
		"keys:\n  sort.menu: {s: t}\n":                   "c.yaml:2:14: sort.menu: want a key in quotes, like \"ctrl+r\", a list of keys, or [] for none",
		"keys:\n  sort.menu: # hash\n":                   "c.yaml:2:14: sort.menu: want a key in quotes",
		"keys:\n  sort.menu: [x, ~]\n":                   "c.yaml:2:18: sort.menu: want a key in quotes",
		"keys:\n  sort.menu: [x, '']\n":                  "c.yaml:2:18: sort.menu: want a key in quotes",
		"keys:\n  sort.menu: C-s\n":                      "c.yaml:2:14: keys: no key is called \"C-s\": want one like",
		"keys:\n  sort.menu: Ctrl-S\n":                   "c.yaml:2:14: keys: no key is called \"Ctrl-S\", is \"ctrl+s\" meant?",
		"keys:\n  sort.menu: foo\n":                      "c.yaml:2:14: keys: no key is called \"foo\": want one like d, D",
		"keys:\n  sort.menu: fo\n":                       "c.yaml:2:14: keys: no key is called \"fo\": want one like d, D",
		"keys:\n  sort.menu: shift+r\n":                  "c.yaml:2:14: keys: no key is called \"shift+r\", is \"R\" meant?",
		"keys:\n  sort.menu: spce\n":                     "c.yaml:2:14: keys: no key is called \"spce\", is \"space\" meant?",
		"keys:\n  sort.menu: ctrl+i\n":                   "c.yaml:2:14: keys: no key is called \"ctrl+i\": a terminal sends tab for it",
		"keys:\n  sort.menu: Ctrl-M\n":                   "c.yaml:2:14: keys: no key is called \"Ctrl-M\": a terminal sends enter for it",
		"keys:\n  sort.menu: ctrl+[\n":                   "c.yaml:2:14: keys: no key is called \"ctrl+[\": a terminal sends esc for it",
		"keys:\n  sort.menu: Escape\n":                   "c.yaml:2:14: keys: no key is called \"Escape\", is \"esc\" meant?",
		"keys:\n  sort.menu: pageup\n":                   "c.yaml:2:14: keys: no key is called \"pageup\", is \"pgup\" meant?",
		"keys:\n  poll.now: r\n  sort.menue: s\n":        "c.yaml:3:3: keys: no action is called \"sort.menue\", is \"sort.menu\" meant?",
		"keys:\n  snapshot.delete: [X, d]\n":             "c.yaml:2:24: keys: snapshot.delete changes something on the server: want an upper-case letter other than G and N, not \"d\"",
		"keys:\n  view.menu: x\n  sort.menu: x\n":        "c.yaml:2:14: keys: x would do both sort.menu and view.menu",
		"keys:\n  view.menu: m\n  copy.menu: k\n":        "c.yaml:2:14: keys: m would do both view.menu and matrix.open",
		"keys:\n  confirm.yes: Y\n":                      "c.yaml:2:3: keys: a confirmation is always answered with y, enter and esc",
		"profiles:\n  a:\n    header_colour: red\n":      "c.yaml:3:20: header_colour: want #rrggbb in quotes, a number from 0 to 255, or another colour's name",
		"profiles:\n  a:\n    header_colour: #ff0000\n":  "c.yaml:3:20: header_colour: want #rrggbb in quotes",
		"profiles:\n  a:\n    header_colour: [failed]\n": "c.yaml:3:20: header_colour: want #rrggbb in quotes",

		"profiles: 3\n":                           "c.yaml:1:11: want settings",
		"profiles:\n  prod:\n    read_only: 3\n":  "c.yaml:3:16: read_only: want true or false",
		"profiles:\n  prod: yes\n":                "c.yaml:2:9: want settings",
		"- a\n":                                   "c.yaml:1:1: want settings",
		"hello\n":                                 "c.yaml:1:1: want settings",
		"theme: 'dark\n":                          "c.yaml:1:8: ",
		"a: b: c\n":                               "c.yaml:1:",
		"theme: dark\ntheme: light\n":             "c.yaml:2:1: mapping key \"theme\" already defined",
		"theme: dark\n---\ntheme: light\n":        "c.yaml:3:1: there is a second document",
		"theme: dark\n---\nread_only: x\n":        "c.yaml:3:1: there is a second document",
		"---\n---\nread_only: true\n":             "c.yaml:3:1: there is a second document",
		"# a\n---\n# b\n--- # c\n# d\nascii: x\n": "c.yaml:6:1: there is a second document",
		"---\n...\nread_only: true\n":             "c.yaml:3:1: there is a second document",
		"theme: dark\n---\n---\ntheme: light\n":   "c.yaml:4:1: there is a second document",

		"\tascii: true\n":                                  "c.yaml:1:6: a tab indents nothing in YAML: use spaces",
		"keys:\n\tsort.menu: s\n":                          "c.yaml:2:1: a tab indents nothing in YAML: use spaces",
		"keys:\n  sort.menu: s\n\tquit: q\n":               "c.yaml:3:1: a tab indents nothing in YAML: use spaces",
		"profiles:\n  a: {header_colour: #ff0000}\n":       "c.yaml:2:20: could not find map value; what follows a # is a comment unless it is in quotes, like \"#ff0000\"",
		"protect: [#a]\n":                                  "c.yaml:1:10: sequence end token ']' not found; what follows a #",
		"\ufeffread_only: maybe\n":                         "c.yaml:1:12: read_only: want true or false",
		"\xff\xfea\x00s\x00c\x00i\x00i\x00:\x00 \x00x\x00": "c.yaml:1:1: this is no text in UTF-8",
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
	f.Add("views: [{name: a, query: 'state:failed', sort: used}]\nkeys: {sort.menu: [S, ctrl+s], quit: ''}\nprotect: [a]\ntheme: x.yaml\n")
	f.Add("a: &x [1]\nb: *x\n<<: *x\n? {}\n: - |\n  x")
	f.Fuzz(func(t *testing.T, source string) {
		c, _, err := Parse("c.yaml", []byte(source))
		switch {
		case err != nil && strings.Contains(err.Error(), "\n"):
			t.Errorf("the error has more than one line: %q", err)
		case err != nil:
		case c.Interval != 0 && CheckInterval(c.Interval) != nil:
			t.Errorf("an interval of %v came through", c.Interval)
		case len(c.Keys.Problems()) > 0:
			t.Errorf("keys came through that cannot be used: %v", c.Keys.Problems())
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
