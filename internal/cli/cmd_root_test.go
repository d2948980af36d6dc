package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/demo"
)

// TestProfileWarnings uses a misspelt profile and a key in the environment.
func TestProfileWarnings(t *testing.T) {
	t.Parallel()
	const (
		unknownProfile = `config.yaml:1:12: profiles: the Daytona CLI has no profile "prodction"; closest match: "production"`
		ignored        = `profiles: read_only of "prodction" does not apply to the key in DAYTONA_API_KEY`
	)
	dir, bare := t.TempDir(), t.TempDir()
	for path, source := range map[string]string{
		filepath.Join(dir, "snapdeck", "config.yaml"):  "profiles: {prodction: {read_only: true}}\n",
		filepath.Join(dir, "daytona", "config.json"):   `{"profiles": [{"id": "1", "name": "production"}, {"id": "2", "name": "play"}]}`,
		filepath.Join(bare, "snapdeck", "config.yaml"): "profiles: {prodction: {read_only: true}}\n",
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	env := serve(t, demo.Options{Size: 20})
	for _, tc := range []struct {
		dir, args, want string
	}{
		{dir, "list -o json", unknownProfile},
		{dir, "wait node-20-agents", unknownProfile},
		{bare, "list -o json", ""},
		{dir, "list --demo -o json", ""},
	} {
		got := runIn(t, tc.dir, env, strings.Fields(tc.args)...)
		if got.code != exitOK || strings.Contains(got.out, "prodction") || strings.Count(got.err, "\n") != min(len(tc.want), 1) || !strings.Contains(got.err, tc.want) {
			t.Errorf("%s: code %d, stderr %q, want %q", tc.args, got.code, got.err, tc.want)
		}
	}
	for _, tc := range []struct {
		dir, variable string
		f             flags
		want          []string
	}{
		{dir, "DAYTONA_API_KEY", flags{}, []string{ignored, unknownProfile}},
		{bare, "DAYTONA_API_KEY", flags{}, []string{ignored}},
		{bare, "DAYTONA_API_KEY", flags{viewOnly: true}, nil},
		{bare, "DAYTONA_API_KEY", flags{readOnly: true}, nil},
		{bare, "DAYTONA_API_KEY", flags{demo: true}, nil},
		{bare, "", flags{}, nil},
	} {
		p := &program{Environment: newEnvironment(t, tc.dir, map[string]string{tc.variable: "k"})}
		_, warnings, err := p.readConfig(&tc.f)
		if err != nil || len(warnings) != len(tc.want) {
			t.Errorf("%+v: %v, %v; want %q", tc, warnings, err, tc.want)
			continue
		}
		for i, want := range tc.want {
			if !strings.Contains(warnings[i].Error(), want) {
				t.Errorf("%+v: %v, want %q", tc, warnings[i], want)
			}
		}
	}
}

func TestHelpShowsBooleanFlagsPlainly(t *testing.T) {
	t.Parallel()
	for _, args := range []string{"--help", "list --help", "help wait"} {
		got := run(t, nil, strings.Fields(args)...)
		if !strings.Contains(got.out, "--demo  ") || strings.Contains(got.out, "true|false") {
			t.Errorf("%s prints\n%s", args, got.out)
		}
	}
}

// TestDemoSeedHelp: the demo has no seed by default, so the help must not show one.
func TestDemoSeedHelp(t *testing.T) {
	t.Parallel()
	for _, args := range []string{"--help", "list --help"} {
		for line := range strings.Lines(run(t, nil, strings.Fields(args)...).out) {
			if strings.Contains(line, "--demo-seed") && (!strings.Contains(line, "default: based on the current time") || strings.Contains(line, "default 1")) {
				t.Errorf("%s: %q", args, line)
			}
		}
	}
	if got := run(t, nil, "list", "--demo", "-o", "name"); got.code != exitOK || !strings.Contains(got.out, "node-20-agents\n") {
		t.Errorf("code %d, %q", got.code, got.out)
	}
}

func TestConfigurationProblems(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "snapdeck", "config.yaml")
	write := func(source string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("theme: pink\n")
	if got := runIn(t, dir, nil, "list", "--demo"); got.code != 2 || got.err != "snapdeck: "+path+":1:8: theme: expected "+config.ThemeChoices()+"\n" {
		t.Errorf("code %d, stderr %q", got.code, got.err)
	}
	write("intervall: 5s\n")
	if got := runIn(t, dir, nil, "list", "--demo", "-o", "name"); got.code != 0 || !strings.Contains(got.err, ":1:1: ") || !strings.Contains(got.err, `"interval"`) {
		t.Errorf("code %d, stderr %q", got.code, got.err)
	}
}

func TestVersionAndCompletion(t *testing.T) {
	t.Parallel()
	want := regexp.MustCompile(`^snapdeck (version )?\S+ \(go1\.\S+, \w+/\w+\)\n$`)
	for _, args := range [][]string{{"version"}, {"--version"}} {
		if got := run(t, nil, args...); got.code != 0 || !want.MatchString(got.out) {
			t.Errorf("%v: code %d, output %q", args, got.code, got.out)
		}
	}
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if got := run(t, nil, "completion", shell); got.code != 0 || !strings.Contains(got.out, "snapdeck") {
			t.Errorf("completion %s: code %d", shell, got.code)
		}
	}
	if got := run(t, nil, "__complete", "list", "-o", ""); !strings.HasPrefix(got.out, "table\nwide\njson\ncsv\nname\n") {
		t.Errorf("completion of -o: %q", got.out)
	}
}

func TestFlagsOverrideTheFile(t *testing.T) {
	t.Parallel()
	file := config.Config{Interval: 9e9, Query: "file", Theme: "light", ASCII: true, Profiles: map[string]config.Profile{"prod": {ReadOnly: true}}}
	for _, tc := range []struct {
		args     []string
		source   string
		want     flags
		readOnly bool
	}{
		{nil, "DAYTONA_API_KEY", flags{interval: 9e9, query: "file", theme: "light", ascii: true}, false},
		{nil, `profile "prod"`, flags{interval: 9e9, query: "file", theme: "light", ascii: true}, true},
		{
			[]string{"--interval=3s", "--query=", "--theme=dark", "--ascii=false", "--read-only=false"},
			`profile "prod"`, flags{interval: 3e9, theme: "dark"}, false,
		},
	} {
		f := &flags{}
		set := pflag.NewFlagSet("", pflag.ContinueOnError)
		f.addDashboardFlags(set)
		if err := set.Parse(tc.args); err != nil {
			t.Fatal(err)
		}
		f.applyConfig(set, file)
		if got := readOnly(set, f, file, tc.source); got != tc.readOnly {
			t.Errorf("%v as %s: read-only %v", tc.args, tc.source, got)
		}
		f.readOnly = false
		if *f != tc.want {
			t.Errorf("%v: got %+v, want %+v", tc.args, *f, tc.want)
		}
	}
}
