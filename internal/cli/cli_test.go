package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/terminal"
	"daytona/snapdeck/model"
)

// result is what a run of the program left behind.
type result struct {
	code     int
	out, err string
}

// run runs the program in a world of its own: no terminal, no home, and only
// the given environment.
func run(t *testing.T, env map[string]string, args ...string) result {
	t.Helper()
	dir := t.TempDir()
	return runIn(t, dir, env, args...)
}

// runIn is run with the user's configuration in dir/snapdeck and the vendor's in
// dir/daytona.
func runIn(t *testing.T, dir string, env map[string]string, args ...string) result {
	t.Helper()
	return runWith(t, newEnvironment(t, dir, env), args...)
}

// runWith runs the program with streams whose output are files.
func runWith(t *testing.T, streams Environment, args ...string) result {
	t.Helper()
	code := Run(args, streams)
	return result{code, readFile(t, streams.Out), readFile(t, streams.Err)}
}

func newEnvironment(t *testing.T, dir string, env map[string]string) Environment {
	t.Helper()
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = null.Close() })
	return Environment{
		In: null, Out: tempFile(t), Err: tempFile(t),
		Getenv:    func(key string) string { return env[key] },
		ConfigDir: dir, StateDir: filepath.Join(dir, "state"), DaytonaCLIDir: filepath.Join(dir, "daytona"),
		Exit: func(int) { t.Error("the process was ended") },
		Now:  time.Now, Sleep: sleep,
	}
}

