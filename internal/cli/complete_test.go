package cli

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/spf13/cobra"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/ui/row"
)

// complete returns the completions of the last word, and the directive for the shell.
func complete(t *testing.T, env map[string]string, words ...string) (completions []string, directive string) {
	t.Helper()
	got := run(t, env, append([]string{cobra.ShellCompNoDescRequestCmd}, words...)...)
	if got.code != exitOK {
		t.Fatalf("completing %q: exit code %d, %s", words, got.code, got.err)
	}
	lines := strings.Split(strings.TrimSuffix(got.out, "\n"), "\n")
	last := len(lines) - 1
	return lines[:last], lines[last]
}

const noFiles, noFilesNoSpace = ":4", ":6"

func TestCompletion(t *testing.T) {
	t.Parallel()
	env := serve(t, demo.Options{Size: 60})
	var sorts []string
	for _, column := range row.SortColumns() {
		sorts = append(sorts, column, column+":reverse")
	}
	for _, tc := range []struct {
		words     string // between spaces; the last one is completed
		want      []string
		directive string
	}{
		{"wait node-2", []string{"node-20-agents", "node-20-agents-canary", "node-22-nightly", "node-24-agents"}, noFiles},
		{"wait NODE-2", nil, noFiles},
		{"wait node-20-agents ", nil, noFiles},
		{"wait no-such-", nil, noFiles},
		{"wait x --for ", waitStates(), noFiles},
		{"list --sort ", sorts, noFiles},
		{"list -o ", []string{"table", "wide", "json", "csv", "name"}, noFiles},
		{"list st", []string{"state:"}, noFilesNoSpace},
		{"list node -st", nil, noFiles}, // this is a flag
		{"list -- -st", []string{"-state:"}, noFilesNoSpace},
		{"list state:fa", []string{"state:failed"}, noFiles},
		{"list state:failed,pul", []string{"state:failed,pulling"}, noFiles},
		{"list region:a", []string{"region:acme-dc1", "region:ap"}, noFiles},
		{"list node used:n", []string{"used:never"}, noFiles},
		{"list family:te", []string{"family:team/agents"}, noFiles},
		{"list -- x -FAMILY:te", []string{"-FAMILY:team/agents"}, noFiles},
		{"prune --family te", []string{"team/agents"}, noFiles},
		{"prune --family no-such", nil, noFiles},
		{"prune --keep ", []string{"1", "2", "3", "5", "10"}, noFiles},
		{"prune --unused ", []string{"1d", "7d", "14d", "30d", "90d"}, noFiles},
		{"prune -o ", []string{"table", "json", "markdown"}, noFiles},
		{"prune --keep 3 state:ina", []string{"state:inactive"}, noFiles},
		{"list zzz", nil, noFiles},
	} {
		got, directive := complete(t, env, strings.Split(tc.words, " ")...)
		if !slices.Equal(got, tc.want) || directive != tc.directive {
			t.Errorf("%s: completed to %q %s, want %q %s", tc.words, got, directive, tc.want, tc.directive)
		}
	}
	all, _ := complete(t, env, "list", "")
	if len(all) != len(query.Fields()) || !strings.HasSuffix(all[0], ":") {
		t.Errorf("empty query: completed to %q", all)
	}
	names, _ := complete(t, env, "wait", "")
	if len(names) != 60 {
		t.Errorf("empty name: %d names", len(names))
	}
}

func TestProfileCompletion(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, command := range []string{"", "list", "wait"} {
		words := strings.Fields(cobra.ShellCompNoDescRequestCmd + " " + command + " --profile=w")
		if got := runIn(t, dir, nil, words...); got.out != ":4\n" {
			t.Errorf("%s: completed to %q without a Daytona CLI", command, got.out)
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, "daytona"), 0o700); err != nil {
		t.Fatal(err)
	}
	config := `{"profiles":[{"id":"1","name":"work"},{"id":"web"},{"id":"3","name":"home"},{"id":"4","name":"w\nx"}]}`
	if err := os.WriteFile(filepath.Join(dir, "daytona", "config.json"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"", "list", "wait"} {
		words := strings.Fields(cobra.ShellCompNoDescRequestCmd + " " + command + " --profile=w")
		if got := runIn(t, dir, nil, words...); got.out != "work\nweb\nhome\n:4\n" {
			t.Errorf("%s: completed to %q", command, got.out)
		}
	}
}

// TestCompletionHidesErrors: a completion prints no errors and sends at most one request.
func TestCompletionHidesErrors(t *testing.T) {
	t.Parallel()
	var requests atomic.Int32
	serve := func(h http.HandlerFunc) map[string]string {
		return serveAPI(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			requests.Add(1)
			h(w, r)
		}))
	}
	for name, env := range map[string]map[string]string{
		"no credentials": {},
		"no server":      {"DAYTONA_API_URL": "http://127.0.0.1:1/api", "DAYTONA_API_KEY": "k"},
		"rejected":       serve(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }),
		"not the API":    serve(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }),
	} {
		requests.Store(0)
		for _, words := range [][]string{{"wait", "n"}, {"list", "region:"}} {
			if got := run(t, env, append([]string{cobra.ShellCompNoDescRequestCmd}, words...)...); got.out != ":4\n" || strings.Contains(got.err, "snapdeck:") {
				t.Errorf("%s: %q completes to %q, stderr %q", name, words, got.out, got.err)
			}
		}
		if n := requests.Load(); n > 2 {
			t.Errorf("%s: %d requests for two completions", name, n)
		}
	}
}

// TestCompletionOffersLiteralNames: a shell takes every completion as it is. What happens
// otherwise is in the package e2e.
func TestCompletionOffersLiteralNames(t *testing.T) {
	t.Parallel()
	names := []string{"a\x1b[2J", "a\nb", "a-good", "a\tc", "a$(b)", "a`b`", "a b", "a;b", "a*", "a{b,c}", "a=~", "a\u3164", "a\u202e", "-a", "%a", "@a", "~a", "=a", "über.ok:1@2"}
	var items []map[string]string
	for _, name := range names {
		items = append(items, map[string]string{"id": name, "name": name})
	}
	env := serveAPI(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/regions") {
			_ = json.NewEncoder(w).Encode(items)
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"items": items, "total": len(items)})
	}))
	for _, tc := range []struct {
		words []string
		want  []string
	}{
		{[]string{"wait", ""}, []string{"a-good", "über.ok:1@2"}},
		{[]string{"wait", "--", "-"}, []string{"-a"}},
		{[]string{"wait", "a"}, []string{"a-good"}},
		{[]string{"list", "region:a"}, []string{"region:a-good"}},
	} {
		if got, _ := complete(t, env, tc.words...); !slices.Equal(got, tc.want) {
			t.Errorf("%q: completed to %q, want %q", tc.words, got, tc.want)
		}
	}
}
