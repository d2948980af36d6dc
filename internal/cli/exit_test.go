package cli

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/terminal"
	"daytona/snapdeck/model"
)

func TestUsageErrors(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		args string
		env  map[string]string
		code int
		says string
	}{
		{"--no-such-flag", nil, 2, "--no-such-flag"},
		{"--interval 5", nil, 2, `--interval is "5", expected a duration like 5s or 20m`},
		{"--interval soon", nil, 2, `--interval is "soon", expected a duration`},
		{"--interval 10ms", nil, 2, "--interval is 10ms, expected 1s to 1h0m0s"},
		{"--theme pink", nil, 2, "--theme"},
		{"--demo-size 5", nil, 2, "require --demo"},
		{"--demo --demo-size 0", nil, 2, "--demo-size"},
		{"list --demo --demo-size 100001", nil, 2, "--demo-size is 100001, expected 1 to 100000"},
		{"--demo --profile work", nil, 2, "cannot be combined"},
		{"--key secret", nil, 2, "--key"},
		{"lst", nil, 2, `unknown command "lst": did you mean list?`},
		{"help lst", nil, 2, `unknown command "lst": did you mean list?`},
		{"frobnicate", nil, 2, `unknown command "frobnicate": snapdeck --help lists the commands`},
		{"list --quer x", nil, 2, `unknown flag: --quer: snapdeck list --help lists the flags`},
		{"completion bsah", nil, 2, `unknown shell "bsah", expected bash, `},
		{"demo-server --addr 127.0.0.1:99999", nil, 2, "invalid port"},
		{"list -o yaml", nil, 2, "expected table, wide, json, csv or name"},
		{"list --sort foo", nil, 2, `--sort: no column "foo" to sort by: want one of name, state, ref`},
		{"list --sort=", nil, 2, "want one of name"},
		{"list --demo state:bogus", nil, 2, `"bogus": expected a state: failed, busy`},
		{"list node state:", nil, 2, `"state:": expected a state`},
		{"list --demo region:mars", nil, 2, `"mars": expected a region: acme-dc1, us, eu, ap`},
		{"list -region:eu", nil, 2, "after --"},
		{"wait", nil, 2, "wait requires the NAME or id of a snapshot"},
		{"wait a b", nil, 2, "wait accepts one NAME, got 2"},
		{"wait a --timeout 5", nil, 2, `--timeout is "5", expected a duration like 5s or 20m`},
		{"recover --resume --discard x", nil, 2, "--resume and --discard exclude each other"},
		{"--demo --demo-size many", nil, 2, `--demo-size is "many", expected an integer`},
		{"list --demo --ascii=perhaps", nil, 2, `--ascii is "perhaps", expected true or false`},
		{"wait a --for bliss", nil, 2, `--for is "bliss", expected error, build_failed, active, inactive, deleted, pending`},
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
		{"demo-server --size 100001", nil, 2, "--size is 100001, expected 1 to 100000"},
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
		t.Errorf("before a command runs: exit code %d, want 2", got)
	}
}

func TestRejectedCredentials(t *testing.T) {
	t.Parallel()
	env := serve(t, demo.Options{})
	env["DAYTONA_API_KEY"] = "secret-and-wrong"
	got := run(t, env, "list")
	if got.code != 4 || strings.Contains(got.err, "secret") || strings.Count(got.err, "\n") != 1 {
		t.Errorf("code %d, stderr %q; want 4 and one line without the key", got.code, got.err)
	}
}

// TestManualHasTheExitCodes compares the table of the manual with that of the help.
func TestManualHasTheExitCodes(t *testing.T) {
	t.Parallel()
	manual, err := os.ReadFile("../../docs/scripting.md")
	if err != nil {
		t.Fatal(err)
	}
	help := run(t, nil, "help", "exit-codes").out
	for _, row := range exitCodes() {
		if line := "| " + row[0] + " | " + row[1] + " |\n"; !strings.Contains(string(manual), line) {
			t.Errorf("docs/scripting.md misses %s", line)
		}
		if !strings.Contains(help, strings.ReplaceAll(row[1], "`", "")) {
			t.Errorf("the help misses %s:\n%s", row[1], help)
		}
	}
}

// TestSignalWins over whatever else went wrong.
func TestSignalWins(t *testing.T) {
	t.Parallel()
	p := &program{started: true}
	signalled := terminal.Signalled{Signal: syscall.SIGTERM}
	if code := p.exitCode(exitError{fmt.Errorf("partly done: %w", signalled), exitPartial}); code != 143 {
		t.Errorf("exit code %d", code)
	}
}
