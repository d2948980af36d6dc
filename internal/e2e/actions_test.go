//go:build linux

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daytona/snapdeck/internal/ptytest"
)

// TestDemoLeavesNoFiles: a demo does not use the user's journal and log, and deletes its
// own.
func TestDemoLeavesNoFiles(t *testing.T) {
	t.Parallel()
	cmd := program(t, "--demo", "--query", "spring-petclinic")
	tempDir := t.TempDir()
	cmd.Env = append(cmd.Env, "TMPDIR="+tempDir)
	tty := ptytest.Start(t, cmd, ptytest.Options{})
	tty.WaitFor("1 of ")
	tty.Type("R")
	tty.WaitFor("esc cancel")
	tty.WaitFor(armed)
	tty.Type("y")
	entries := func(pattern string) []string {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	tty.WaitUntil("the recipe is in the journal", func() bool { return len(entries(filepath.Join(tempDir, "snapdeck-demo-*/rebuilds/*.json"))) == 1 })
	tty.Type("\x03")
	if code := tty.ExitCode(); code != 0 || tty.Stderr() != "" {
		t.Errorf("exit code %d, stderr %q", code, tty.Stderr())
	}
	if files := entries(filepath.Join(tempDir, "*")); len(files) > 0 {
		t.Errorf("files left: %v", files)
	}
	for _, env := range cmd.Env {
		if home, ok := strings.CutPrefix(env, "HOME="); ok {
			if files := entries(filepath.Join(home, ".local/state/snapdeck/rebuilds")); len(files) > 0 {
				t.Errorf("files in the user's journal: %v", files)
			}
		}
	}
}

// TestEditRecipe: the editor uses the terminal, and a dialog shows the change before
// anything is sent.
func TestEditRecipe(t *testing.T) {
	t.Parallel()
	cmd := program(t, "--demo", "--query", "spring-petclinic")
	tempDir := t.TempDir()
	cmd.Env = append(cmd.Env, "TMPDIR="+tempDir, `EDITOR=sh -c 'test -t 0 && test -t 1 && echo "RUN touch /edited" >>"$1"' sh`)
	tty := ptytest.Start(t, cmd, ptytest.Options{})
	tty.WaitFor("1 of ")
	tty.Type("E")
	tty.WaitFor("+ RUN touch /edited")
	tty.WaitFor(armed)
	tty.Type("\x1b")
	tty.WaitForNo("esc cancel")
	if files, _ := filepath.Glob(filepath.Join(tempDir, "snapdeck-edit-*")); len(files) > 0 {
		t.Errorf("files left: %v", files)
	}
	tty.Type("q")
	if code := tty.ExitCode(); code != 0 {
		t.Errorf("exit code %d, stderr %q", code, tty.Stderr())
	}
}

func TestCopyAndActionLog(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	tty := ptytest.Start(t, s.program("--query", target, "--interval", "1s"), ptytest.Options{})
	tty.WaitFor("1 of ")
	tty.Type("y")
	tty.WaitFor("copied the name")
	if want := "\x1b]52;c;emVicmEtcXV1eA==\x07"; !strings.Contains(tty.Output(), want) {
		t.Error("the name is not on the terminal clipboard")
	}
	tty.Type("D")
	tty.WaitFor("type " + target)
	tty.WaitFor(armedWord)
	tty.Type(target)
	tty.WaitFor("› " + target)
	tty.Type("\r")
	log := filepath.Join(s.home, ".local/state/snapdeck/actions.jsonl")
	var written []byte
	tty.WaitUntil("the action is logged", func() bool {
		written, _ = os.ReadFile(log)
		return len(written) > 0
	})
	for _, want := range []string{`"action":"delete"`, target, s.oldID} {
		if !strings.Contains(string(written), want) {
			t.Errorf("the log is %s, want %s in it", written, want)
		}
	}
	tty.Type("\x03")
	tty.ExitCode()
}
