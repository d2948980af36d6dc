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

	"daytona/snapdeck/model/prune"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/row"
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
		{"only a byte order mark", "\ufeff", Config{}, nil},
		{"document markers", "# one\n---\n# two\nascii: true\n---\n# three\n...\n", Config{ASCII: true}, nil},
		{"all keys", `
interval: 10s
theme: light
ascii: true
read_only: true
query: "state:failed"
deactivation: 2w
trash: off
server_check: off
quota: 120
protect: ["prod-*", base, 7]
families: ['node-(\d+)', (7)]
cleanup: {keep: 5, unused: 1d12h, failed: true}
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
    quota: 500
    header_colour: failed
    deactivation: "1d12h"
  dev: {read_only: false, header_colour: "#00ff00"}
  test: {header_colour: 208}
  empty:
`, Config{
			Interval: 10 * time.Second, Theme: "light", ASCII: true, ReadOnly: true, Query: "state:failed",
			Deactivation: 14 * 24 * time.Hour, TrashOff: true, ServerCheckOff: true, Quota: 120,
			Protect:  []string{"prod-*", "base", "7"},
			Families: []string{`node-(\d+)`, "(7)"},
			Cleanup:  prune.Options{Keep: 5, Unused: 36 * time.Hour, Failed: true},
			Views:    []row.View{{Name: "stale", Query: "used:>30d", Sort: "used:reverse"}, {Name: "2026"}},
			Keys: keys.Map{
				"filter.open": {"ctrl+k", "/"}, "detail.tab-1": {"f1"}, "snapshot.delete": {}, "snapshot.rebuild": {"Q"}, "mark.toggle": {},
			},
			Profiles: map[string]Profile{
				"prod": {Name: "prod", ReadOnly: true, Quota: 500, HeaderColour: "failed", Deactivation: 36 * time.Hour}, "dev": {Name: "dev", HeaderColour: "#00ff00"},
				"test": {Name: "test", HeaderColour: "208"}, "empty": {Name: "empty"},
			},
		}, nil},
		{"all keys without a value", "ascii:\nquery:\nprotect:\nviews:\nkeys:\nprofiles:\n", Config{
			Keys: keys.Map{}, Profiles: map[string]Profile{},
		}, nil},
		{"a theme by name", "theme: high-contrast\n", Config{Theme: "high-contrast"}, nil},
		{"a relative theme file", "theme: mine.yaml\n", Config{Theme: filepath.Join("/etc/snapdeck", "mine.yaml")}, nil},
		{"an absolute theme file", "theme: /themes/mine\n", Config{Theme: "/themes/mine"}, nil},
		{"quoted text that looks like a field", "query: '\"stat:failed\" node:20 failed'\n", Config{Query: `"stat:failed" node:20 failed`}, nil},
		{"two views with one name", "views:\n  - {name: a}\n  - {name: b}\n  - name: a\n    query: x\n", Config{
			Views: []row.View{{Name: "a"}, {Name: "b"}, {Name: "a", Query: "x"}},
		}, []string{`c.yaml:4:5: views: duplicate name "a"`}},
		{"unknown keys", "intervall: 5s\nread-only: true\ntheme: dark\nprofiles:\n  prod:\n    readonly: true\nviews:\n  - name: x\n    qery: y\n", Config{
			Theme: "dark", Profiles: map[string]Profile{"prod": {Name: "prod"}},
			Views: []row.View{{Name: "x"}},
		}, []string{
			`c.yaml:1:1: unknown key "intervall" ignored; closest match: "interval"`,
			`c.yaml:2:1: unknown key "read-only" ignored; closest match: "read_only"`,
			`c.yaml:6:5: unknown key "readonly" ignored; closest match: "read_only"`,
			`c.yaml:9:5: unknown key "qery" ignored; closest match: "query"`,
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
		"theme: dark\ninterval: soon\n": "c.yaml:2:11: interval: expected a duration from 1s to 1h, like 5s",
		"interval: 5\n":                 "c.yaml:1:11: interval: expected a duration",
		"interval: 10ms\n":              "c.yaml:1:11: interval: expected a duration",
		"theme: pink\n":                 "c.yaml:1:8: theme: expected " + strings.Join(theme.Names(), ", ") + ", or a file like my-theme.yaml",
		"theme:\n":                      "c.yaml:1:8: theme: expected dark",
		"ascii: perhaps\n":              "c.yaml:1:8: ascii: expected true or false",
		"protect: ['[']\n":              "c.yaml:1:11: protect: expected a name pattern, like \"prod-*\"",
		"protect:\n  - a\n  - {}\n":     "c.yaml:3:5: protect: expected a name pattern",
		"protect: prod-*\n":             "c.yaml:1:10: protect: expected a list of name patterns",
		"families: ['node-20']\n":       "c.yaml:1:12: families: \"node-20\" has 0 groups, expected one that captures the version, like",
		"families: ['a-\\d']\n":         `c.yaml:1:12: families: "a-\d" has 0 groups, expected one that captures the version, like "node-(\d+)"`,
		"families: ['(']\n":             "c.yaml:1:12: families: \"(\" is not a regular expression",
		"families:\n  - (a)\n  - []\n":  "c.yaml:3:5: families: \"\" has 0 groups",
		"cleanup: {keep: 0}\n":          "c.yaml:1:17: keep: expected a number of snapshots from 1, like 3",
		"cleanup: {keep: many}\n":       "c.yaml:1:17: keep: expected a number",
		"cleanup: {unused: 14}\n":       "c.yaml:1:19: unused: expected a duration like 14d",
		"cleanup: {unused: 0d}\n":       "c.yaml:1:19: unused: expected a duration",
		"cleanup: {failed: perhaps}\n":  "c.yaml:1:19: failed: expected true or false",
		"cleanup: 3\n":                  "c.yaml:1:10: expected settings, each on a line like",
		"families: (a)\n":               "c.yaml:1:11: families: expected a list of patterns, like ['node-(\\d+)']",
		"query: used:soon\n":            "c.yaml:1:8: query: expected a duration like >30d, or never, not \"soon\"",
		"query: 'state:'\n":             "c.yaml:1:8: query: expected a state: ",
		"query: 'stat:failed'\n":        "c.yaml:1:8: query: expected state:, or quotes for literal text: '\"stat:failed\"', not \"stat:failed\"",
		"query: [a]\n":                  "c.yaml:1:8: query: expected a query in quotes",

		"views: {name: a}\n":                             "c.yaml:1:8: views: expected a list of views",
		"views:\n  - query: a\n":                         "c.yaml:2:5: views: expected a name for this view",
		"views:\n  - name: ''\n":                         "c.yaml:2:11: name: expected a name",
		"views:\n  - a\n":                                "c.yaml:2:5: expected settings",
		"views:\n  - name: a\n    query: size:big\n":     "c.yaml:3:12: query: expected a size in GB like >2.5, not \"big\"",
		"views:\n  - name: a\n    query: -regoin:eu\n":   "c.yaml:3:12: query: expected region:, or ",
		"views:\n  - name: a\n    sort: usd\n":           "c.yaml:3:11: sort: no column \"usd\" to sort by: want one of name, state, ",
		"views:\n- {name: a}\n- {name: b, sort: [x]}\n":  "c.yaml:3:19: sort: expected a column, like used or used:reverse",
		"keys: ctrl+r\n":                                 "c.yaml:1:7: expected settings",
		"keys:\n  sort.menu: {s: t}\n":                   "c.yaml:2:14: sort.menu: expected a key in quotes like \"ctrl+r\", a list of keys, or [] for none",
		"keys:\n  sort.menu: # hash\n":                   "c.yaml:2:14: sort.menu: expected a key in quotes",
		"keys:\n  sort.menu: [x, ~]\n":                   "c.yaml:2:18: sort.menu: expected a key in quotes",
		"keys:\n  sort.menu: [x, '']\n":                  "c.yaml:2:18: sort.menu: expected a key in quotes",
		"keys:\n  sort.menu: C-s\n":                      "c.yaml:2:14: keys: unknown key \"C-s\": expected one like",
		"keys:\n  sort.menu: Ctrl-S\n":                   "c.yaml:2:14: keys: unknown key \"Ctrl-S\", did you mean \"ctrl+s\"?",
		"keys:\n  sort.menu: foo\n":                      "c.yaml:2:14: keys: unknown key \"foo\": expected one like d, D",
		"keys:\n  sort.menu: fo\n":                       "c.yaml:2:14: keys: unknown key \"fo\": expected one like d, D",
		"keys:\n  sort.menu: shift+r\n":                  "c.yaml:2:14: keys: unknown key \"shift+r\", did you mean \"R\"?",
		"keys:\n  sort.menu: shift+entr\n":               "c.yaml:2:14: keys: unknown key \"shift+entr\", did you mean \"shift+end\"?",
		"keys:\n  sort.menu: shift+\n":                   "c.yaml:2:14: keys: unknown key \"shift+\": expected one like d, D",
		"keys:\n  sort.menu: spce\n":                     "c.yaml:2:14: keys: unknown key \"spce\", did you mean \"space\"?",
		"keys:\n  sort.menu: ctrl+i\n":                   "c.yaml:2:14: keys: unknown key \"ctrl+i\": terminals send tab for it",
		"keys:\n  sort.menu: Ctrl-M\n":                   "c.yaml:2:14: keys: unknown key \"Ctrl-M\": terminals send enter for it",
		"keys:\n  sort.menu: ctrl+[\n":                   "c.yaml:2:14: keys: unknown key \"ctrl+[\": terminals send esc for it",
		"keys:\n  sort.menu: Escape\n":                   "c.yaml:2:14: keys: unknown key \"Escape\", did you mean \"esc\"?",
		"keys:\n  sort.menu: pageup\n":                   "c.yaml:2:14: keys: unknown key \"pageup\", did you mean \"pgup\"?",
		"keys:\n  refresh: r\n  sort.menue: s\n":         "c.yaml:3:3: keys: unknown action \"sort.menue\", did you mean \"sort.menu\"?",
		"keys:\n  snapshot.delete: [X, d]\n":             "c.yaml:2:24: keys: snapshot.delete changes the server: use an upper-case letter other than G and N, not \"d\"",
		"keys:\n  view.menu: x\n  sort.menu: x\n":        "c.yaml:2:14: keys: x is bound to both sort.menu and view.menu",
		"keys:\n  view.menu: m\n  copy.menu: k\n":        "c.yaml:2:14: keys: m is bound to both view.menu and regions.open",
		"keys:\n  confirm.yes: Y\n":                      "c.yaml:2:3: keys: the keys of a confirmation are fixed",
		"profiles:\n  a:\n    header_colour: red\n":      "c.yaml:3:20: header_colour: expected #rrggbb in quotes, a number from 0 to 255, or another colour's name",
		"profiles:\n  a:\n    header_colour: #ff0000\n":  "c.yaml:3:20: header_colour: expected #rrggbb in quotes",
		"profiles:\n  a:\n    header_colour: [failed]\n": "c.yaml:3:20: header_colour: expected #rrggbb in quotes",

		"deactivation: 14\n":                                    "c.yaml:1:15: deactivation: expected a duration from 10m to 10y, like 21d",
		"deactivation: never\n":                                 "c.yaml:1:15: deactivation: expected a duration",
		"deactivation: -3d\n":                                   "c.yaml:1:15: deactivation: expected a duration",
		"deactivation: 0d\n":                                    "c.yaml:1:15: deactivation: expected a duration",
		"deactivation: 5m\n":                                    "c.yaml:1:15: deactivation: expected a duration",
		"deactivation: 11y\n":                                   "c.yaml:1:15: deactivation: expected a duration",
		"deactivation: 9999999999999999999y\n":                  "c.yaml:1:15: deactivation: expected a duration",
		"deactivation: [21d]\n":                                 "c.yaml:1:15: deactivation: expected a duration",
		"deactivation:\n":                                       "c.yaml:1:15: deactivation: expected a duration",
		"profiles:\n  a:\n    deactivation: 21 days\n":          "c.yaml:3:19: deactivation: expected a duration from 10m to 10y, like 21d",
		"profiles:\n  a: {read_only: true, deactivation: ''}\n": "c.yaml:2:38: deactivation: expected a duration",

		"profiles: 3\n":                           "c.yaml:1:11: expected settings",
		"server_check: 1\n":                       "c.yaml:1:15: server_check: expected on or off",
		"quota: 0\n":                              "c.yaml:1:8: quota: expected a number of snapshots, like 120",
		"quota: many\n":                           "c.yaml:1:8: quota: expected a number of snapshots, like 120",
		"quota: 1.5\n":                            "c.yaml:1:8: quota: expected a number of snapshots, like 120",
		"trash: maybe\n":                          "c.yaml:1:8: trash: expected on or off",
		"trash: [off]\n":                          "c.yaml:1:8: trash: expected on or off",
		"profiles:\n  prod:\n    read_only: 3\n":  "c.yaml:3:16: read_only: expected true or false",
		"profiles:\n  prod: yes\n":                "c.yaml:2:9: expected settings",
		"- a\n":                                   "c.yaml:1:1: expected settings",
		"hello\n":                                 "c.yaml:1:1: expected settings",
		"theme: 'dark\n":                          "c.yaml:1:8: ",
		"a: b: c\n":                               "c.yaml:1:",
		"theme: dark\ntheme: light\n":             "c.yaml:2:1: mapping key \"theme\" already defined",
		"theme: dark\n---\ntheme: light\n":        "c.yaml:3:1: second document: a configuration file has only one",
		"theme: dark\n---\nread_only: x\n":        "c.yaml:3:1: second document: a configuration file has only one",
		"---\n---\nread_only: true\n":             "c.yaml:3:1: second document: a configuration file has only one",
		"# a\n---\n# b\n--- # c\n# d\nascii: x\n": "c.yaml:6:1: second document: a configuration file has only one",
		"---\n...\nread_only: true\n":             "c.yaml:3:1: second document: a configuration file has only one",
		"theme: dark\n---\n---\ntheme: light\n":   "c.yaml:4:1: second document: a configuration file has only one",

		"\tascii: true\n":                                  "c.yaml:1:6: tabs cannot indent YAML: use spaces",
		"keys:\n\tsort.menu: s\n":                          "c.yaml:2:1: tabs cannot indent YAML: use spaces",
		"keys:\n  sort.menu: s\n\tquit: q\n":               "c.yaml:3:1: tabs cannot indent YAML: use spaces",
		"profiles:\n  a: {header_colour: #ff0000}\n":       "c.yaml:2:20: could not find map value; a # starts a comment unless it is in quotes, like \"#ff0000\"",
		"protect: [#a]\n":                                  "c.yaml:1:10: sequence end token ']' not found; a # starts a comment",
		"\ufeffread_only: maybe\n":                         "c.yaml:1:12: read_only: expected true or false",
		"\xff\xfea\x00s\x00c\x00i\x00i\x00:\x00 \x00x\x00": "c.yaml:1:1: not UTF-8 text: save the file as UTF-8",
	} {
		_, _, err := Parse("c.yaml", []byte(source))
		var problem Problem
		if !errors.As(err, &problem) {
			t.Errorf("%q: got %v, want a Problem", source, err)
			continue
		}
		if !strings.HasPrefix(problem.Error(), want) || strings.Contains(problem.Error(), "\n") {
			t.Errorf("%q: got %q, want one line that starts with %q", source, problem.Error(), want)
		}
	}
}

