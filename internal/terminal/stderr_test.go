//go:build unix

package terminal_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daytona/snapdeck/internal/ptytest"
	"daytona/snapdeck/internal/terminal"
)

// Output to stderr while the dashboard is on the screen does not reach the terminal. The
// next start reports it.
func TestStderrIsKeptOffTheScreen(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{
		"L": "a line of a library",
		"K": "fatal error: sync: unlock of unlocked mutex",
	} {
		tty, dir := start(t, ptytest.Options{Stderr: true})
		tty.Type(key)
		if key == "L" {
			tty.WaitFor("<L>")
			tty.Type("q")
		}
		tty.ExitCode()
		if strings.Contains(tty.Output(), want) {
			t.Errorf("%s: the terminal got %q", key, want)
		}
		reports := terminal.StderrReports(dir)
		if len(reports) != 1 {
			t.Fatalf("%s: %d reports, want 1", key, len(reports))
		}
		info, err := os.Stat(reports[0])
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, error %v", key, info.Mode(), err)
		}
		if text, err := os.ReadFile(reports[0]); err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s: the report is %q, error %v", key, text, err)
		}
		if again := terminal.StderrReports(dir); len(again) > 0 {
			t.Errorf("%s: reported again: %q", key, again)
		}
	}
}

func TestNoStderrReportWithoutOutput(t *testing.T) {
	t.Parallel()
	tty, dir := start(t, ptytest.Options{Stderr: true})
	if running := terminal.StderrReports(dir); len(running) > 0 {
		t.Errorf("the report of a running process was taken: %q", running)
	}
	tty.Type("q")
	tty.ExitCode()
	if left, _ := filepath.Glob(filepath.Join(dir, "*stderr*")); len(left) > 0 {
		t.Errorf("left %q", left)
	}
}
