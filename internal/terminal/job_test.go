//go:build unix

package terminal_test

import (
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"daytona/snapdeck/internal/ptytest"
)

// shell starts a shell with job control and runs the program in it.
func shell(t *testing.T) *ptytest.Terminal {
	t.Helper()
	program, _ := command(t)
	cmd := exec.Command("bash", "--norc", "--noprofile", "-i")
	cmd.Env = append(program.Env, "PS1=prompt> ", "BASH_SILENCE_DEPRECATION_WARNING=1", "HISTFILE=", "INPUTRC=/dev/null")
	cmd.Stderr = nil
	tty := ptytest.Start(t, cmd, ptytest.Options{Stderr: true})
	tty.Sees("prompt>")
	tty.Type(program.Path + "\r")
	tty.Sees("suspend=true")
	return tty
}

func TestSuspendAndForeground(t *testing.T) {
	t.Parallel()
	tty := shell(t)
	tty.Type("x\x1a")
	tty.Sees("Stopped")
	if tty.On(ansi.ModeAltScreenSaveCursor) || !tty.On(ansi.ModeTextCursorEnable) || tty.On(ansi.ModeFocusEvent) {
		t.Error("the shell did not get its terminal back")
	}
	if n := taken(tty); n != 0 {
		t.Errorf("%d titles are kept while the shell has the terminal", n)
	}
	tty.Type("echo sh''ell\r")
	tty.Sees("shell")
	tty.Type("fg\r")
	tty.Sees("keys: <x> <ctrl+z>")
	tty.Sees("resumed=")
	tty.Type("y")
	tty.Sees("<y>")
	tty.Until("the title is kept again", func() bool { return taken(tty) == 1 })
	tty.Type("q")
	tty.Sees("prompt>")
	tty.Type("echo code=$?\r")
	tty.Sees("code=0")
	tty.Flushed()
	if n := taken(tty); n != 0 {
		t.Errorf("%d titles are kept after the end", n)
	}
}

func TestSuspendTwiceAndBackground(t *testing.T) {
	t.Parallel()
	tty := shell(t)
	tty.Type("\x1a")
	tty.Sees("Stopped")
	tty.Type("bg; while jobs | grep -q Running; do :; done; echo aga''in\r")
	tty.Sees("again")
	tty.Type("fg\r")
	tty.Sees("ready")
	tty.Type("\x1a")
	tty.SeesNot("ready")
	tty.Type("fg\r")
	tty.Sees("ready")
	tty.Type("q")
	tty.Sees("prompt>")
}

// The program leads its session here: nobody would wake it.
func TestSuspendIsIgnoredWithoutAShell(t *testing.T) {
	t.Parallel()
	tty, _ := start(t, ptytest.Options{})
	tty.Type("\x1a")
	tty.Sees("resumed=1")
	tty.Type("x")
	tty.Sees("<x>")
}

func TestKillWhileSuspended(t *testing.T) {
	t.Parallel()
	tty := shell(t)
	tty.Type("\x1a")
	tty.Sees("Stopped")
	tty.Type("kill %1\r")
	tty.Sees("ended by a signal: terminated")
	tty.Type("until jobs | grep Exit; do sleep 0.05; done\r")
	tty.Sees("Exit 143")
}

func TestContinuedAfterStop(t *testing.T) {
	t.Parallel()
	tty := shell(t)
	tty.Type("x")
	tty.Sees("<x>")
	pid, err := strconv.Atoi(regexp.MustCompile(`pid=(\d+)`).FindStringSubmatch(tty.Screen())[1])
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	tty.Sees("Stopped")
	tty.Type("fg\r")
	tty.SeesNot("Stopped")
	tty.Sees("resumed=1")
	if !tty.On(ansi.ModeBracketedPaste) || tty.On(ansi.ModeTextCursorEnable) {
		t.Error("the modes of the terminal are still those of the shell")
	}
	tty.Type("y") // no enter: the terminal is raw again
	tty.Sees("<x> <y>")
	tty.Type("q")
	tty.Sees("prompt>")
	tty.Type("echo code=$?\r")
	tty.Sees("code=0")
}

func TestEditorHasTheTerminal(t *testing.T) {
	t.Parallel()
	tty, _ := start(t, ptytest.Options{})
	tty.Type("E")
	tty.Sees("editing")
	if n := taken(tty); n != 0 {
		t.Errorf("an editor runs on a terminal of which %d of ours is taken", n)
	}
	tty.Type("text\r")
	tty.Sees("edited:<nil>")
	tty.Type("E")
	tty.Until("it is edited again", func() bool { return strings.Count(tty.Screen(), "editing") == 2 })
	tty.Type("\x03") // ends the editor and not the program
	tty.Sees("edited:signal: interrupt")
	tty.Type("q")
	if code := tty.Wait(); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
	restored(t, tty)
}
