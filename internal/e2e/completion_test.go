//go:build unix

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"daytona/snapdeck/internal/ptytest"
)

// TestShellCompletion presses TAB in the shells that are installed.
func TestShellCompletion(t *testing.T) {
	t.Parallel()
	const bashCompletion = "/usr/share/bash-completion/bash_completion"
	for _, shell := range []struct {
		name  string
		args  []string
		needs string // a file that completion needs
		setup string
	}{
		{"bash", []string{"--norc", "--noprofile", "-i"}, bashCompletion, "source " + bashCompletion + "; source <(snapdeck completion bash)"},
		{"zsh", []string{"-f", "-i"}, "", "autoload -U compinit && compinit -D && source <(snapdeck completion zsh)"},
		{"fish", []string{"--no-config", "-i"}, "", "snapdeck completion fish | source"},
	} {
		t.Run(shell.name, func(t *testing.T) {
			t.Parallel()
			path, err := exec.LookPath(shell.name)
			if err != nil {
				t.Skip("not installed")
			}
			if _, err := os.Stat(shell.needs); shell.needs != "" && err != nil {
				t.Skipf("%s is not installed", shell.needs)
			}
			cmd := exec.CommandContext(t.Context(), path, shell.args...)
			cmd.Env = []string{
				"TERM=xterm-256color", "HOME=" + t.TempDir(), "PS1=> ",
				"PATH=" + filepath.Dir(os.Getenv(binaryEnv)) + ":" + os.Getenv("PATH"),
			}
			tty := ptytest.Start(t, cmd, ptytest.Options{Stderr: true})
			tty.Type(shell.setup + `; echo set""up` + "\r")
			tty.WaitFor("setup")
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
