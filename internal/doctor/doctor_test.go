package doctor

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/model"
)

func now() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }

// line returns the status, the detail and the remedy of a check.
func line(c Check) string { return string(c.Status) + ": " + c.Detail + " · " + c.Remedy }

func find(t *testing.T, checks []Check, name string) Check {
	t.Helper()
	for _, c := range checks {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("no check %q in %v", name, checks)
	return Check{}
}

func TestLocal(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		env   map[string]string
		edit  func(*System)
		check string
		want  string // part of the line
	}{
		{"plain", nil, nil, "terminal", "ok: xterm-256color, 120x36 · "},
		{"multiplexer over ssh", map[string]string{"TERM": "tmux-256color", "SSH_TTY": "/dev/pts/1"}, nil, "terminal", "ok: tmux-256color, 120x36, tmux, ssh"},
		{"screen", map[string]string{"STY": "1.pts"}, nil, "terminal", "screen"},
		{"pipe", nil, func(s *System) { s.Terminal = false }, "terminal", "unknown: stdout is not a terminal"},
		{"dumb", map[string]string{"TERM": "dumb"}, nil, "terminal", "error: TERM is dumb"},
		{"no TERM", map[string]string{"TERM": ""}, nil, "terminal", "warning: TERM is not set · set it"},
		{"no TERM on Windows", map[string]string{"TERM": ""}, func(s *System) { s.GOOS = "windows" }, "terminal", "ok: 120x36"},
		{"small", nil, func(s *System) { s.Width, s.Height = 39, 24 }, "terminal", "warning: xterm-256color, 39x24 · enlarge it: the dashboard needs 40x10"},
		{"Latin-1", map[string]string{"LANG": "C.UTF-8", "LC_ALL": "de_DE.ISO-8859-1"}, nil, "terminal", "warning: xterm-256color, 120x36, locale de_DE.ISO-8859-1 · set LANG"},
		{"Latin-1 with --ascii", map[string]string{"LANG": "de_DE.ISO-8859-1"}, func(s *System) { s.ASCII = true }, "terminal", "ok: "},
		{"UTF-8", map[string]string{"LANG": "de_DE.utf8"}, nil, "terminal", "ok: "},
		{"256 colours", nil, nil, "colours", "ok: 256 colours · if the terminal has 24-bit colours, set COLORTERM"},
		{"true colour", map[string]string{"COLORTERM": "truecolor"}, nil, "colours", "ok: 24-bit colours · "},
		{"16 colours", map[string]string{"TERM": "xterm"}, nil, "colours", "ok: 16 colours"},
		{"NO_COLOR", map[string]string{"NO_COLOR": "1"}, nil, "colours", "ok: off, because NO_COLOR is set"},
		{"CLICOLOR", map[string]string{"CLICOLOR": "0"}, nil, "colours", "ok: off, because CLICOLOR is 0"},
		{"no colours", map[string]string{"TERM": "vt100"}, nil, "colours", "warning: none for TERM=vt100 · if"},
		{"no colours in a pipe", map[string]string{"TERM": ""}, func(s *System) { s.Terminal = false }, "colours", "unknown: "},
		{"both clipboards", map[string]string{"DISPLAY": ":0"}, nil, "clipboard", "ok: the system's, and the terminal's (OSC 52) · "},
		{"no display", nil, nil, "clipboard", "ok: the terminal's (OSC 52) · if nothing arrives"},
		{"tmux", map[string]string{"TMUX": "x"}, nil, "clipboard", "ok: the terminal's (OSC 52) · tmux needs set -g set-clipboard on"},
		{"no tool", map[string]string{"DISPLAY": ":0"}, func(s *System) { s.ClipboardTool = false }, "clipboard", "ok: the terminal's (OSC 52)"},
		{"console", map[string]string{"TERM": "linux"}, nil, "clipboard", "warning: none"},
		{"console with a display", map[string]string{"TERM": "linux", "WAYLAND_DISPLAY": "w"}, nil, "clipboard", "ok: the system's · "},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			env := map[string]string{"TERM": "xterm-256color"}
			maps.Copy(env, tc.env)
			s := System{GOOS: "linux", Getenv: func(key string) string { return env[key] }, Terminal: true, Width: 120, Height: 36, ClipboardTool: true}
			if tc.edit != nil {
				tc.edit(&s)
			}
			if got := line(find(t, TerminalChecks(s), tc.check)); !strings.Contains(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// api is a server with fixed answers. It counts the requests.
type api struct {
	server    model.Server
	serverErr error
	access    model.Access
	accessErr error
	skew      time.Duration
	rate      model.RateLimit
	requests  []string
}

func (a *api) Server(context.Context) (model.Server, error) {
	a.requests = append(a.requests, "server")
	if a.serverErr != nil {
		return model.Server{}, a.serverErr
	}
	return a.server, nil
}

func (a *api) Access(context.Context) (model.Access, error) {
	a.requests = append(a.requests, "access")
	return a.access, a.accessErr
}

func (a *api) ClockSkew() (time.Duration, bool) { return a.skew, a.serverErr == nil }
func (a *api) Rate() model.RateLimit            { return a.rate }

func TestAnswers(t *testing.T) {
	t.Parallel()
	apiErr := func(code model.ErrorCode) error {
		return &model.Error{Code: code, Host: "h", Message: "failed", Remedy: "do this"}
	}
	full := model.Access{Known: true, Permissions: []string{model.PermissionWrite, model.PermissionDelete}}
	for _, tc := range []struct {
		name     string
		edit     func(*api, *Answers)
		listErr  error
		check    string
		want     string
		requests string
	}{
		{name: "good", check: "API", want: "ok: https://h/api, version 1.2", requests: "server list access"},
		{name: "old server", edit: func(s *api, _ *Answers) { s.serverErr = apiErr(model.NotFound) }, check: "API", want: "ok: https://h/api, version not known"},
		{name: "offline", edit: func(s *api, _ *Answers) { s.serverErr = apiErr(model.Network) }, check: "API", want: "error: h: failed · do this", requests: "server"},
		{name: "offline, clock", edit: func(s *api, _ *Answers) { s.serverErr = apiErr(model.Network) }, check: "clock", want: "unknown: "},
		{name: "offline, permissions", edit: func(s *api, _ *Answers) { s.serverErr = apiErr(model.Network) }, check: "permissions", want: "unknown: "},
		{name: "offline, limit", edit: func(s *api, _ *Answers) { s.serverErr = apiErr(model.Network) }, check: "rate limit", want: "unknown: "},
		{name: "offline, credentials", edit: func(s *api, _ *Answers) { s.serverErr = apiErr(model.Network) }, check: "credentials", want: "unknown: DAYTONA_API_KEY, not checked: "},
		{name: "list fails, credentials", listErr: apiErr(model.ServerError), check: "credentials", want: "unknown: DAYTONA_API_KEY, not checked: "},
		{name: "invalid URL, permissions", edit: func(_ *api, a *Answers) { a.URLErr = errors.New("no URL") }, check: "permissions", want: "unknown: not checked: the API did not answer"},
		{name: "list fails", listErr: apiErr(model.ServerError), check: "API", want: "error: h: failed · do this", requests: "server list"},
		{name: "refused", listErr: apiErr(model.Unauthorized), check: "credentials", want: "error: h: failed · do this"},
		{name: "refused, API", listErr: apiErr(model.Unauthorized), check: "API", want: "ok: "},
		{name: "no credentials", edit: func(_ *api, a *Answers) { a.CredentialsErr = config.ErrNoCredentials }, check: "permissions", want: "unknown: not checked: no credentials", requests: "server"},
		{name: "invalid URL", edit: func(_ *api, a *Answers) { a.URLErr = errors.New("no URL") }, check: "API", want: "error: no URL"},
		{name: "unencrypted", edit: func(_ *api, a *Answers) { a.Insecure = true }, check: "credentials", want: "warning: DAYTONA_API_KEY, sent unencrypted · use https://"},
		{name: "expired", edit: func(_ *api, a *Answers) { a.Expires = now().Add(-time.Hour) }, check: "credentials", want: "warning: DAYTONA_API_KEY, expired 1h ago · log in"},
		{name: "clock behind", edit: func(s *api, _ *Answers) { s.skew = 3 * time.Minute }, check: "clock", want: "warning: 3m00s behind the server · set the clock"},
		{name: "clock ahead", edit: func(s *api, _ *Answers) { s.skew = -time.Hour }, check: "clock", want: "warning: 1h00m ahead of the server"},
		{name: "view only", edit: func(s *api, _ *Answers) { s.access = model.Access{Known: true} }, check: "permissions", want: "warning: the credential lacks the permissions write:snapshots and delete:snapshots · to change"},
		{name: "role", edit: func(s *api, _ *Answers) { s.access = model.Access{} }, check: "permissions", want: "ok: those of your role"},
		{name: "no answer about permissions", edit: func(s *api, _ *Answers) { s.accessErr = apiErr(model.ServerError) }, check: "permissions", want: "warning: not known"},
		{name: "key expires", edit: func(s *api, _ *Answers) { s.access.ExpiresAt = model.SomeTime(now().Add(25 * time.Hour)) }, check: "permissions", want: "warning: write and delete; the key expires in 1d · create"},
		{name: "limit", edit: func(s *api, _ *Answers) { s.rate = model.RateLimit{Known: true, Limit: 4000, Remaining: 3000} }, check: "rate limit", want: "ok: 3,000 of 4,000 requests left per minute · "},
		{name: "limit used up", edit: func(s *api, _ *Answers) { s.rate = model.RateLimit{Known: true, Limit: 4000, Remaining: 999} }, check: "rate limit", want: "warning: 999 of 4,000"},
		{name: "limit of the configuration", check: "rate limit", want: "ok: 4,000 requests per minute, remaining number not known"},
		{name: "rate limited", listErr: apiErr(model.RateLimited), check: "rate limit", want: "error: h: failed · do this"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			server := &api{server: model.Server{Version: "1.2", RateLimit: model.RateLimit{Known: true, Limit: 4000, Window: time.Minute}}, access: full}
			a := &Answers{URL: "https://h/api", Source: "DAYTONA_API_KEY"}
			if tc.edit != nil {
				tc.edit(server, a)
			}
			a.Ask(t.Context(), server, func(context.Context) error {
				server.requests = append(server.requests, "list")
				return tc.listErr
			})
			if got := line(find(t, a.Checks(now()), tc.check)); !strings.HasPrefix(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			if got := strings.Join(server.requests, " "); tc.requests != "" && got != tc.requests {
				t.Errorf("requests %q, want %q", got, tc.requests)
			}
		})
	}
}

func TestState(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state", "rebuilds")
	checks := State(dir, now())
	if got := line(find(t, checks, "journal")); got != "ok: "+dir+", empty · " {
		t.Error(got)
	}
	if _, err := os.Stat(filepath.Dir(dir)); err == nil {
		t.Error("the check leaves a directory")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "0123456789ab.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	checks = State(dir, now())
	if got := line(find(t, checks, "journal")); !strings.HasPrefix(got, "error: 0 interrupted actions, 1 damaged file · see snapdeck recover") {
		t.Error(got)
	}
	if summary, first := FirstError(checks); !errors.Is(first, ErrUnfinished) || summary != "1 error found" {
		t.Errorf("%v, %s", first, summary)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := line(find(t, State(filepath.Join(file, "rebuilds"), now()), "journal")); !strings.HasPrefix(got, "error: no rebuild or delete can save its recipe: ") {
		t.Error(got)
	}
}

func TestStateIsReadOnly(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" || os.Getuid() == 0 {
		t.Skip("permissions do not bind this user")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	if got := line(find(t, State(filepath.Join(dir, "rebuilds"), now()), "journal")); !strings.Contains(got, "permission denied · make the directory writable") {
		t.Error(got)
	}
}

func TestConfiguration(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "config.yaml")
	problem := config.Problem{File: "c.yaml", Line: 1, Column: 2, Message: "odd"}
	for want, c := range map[string]Check{
		"ok: " + missing + " does not exist: all defaults · ":                      Configuration(missing, nil, nil),
		"warning: c.yaml:1:2: odd · ":                                              Configuration(missing, nil, []config.Problem{problem}),
		"warning: c.yaml:1:2: odd (and 1 more) · ":                                 Configuration(missing, nil, []config.Problem{problem, problem}),
		"error: c.yaml:1:2: odd · correct the value, or remove it for the default": Configuration(missing, problem, nil),
		"error: no file · check the path of --config":                              Configuration(missing, errors.New("no file"), nil),
	} {
		if got := line(c); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestWriteEscapes(t *testing.T) {
	t.Parallel()
	checks := []Check{passed("API", "a\x1b[31mb\nc\u202e", "")}
	var out, raw bytes.Buffer
	if err := errors.Join(WriteText(&out, checks), WriteJSON(&raw, checks)); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != "ok       API            a^[[31mb↵c<U+202E>\n" {
		t.Errorf("%q", got)
	}
	var decoded []Check
	if err := json.Unmarshal(raw.Bytes(), &decoded); err != nil || decoded[0].Detail != checks[0].Detail || strings.ContainsAny(raw.String(), "\x1b\u202e") {
		t.Errorf("%v, %q", err, raw.String())
	}
}

// TestActionsOfTheJournal are counted by what they do.
func TestActionsOfTheJournal(t *testing.T) {
	t.Parallel()
	for want, modes := range map[string][]model.RebuildMode{
		"2 interrupted restores": {model.Restore, model.Restore},
		"1 interrupted rebuild":  {model.VerifyFirst},
		"2 interrupted actions":  {model.Create, model.InPlace},
		"0 interrupted actions":  nil,
	} {
		if got := countActions("interrupted", modes); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
