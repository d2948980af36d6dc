//go:build unix

package e2e

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"daytona/snapdeck/internal/ptytest"
)

// TestKilledDemo: the next start removes the directory of a killed demo, and not that of
// a running one.
func TestKilledDemo(t *testing.T) {
	t.Parallel()
	temp := t.TempDir()
	start := func() *ptytest.Terminal {
		cmd := program(t, "--demo")
		cmd.Env = append(cmd.Env, "TMPDIR="+temp)
		tty := ptytest.Start(t, cmd, ptytest.Options{})
		tty.WaitFor("120 snapshots")
		tty.Replied()
		return tty
	}
	dirs := func() (n int) {
		entries, err := os.ReadDir(temp)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			if entry.IsDir() {
				n++
			}
		}
		return n
	}
	running, killed := start(), start()
	killed.Signal(syscall.SIGKILL)
	killed.ExitCode()
	if n := dirs(); n != 2 {
		t.Errorf("%d directories after the kill, want 2", n)
	}
	next := start()
	next.WaitUntil("the directory is removed", func() bool { return dirs() == 2 })
	for _, tty := range []*ptytest.Terminal{running, next} {
		tty.Type("q")
		tty.ExitCode()
	}
	if left, _ := filepath.Glob(filepath.Join(temp, "*")); len(left) > 0 {
		t.Errorf("left %q", left)
	}
}
