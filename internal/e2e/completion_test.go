//go:build unix

package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"daytona/snapdeck/internal/demo/demotest"
	"daytona/snapdeck/internal/ptytest"
)

// shell is a shell with the completions of the program.
type shell struct {
	name  string
	args  []string
	needs string // a file that completion needs
	setup string
}

const bashCompletion = "/usr/share/bash-completion/bash_completion"

var shells = []shell{
	{"bash", []string{"--norc", "--noprofile", "-i"}, bashCompletion, "source " + bashCompletion + "; source <(snapdeck completion bash)"},
	{"zsh", []string{"-f", "-i"}, "",
		// While zsh runs a completion, the terminal itself would obey ctrl+u.
		"stty kill undef; autoload -U compinit && compinit -D && source <(snapdeck completion zsh)"},
	{"fish", []string{"--no-config", "-i"}, "", "snapdeck completion fish | source"},
}

// start starts the shell in an empty directory. It skips the test if the shell is not
// installed.
func (s shell) start(t *testing.T, env ...string) (tty *ptytest.Terminal, dir string) {
	t.Helper()
	path, err := exec.LookPath(s.name)
	if err != nil {
		t.Skip("not installed")
	}
	if _, err := os.Stat(s.needs); s.needs != "" && err != nil {
		t.Skipf("%s is not installed", s.needs)
	}
	dir = t.TempDir()
	cmd := exec.CommandContext(t.Context(), path, s.args...)
	cmd.Dir = dir
	cmd.Env = append([]string{
		"TERM=xterm-256color", "HOME=" + t.TempDir(), "PS1=> ",
		"PATH=" + filepath.Dir(os.Getenv(binaryEnv)) + ":" + os.Getenv("PATH"),
	}, env...)
	tty = ptytest.Start(t, cmd, ptytest.Options{Stderr: true})
	tty.Type(s.setup + `; echo set""up` + "\r")
	tty.WaitFor("setup")
	return tty, dir
}

// TestShellCompletion presses TAB in the shells that are installed.
func TestShellCompletion(t *testing.T) {
	t.Parallel()
	for _, shell := range shells {
		t.Run(shell.name, func(t *testing.T) {
			t.Parallel()
			tty, _ := shell.start(t)
			for _, tc := range []struct{ input, completion string }{
				{"snapdeck wait --demo node-22-ni", "node-22-nightly"},
				{"snapdeck wait x --for build_", "build_failed"},
				{"snapdeck list --demo state:remo", "state:removing"},
				{"snapdeck list --sort regi", "regions"},
				{"snapdeck list --demo -- -regi", "-region:"},
				{"snapdeck --demo --query state:remo", "state:removing"},
			} {
				tty.Type(tc.input + "\t")
				tty.WaitFor(tc.completion)
				tty.Type("\x15") // clear the line
				tty.WaitForNo(tc.completion)
			}
			tty.Type("exit\r")
			tty.ExitCode()
		})
	}
}

// TestShellCompletionRunsNothing completes names that a shell would run. Each starts with
// another letter and has a sibling, so that the first TAB inserts what they have in
// common, and the second one completes that.
func TestShellCompletionRunsNothing(t *testing.T) {
	t.Parallel()
	hostile := []string{
		"a$(touch ran)", "b`touch ran`", "c;touch ran;", "d&touch ran&", "e|touch ran|", "f>ran", "g(touch ran)",
		"h\ntouch ran\n", `i"$(touch ran)"`, "j'`touch ran`'", `k\$(touch ran)`, "l${x:=$(touch ran)}", "m<(touch ran)", "n touch ran",
		"=$(touch ran)", "~$(touch ran)", "!$(touch ran)", "#$(touch ran)", "*$(touch ran)", "{$(touch ran),}", "q:$(touch ran)", "r=$(touch ran)",
	}
	var items []map[string]string
	for _, name := range hostile {
		for _, suffix := range []string{"x", "y"} {
			items = append(items, map[string]string{"id": name + suffix, "name": name + suffix})
		}
	}
	items = append(items, map[string]string{"id": "z", "name": "team:z/ok_1.2-@3"})
	url := demotest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/regions") {
			_ = json.NewEncoder(w).Encode(items)
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"items": items, "total": len(items), "totalPages": 1, "page": 1})
	}))
	for _, shell := range shells {
		t.Run(shell.name, func(t *testing.T) {
			t.Parallel()
			tty, dir := shell.start(t, "DAYTONA_API_URL="+url, "DAYTONA_API_KEY=k")
			done := 0
			for _, words := range []string{"snapdeck wait ", "snapdeck list region:"} {
				for _, name := range hostile {
					done++
					tty.Type(words + name[:1] + "\t\t")
					tty.Type(fmt.Sprintf("\x15echo do\"\"ne%d.\r", done))
					tty.WaitFor(fmt.Sprintf("done%d.", done))
				}
				tty.Type(words + "tea\t")
				tty.WaitFor("team:z/ok_1.2-@3")
				tty.Type("\x15\r")
			}
			// A quoted word before the completed one.
			tty.Type("snapdeck wait 'a$(touch ran)x' --for build_\t")
			tty.WaitFor("build_failed")
			tty.Type("\x15\r")
			tty.WaitForNo("build_failed")
			tty.Type("exit\r")
			tty.ExitCode()
			if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
				t.Errorf("a completion ran code: %v, %v", files, err)
			}
		})
	}
}