func tempFile(t *testing.T) *os.File {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func readFile(t *testing.T, f *os.File) string {
	t.Helper()
	b, err := os.ReadFile(f.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// runDemoServer starts the demo API and returns the environment that leads to it. Its
// clock stands still, so that no snapshot comes or goes.
func serve(t *testing.T, o demo.Options) map[string]string {
	t.Helper()
	now := time.Now()
	o.Now = func() time.Time { return now }
	s := httptest.NewServer(demo.New(o))
	t.Cleanup(s.Close)
	return map[string]string{"DAYTONA_API_URL": s.URL + "/api", "DAYTONA_API_KEY": demo.Key}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		args string
		env  map[string]string
		code int
		says string
	}{
		{"--no-such-flag", nil, 2, "--no-such-flag"},
		{"--interval 5", nil, 2, `--interval is "5", want a time like 5s or 20m`},
		{"--interval soon", nil, 2, `--interval is "soon", want a time`},
		{"--interval 10ms", nil, 2, "--interval is 10ms, want 1s to 1h0m0s"},
		{"--theme pink", nil, 2, "--theme"},
		{"--demo-size 5", nil, 2, "need --demo"},
		{"--demo --demo-size 0", nil, 2, "--demo-size"},
		{"list --demo --demo-size 100001", nil, 2, "--demo-size is 100001, want 1 to 100000"},
		{"--demo --profile work", nil, 2, "leave out"},
		{"--key secret", nil, 2, "--key"},
		{"lst", nil, 2, `"lst"`},
		{"help lst", nil, 2, `there is no command "lst"`},
		{"completion bsah", nil, 2, `completion is for bash, `},
		{"demo-server --addr 127.0.0.1:99999", nil, 2, "invalid port"},
		{"list -o yaml", nil, 2, "want table, wide, json, csv or name"},
		{"list --sort foo", nil, 2, `--sort: "foo" is no column to sort by, want one of name, state, ref`},
		{"list --sort=", nil, 2, "want one of name"},
		{"list --demo state:bogus", nil, 2, `"bogus": expected a state: failed, busy`},
		{"list node state:", nil, 2, `"state:": expected a state`},
		{"list --demo region:mars", nil, 2, `"mars": expected a region: acme-dc1, us, eu, ap`},
		{"list -region:eu", nil, 2, "goes after --"},
		{"wait", nil, 2, "wait wants the NAME or the id of a snapshot"},
		{"wait a b", nil, 2, "wait wants one NAME, not 2"},
		{"wait a --timeout 5", nil, 2, `--timeout is "5", want a time like 5s or 20m`},
		{"recover --finish --discard x", nil, 2, "--finish and --discard exclude each other"},
		{"--demo --demo-size many", nil, 2, `--demo-size is "many", want a whole number`},
		{"list --demo --ascii=perhaps", nil, 2, `--ascii is "perhaps", want true or false`},
		{"wait a --for bliss", nil, 2, `--for is "bliss", want error, build_failed, active, inactive, gone, pending`},
		{"wait a --timeout 0s", nil, 2, "--timeout is 0s"},
		{"wait a", nil, 4, "DAYTONA_API_KEY"},
		{"list --config /no/such/file", nil, 2, "/no/such/file"},
		{"--demo", nil, 2, "no terminal"},
		{"", map[string]string{"DAYTONA_API_KEY": "k"}, 2, "no terminal"},
		{"list", nil, 4, "DAYTONA_API_KEY"},
		{"list --profile work", nil, 4, "config.json"},
		{"list", map[string]string{"DAYTONA_JWT_TOKEN": "j"}, 4, "DAYTONA_ORGANIZATION_ID"},
		{"list --api-url ftp://x", map[string]string{"DAYTONA_API_KEY": "k"}, 2, "https://"},
		{"list --api-url http://127.0.0.1:1/api", map[string]string{"DAYTONA_API_KEY": "k"}, 6, "127.0.0.1:1"},
		{"list --demo --debug /no/such/dir/log", nil, 2, "debug"},
		{"demo-server --addr nonsense", nil, 2, "nonsense"},
		{"demo-server --addr 203.0.113.1:1", nil, 1, "203.0.113.1:1"},
		{"demo-server --size 0", nil, 2, "--size"},
		{"demo-server --size 100001", nil, 2, "--size is 100001, want 1 to 100000"},
	} {
		t.Run(tc.args, func(t *testing.T) {
			t.Parallel()
			got := run(t, tc.env, strings.Fields(tc.args)...)
			if got.code != tc.code || got.out != "" {
				t.Errorf("exit code %d, want %d; stdout %q", got.code, tc.code, got.out)
			}
			if !strings.HasPrefix(got.err, "snapdeck: ") || !strings.Contains(got.err, tc.says) || strings.Count(got.err, "\n") != 1 {
				t.Errorf("stderr is %q, want one line with %q", got.err, tc.says)
			}
		})
	}
}

func TestWrongCredentialsAreRefusedByTheServer(t *testing.T) {
	t.Parallel()
	env := serve(t, demo.Options{})
	env["DAYTONA_API_KEY"] = "secret-and-wrong"
	got := run(t, env, "list")
	if got.code != 4 || strings.Contains(got.err, "secret") || strings.Count(got.err, "\n") != 1 {
		t.Errorf("code %d, stderr %q; want 4 and one line without the key", got.code, got.err)
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
	if got := runIn(t, dir, nil, "list", "--demo"); got.code != 2 || got.err != "snapdeck: "+path+":1:8: theme: expected "+config.ThemeChoices+"\n" {
		t.Errorf("code %d, stderr %q", got.code, got.err)
	}
	write("intervall: 5s\n")
	if got := runIn(t, dir, nil, "list", "--demo", "-o", "name"); got.code != 0 || !strings.Contains(got.err, ":1:1: ") || !strings.Contains(got.err, `"interval"`) {
		t.Errorf("code %d, stderr %q", got.code, got.err)
	}
}

func TestListReadsEveryPage(t *testing.T) {
	t.Parallel()
	env := serve(t, demo.Options{Size: 450})
	got := run(t, env, "list", "-o", "name")
	if got.code != 0 || strings.Count(got.out, "\n") != 450 {
		t.Errorf("code %d and %d names, want 0 and 450; stderr %q", got.code, strings.Count(got.out, "\n"), got.err)
	}
	var rows []map[string]any
	got = run(t, env, "list", "-o", "json")
	if err := json.Unmarshal([]byte(got.out), &rows); err != nil || len(rows) != 450 {
		t.Errorf("%d rows of JSON, want 450; %v", len(rows), err)
	}
	got = run(t, env, "list")
	lines := strings.Split(strings.TrimSuffix(got.out, "\n"), "\n")
	if len(lines) != 451 || !strings.HasPrefix(lines[0], "NAME ") {
		t.Errorf("the table has %d lines, want 451; it begins with %q", len(lines), lines[0])
	}
	if strings.ContainsFunc(got.out, func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f || r == 0x202e }) {
		t.Error("the table holds control characters of the server")
	}
}

func TestADemoWithASeedIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	list := func(now time.Time, args ...string) string {
		streams := newEnvironment(t, t.TempDir(), nil)
		streams.Now = func() time.Time { return now }
		return runWith(t, streams, append([]string{"list", "--demo", "-o", "csv"}, args...)...).out
	}
	one, other := time.Date(2031, 1, 2, 3, 4, 5, 6, time.UTC), time.Date(2027, 7, 8, 9, 10, 11, 12, time.UTC)
	if list(one, "--demo-seed", "7") != list(other, "--demo-seed", "7") {
		t.Error("the same seed gives another demo at another time")
	}
	if list(one, "--demo-seed", "7") == list(one, "--demo-seed", "8") || list(one) == list(other) {
		t.Error("what should make another demo does not")
	}
}

func TestDebugLogIsPrivateAndWithoutSecrets(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "debug.log")
	if got := run(t, serve(t, demo.Options{}), "list", "--debug", path); got.code != 0 {
		t.Fatalf("code %d, stderr %q", got.code, got.err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	log, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 || !strings.Contains(string(log), "/snapshots") || strings.Contains(string(log), demo.Key) {
		t.Errorf("mode %v, log:\n%s", info.Mode(), log)
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

func TestExitCodes(t *testing.T) {
	t.Parallel()
	p := &program{started: true}
	for _, tc := range []struct {
		err  error
		want int
	}{
		{nil, 0},
		{errors.New("anything"), 1},
		{&terminal.Crash{Value: "boom"}, 1},
		{usagef("wrong"), 2},
		{config.Problem{}, 2},
		{terminal.ErrNoTerminal, 2},
		{terminal.ErrDumbTerminal, 2},
		{config.ErrWrongHost, 2},
		{fmt.Errorf("more: %w", config.ErrNoCredentials), 4},
		{&model.Error{Code: model.Unauthorized}, 4},
		{&model.Error{Code: model.Forbidden}, 4},
		{&model.Error{Code: model.Network}, 6},
		{&model.Error{Code: model.RateLimited}, 6},
		{&model.Error{Code: model.ServerError}, 6},
		{&model.Error{Code: model.NotTheAPI}, 1},
		{terminal.Signalled{Signal: syscall.SIGINT}, 130},
		{terminal.Signalled{Signal: syscall.SIGTERM}, 143},
	} {
		if got := p.exitCode(tc.err); got != tc.want {
			t.Errorf("%v: exit code %d, want %d", tc.err, got, tc.want)
		}
	}
	if got := (&program{}).exitCode(errors.New("unknown flag")); got != 2 {
		t.Errorf("before a command has begun: exit code %d, want 2", got)
	}
}

func TestFlagsWinOverTheFile(t *testing.T) {
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
