//go:build linux

package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"daytona/snapdeck/internal/ptytest"
)

// unread is longer than a dialog takes no key after it opened, because nobody can
// have read it; unexpected is the same for one that nobody asked for.
const (
	unread     = 100 * time.Millisecond
	unexpected = 700 * time.Millisecond
)

// TestEndedHalfWay ends the program in the middle of a rebuild. The last line says
// how to finish it, and that works.
func TestEndedHalfWay(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		end  func(*ptytest.Terminal)
		code int
	}{
		{"ctrl+c", func(tty *ptytest.Terminal) { tty.Type("\x03") }, 5},
		{"q", func(tty *ptytest.Terminal) {
			tty.Type("q")
			tty.WaitFor("A rebuild stops half-way")
			time.Sleep(unread)
			tty.Type("y")
		}, 5},
		{"SIGTERM", func(tty *ptytest.Terminal) { tty.Signal(syscall.SIGTERM) }, 143},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			tty := s.play(inPlace, moment{"delete", true})
			tc.end(tty)
			if code := tty.ExitCode(); code != tc.code {
				t.Errorf("exit code %d, want %d", code, tc.code)
			}
			s.resume()
			if err := tty.CheckRestored(); err != nil {
				t.Errorf("the terminal was not given back: %v", err)
			}
			if want := "snapdeck: the rebuild of " + victim + " is unfinished and its recipe is saved: snapdeck recover --finish\n"; tty.Stderr() != want {
				t.Errorf("stderr is %q, want %q", tty.Stderr(), want)
			}
			s.recover()
			if came := s.wantWhole(); came != "made again" {
				t.Errorf("the snapshot is %s", came)
			}
		})
	}
}

// killed is the server, and the program's home, after a rebuild was killed.
func killed(t *testing.T) *stage {
	t.Helper()
	s := newStage(t)
	tty := s.play(inPlace, moment{"delete", true})
	tty.Signal(syscall.SIGKILL)
	tty.ExitCode()
	s.resume()
	return s
}

func TestNextStartOffersToFinish(t *testing.T) {
	t.Parallel()
	s := killed(t)
	tty := ptytest.Start(t, s.program("--interval", "1s"), ptytest.Options{})
	tty.WaitFor("1 rebuild unfinished")
	tty.WaitFor(victim)
	time.Sleep(unexpected)
	tty.Type("y")
	s.until("the recipe is used", func() bool { return len(s.journal()) == 0 })
	if came := s.wantWhole(); came != "made again" {
		t.Errorf("the snapshot is %s", came)
	}
	tty.Type("\x03")
	if code := tty.ExitCode(); code != 0 || tty.Stderr() != "" {
		t.Errorf("exit code %d, stderr %q", code, tty.Stderr())
	}
}

func TestRecoverAsks(t *testing.T) {
	t.Parallel()
	s := killed(t)
	for _, tc := range []struct {
		answer string
		code   int
	}{{"\r", 5}, {"n\r", 5}, {"\x03", 130}, {"y\r", 0}} {
		tty := ptytest.Start(t, s.program("recover", "--finish"), ptytest.Options{Width: 160, Height: 30})
		tty.WaitFor("Finish it at 127.0.0.1:")
		if !strings.Contains(tty.Screen(), victim) {
			t.Errorf("what is finished is not shown:\n%s", tty.Screen())
		}
		tty.Type(tc.answer)
		if code := tty.ExitCode(); code != tc.code {
			t.Errorf("answered %q: exit code %d, want %d; stderr %s", tc.answer, code, tc.code, tty.Stderr())
		}
	}
	if came := s.wantWhole(); came != "made again" {
		t.Errorf("the snapshot is %s", came)
	}
}

// A demo keeps its journal and its log to itself, and takes them along.
func TestDemoLeavesNothing(t *testing.T) {
	t.Parallel()
	cmd := program(t, "--demo", "--query", "spring-petclinic")
	temporary := t.TempDir()
	cmd.Env = append(cmd.Env, "TMPDIR="+temporary)
	tty := ptytest.Start(t, cmd, ptytest.Options{})
	tty.WaitFor("1 of ")
	tty.Type("R")
	tty.WaitFor("esc cancel")
	time.Sleep(unread)
	tty.Type("y")
	entries := func(pattern string) []string {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	tty.WaitUntil("the recipe is saved", func() bool { return len(entries(filepath.Join(temporary, "snapdeck-demo-*/rebuilds/*.json"))) == 1 })
	tty.Type("\x03")
	if code := tty.ExitCode(); code != 0 || tty.Stderr() != "" {
		t.Errorf("exit code %d, stderr %q", code, tty.Stderr())
	}
	if left := entries(filepath.Join(temporary, "*")); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	for _, env := range cmd.Env {
		if home, ok := strings.CutPrefix(env, "HOME="); ok {
			if left := entries(filepath.Join(home, ".local/state/snapdeck/rebuilds")); len(left) > 0 {
				t.Errorf("left in the user's own journal: %v", left)
			}
		}
	}
}

// The editor gets the terminal, and what it writes is shown before anything is done.
func TestEditInTheEditor(t *testing.T) {
	t.Parallel()
	cmd := program(t, "--demo", "--query", "spring-petclinic")
	temporary := t.TempDir()
	cmd.Env = append(cmd.Env, "TMPDIR="+temporary, `EDITOR=sh -c 'test -t 0 && test -t 1 && echo "RUN touch /edited" >>"$1"' sh`)
	tty := ptytest.Start(t, cmd, ptytest.Options{})
	tty.WaitFor("1 of ")
	tty.Type("E")
	tty.WaitFor("+ RUN touch /edited")
	time.Sleep(unread)
	tty.Type("\x1b")
	tty.WaitForNo("esc cancel")
	if left, _ := filepath.Glob(filepath.Join(temporary, "snapdeck-edit-*")); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	tty.Type("q")
	if code := tty.ExitCode(); code != 0 {
		t.Errorf("exit code %d, stderr %q", code, tty.Stderr())
	}
}

// What was done is in the log, and what was copied on the terminal's clipboard.
func TestActionsAndCopies(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	tty := ptytest.Start(t, s.program("--query", victim, "--interval", "1s"), ptytest.Options{})
	tty.WaitFor("1 of ")
	tty.Type("y")
	tty.WaitFor("copied the name")
	if want := "\x1b]52;c;emVicmEtcXV1eA==\x07"; !strings.Contains(tty.Output(), want) {
		t.Error("the name is not on the terminal's clipboard")
	}
	tty.Type("D")
	tty.WaitFor("type " + victim)
	time.Sleep(unread)
	tty.Type(victim)
	tty.WaitFor("› " + victim)
	tty.Type("\r")
	log := filepath.Join(s.home, ".local/state/snapdeck/actions.jsonl")
	var written []byte
	tty.WaitUntil("the action is logged", func() bool {
		written, _ = os.ReadFile(log)
		return len(written) > 0
	})
	for _, want := range []string{`"action":"delete"`, victim, s.old} {
		if !strings.Contains(string(written), want) {
			t.Errorf("the log is %s, without %s", written, want)
		}
	}
	tty.Type("\x03")
	tty.ExitCode()
}