// TestHashHint: only a comment that was probably meant as a value explains a syntax error.
func TestHashHint(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]bool{
		"profiles:\n  a: {header_colour: #ff0000}\n":         true,
		"profiles:\n  a: {header_colour: # red\n}}\n":        false, // an ordinary comment
		"profiles:\n  a: {header_colour: #\n}}\n":            false, // an empty comment
		"#red\nprofiles:\n  a: {header_colour: }}\n":         false, // the first line
		"ascii: true\n#red\nprofiles: {a: {read_only: }}}\n": false, // a line of its own
	} {
		_, _, err := Parse("c.yaml", []byte(source))
		if err == nil || strings.Contains(err.Error(), "a # starts a comment") != want {
			t.Errorf("%q: got %v, want the hint: %v", source, err, want)
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
			t.Errorf("error of several lines: %q", err)
		case err != nil:
		case c.Interval != 0 && CheckInterval(c.Interval) != nil:
			t.Errorf("accepted the interval %v", c.Interval)
		case len(ui.KeyProblems(c.Keys)) > 0:
			t.Errorf("accepted invalid keys: %v", ui.KeyProblems(c.Keys))
		}
	})
}

func TestLoad(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "none.yaml")
	if _, _, err := Load(missing, false); err != nil {
		t.Errorf("missing optional file: %v", err)
	}
	if _, _, err := Load(missing, true); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing required file: %v", err)
	}
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(path, []byte("query: x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if c, _, err := Load(path, true); err != nil || c.Query != "x" {
		t.Errorf("got %v, %v", c, err)
	}
}
