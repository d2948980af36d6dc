//go:build unix

package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"daytona/snapdeck/internal/ptytest"
)

// TestCompletionInShells sources the completion in the shells that are installed
// and presses TAB in them, as a person does.
func TestCompletionInShells(t *testing.T) {
	t.Parallel()
	const bashCompletion = "/usr/share/bash-completion/bash_completion"
	for _, shell := range []struct {
		name  string
		args  []string
		needs string // a file without which its completion does not work
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
				"PATH=" + filepath.Dir(os.Getenv(built)) + ":" + os.Getenv("PATH"),
			}
			tty := ptytest.Start(t, cmd, ptytest.Options{Stderr: true})
			tty.Type(shell.setup + `; echo set""up` + "\r")
			tty.WaitFor("setup")
			for _, completed := range []struct{ typed, shown string }{
				{"snapdeck wait --demo node-22-ni", "node-22-nightly"},
				{"snapdeck wait x --for build_", "build_failed"},
				{"snapdeck list --demo state:remo", "state:removing"},
				{"snapdeck list --sort slee", "sleeps"},
				{"snapdeck list --demo -- -regi", "-region:"},
				{"snapdeck --demo --query state:remo", "state:removing"},
			} {
				tty.Type(completed.typed + "\t")
				tty.WaitFor(completed.shown)
				tty.Type("\x15") // clear the line
				tty.WaitForNo(completed.shown)
			}
			tty.Type("exit\r")
			tty.ExitCode()
		})
	}
}
