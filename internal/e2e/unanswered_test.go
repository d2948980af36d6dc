//go:build linux

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"daytona/snapdeck/internal/ptytest"
)

// TestUnansweredDelete kills the program while a delete has no answer. The log says that the
// request was sent, and the next start finds out what became of it.
func TestUnansweredDelete(t *testing.T) {
	t.Parallel()
	for _, carriedOut := range []bool{true, false} {
		point := faultPoint{"delete", carriedOut}
		t.Run(point.String(), func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.injectAt(point, s.block)
			tty := ptytest.Start(t, s.program("--query", target, "--interval", "1s"), ptytest.Options{})
			tty.WaitFor("1 of ")
			tty.Type("D")
			tty.WaitFor(armedWord)
			tty.Type(target)
			tty.WaitFor("› " + target)
			tty.Type("\r")
			<-s.reached
			log := filepath.Join(s.home, ".local/state/snapdeck/actions.jsonl")
			logged := func() []string {
				data, err := os.ReadFile(log)
				if err != nil {
					t.Fatal(err)
				}
				return strings.Split(strings.TrimSpace(string(data)), "\n")
			}
			if lines := logged(); len(lines) != 1 || !strings.Contains(lines[0], `"phase":"sent"`) || !strings.Contains(lines[0], "DELETE /snapshots/"+s.oldID) {
				t.Errorf("before the answer the log is %q", lines)
			}
			tty.Signal(syscall.SIGKILL)
			tty.ExitCode()
			s.resume()

			next := ptytest.Start(t, s.program("--query", target, "--interval", "1s"), ptytest.Options{})
			if carriedOut {
				next.WaitUntil("the end is logged", func() bool {
					lines := logged()
					return len(lines) == 2 && strings.Contains(lines[1], `"outcome":"done"`)
				})
			} else {
				next.WaitFor("outcome unknown")
				if lines := logged(); len(lines) != 1 {
					t.Errorf("the log is %q", lines)
				}
			}
			next.Type("\x03")
			next.ExitCode()
		})
	}
}
