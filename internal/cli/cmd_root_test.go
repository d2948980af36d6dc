package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daytona/snapdeck/internal/demo"
)

// TestProfilesThatDoNotApplyAreToldOf runs what reads the configuration, with a
// profile that is mistyped and a key in the environment.
func TestProfilesThatDoNotApplyAreToldOf(t *testing.T) {
	t.Parallel()
	const (
		unknown  = `config.yaml:1:12: profiles: the Daytona CLI has no profile "prodction"; closest match: "production"`
		passedBy = `profiles: read_only of "prodction" does not apply to the key in DAYTONA_API_KEY`
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
		{dir, "list -o json", unknown},
		{dir, "wait node-20-agents", unknown},
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
		{dir, "DAYTONA_API_KEY", flags{}, []string{passedBy, unknown}},
		{bare, "DAYTONA_API_KEY", flags{}, []string{passedBy}},
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

// TestHelpOfTheSeed: --demo begins now and --demo-seed at a time of its own, so no
// seed is the default.
func TestHelpOfTheSeed(t *testing.T) {
	t.Parallel()
	for _, args := range []string{"--help", "list --help"} {
		for line := range strings.Lines(run(t, nil, strings.Fields(args)...).out) {
			if strings.Contains(line, "--demo-seed") && (!strings.Contains(line, "default: as if it began now") || strings.Contains(line, "default 1")) {
				t.Errorf("%s: %q", args, line)
			}
		}
	}
	if got := run(t, nil, "list", "--demo", "-o", "name"); got.code != exitOK || !strings.Contains(got.out, "node-20-agents\n") {
		t.Errorf("code %d, %q", got.code, got.out)
	}
}
