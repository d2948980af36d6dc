//go:build linux

package e2e

import (
	"strings"
	"syscall"
	"testing"

	"daytona/snapdeck/internal/ptytest"
)

// What a question shows once it accepts an answer.
const (
	armed     = "● y"
	armedWord = "● enter"
)

// TestExitDuringRebuild: the last line of output contains the command that resumes the
// rebuild.
func TestExitDuringRebuild(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		end  func(*ptytest.Terminal)
		code int
	}{
		{"ctrl+c", func(tty *ptytest.Terminal) { tty.Type("\x03") }, 5},
		{"q", func(tty *ptytest.Terminal) {
			tty.Type("q")
			tty.WaitFor("The rebuild is interrupted")
			tty.WaitFor(armed)
			tty.Type("y")
		}, 5},
		{"SIGTERM", func(tty *ptytest.Terminal) { tty.Signal(syscall.SIGTERM) }, 143},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			tty := s.rebuildUntil(inPlace, faultPoint{"delete", true})
			tc.end(tty)
			if code := tty.ExitCode(); code != tc.code {
				t.Errorf("exit code %d, want %d", code, tc.code)
			}
			s.resume()
			if err := tty.CheckRestored(); err != nil {
				t.Errorf("the terminal is not restored: %v", err)
			}
			if want := "snapdeck: the rebuild of " + target + " is unfinished, its recipe is saved: snapdeck recover --resume\n"; tty.Stderr() != want {
				t.Errorf("stderr is %q, want %q", tty.Stderr(), want)
			}
			s.runRecover()
			if got := s.checkIntact(); got != "rebuilt" {
				t.Errorf("the snapshot is %s", got)
			}
		})
	}
}

// killedRebuild returns a server with a rebuild that was interrupted by SIGKILL.
func killedRebuild(t *testing.T) *faultyServer {
	t.Helper()
	s := newServer(t)
	tty := s.rebuildUntil(inPlace, faultPoint{"delete", true})
	tty.Signal(syscall.SIGKILL)
	tty.ExitCode()
	s.resume()
	return s
}

func TestStartOffersToResume(t *testing.T) {
	t.Parallel()
	s := killedRebuild(t)
	tty := ptytest.Start(t, s.program("--interval", "1s"), ptytest.Options{})
	tty.WaitFor("1 rebuild unfinished")
	tty.WaitFor(target)
	tty.WaitFor(armed)
	tty.Type("y")
	s.waitUntil("the journal is empty", func() bool { return len(s.journalFiles()) == 0 })
	if got := s.checkIntact(); got != "rebuilt" {
		t.Errorf("the snapshot is %s", got)
	}
	tty.Type("\x03")
	if code := tty.ExitCode(); code != 0 || tty.Stderr() != "" {
		t.Errorf("exit code %d, stderr %q", code, tty.Stderr())
	}
}

func TestRecoverConfirms(t *testing.T) {
	t.Parallel()
	s := killedRebuild(t)
	for _, tc := range []struct {
		answer string
		code   int
	}{{"\r", 5}, {"n\r", 5}, {"\x03", 130}, {"y\r", 0}} {
		tty := ptytest.Start(t, s.program("recover", "--resume"), ptytest.Options{Width: 160, Height: 30})
		tty.WaitFor("Resume it at 127.0.0.1:")
		if !strings.Contains(tty.Screen(), target) {
			t.Errorf("the rebuild is not shown:\n%s", tty.Screen())
		}
		tty.Type(tc.answer)
		if code := tty.ExitCode(); code != tc.code {
			t.Errorf("answered %q: exit code %d, want %d; stderr %s", tc.answer, code, tc.code, tty.Stderr())
		}
	}
	if got := s.checkIntact(); got != "rebuilt" {
		t.Errorf("the snapshot is %s", got)
	}
}
