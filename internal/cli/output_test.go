package cli

import (
	"strings"
	"testing"
)

// What cobra prints fails like any other output, here on a file that is only readable.
func TestOutputThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	for _, args := range []string{
		"--help", "help", "help list", "list --help", "--version", "version", "exit-codes", "help exit-codes",
		"completion", "completion bash", "completion zsh", "completion fish", "completion powershell",
	} {
		env := newEnvironment(t, t.TempDir(), nil)
		env.Out = env.In
		code := Run(strings.Fields(args), env)
		if got := readFile(t, env.Err); code != exitFailed || !strings.HasPrefix(got, "snapdeck: write ") || strings.Count(got, "\n") != 1 {
			t.Errorf("%s: code %d, stderr %q", args, code, got)
		}
	}
}
