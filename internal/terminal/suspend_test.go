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

// startShell runs the program in a shell with job control.
func startShell(t *testing.T) *ptytest.Terminal {
	t.Helper()
	program, _ := command(t)
	cmd := exec.Command("bash", "--norc", "--noprofile", "-i")
	cmd.Env = append(program.Env, "PS1=prompt> ", "BASH_SILENCE_DEPRECATION_WARNING=1", "HISTFILE=", "INPUTRC=/dev/null")
	cmd.Stderr = nil
	tty := ptytest.Start(t, cmd, ptytest.Options{Stderr: true})
	tty.WaitFor("prompt>")
	tty.Type(program.Path + "\r")
	tty.WaitFor("suspend=true")
	return tty
}

func TestSuspendAndForeground(t *testing.T) {
	t.Parallel()
	tty := startShell(t)
	tty.Type("x\x1a")
	tty.WaitFor("Stopped")
	if tty.ModeSet(ansi.ModeAltScreenSaveCursor) || !tty.ModeSet(ansi.ModeTextCursorEnable) || tty.ModeSet(ansi.ModeFocusEvent) {
		t.Error("the terminal is not restored for the shell")
	}
	if n := savedTitles(tty); n != 0 {
		t.Errorf("%d window titles saved while the shell uses the terminal", n)
	}
	tty.Type("echo sh''ell\r")
	tty.WaitFor("shell")
	tty.Type("fg\r")
	tty.WaitFor("keys: <x> <ctrl+z>")
	tty.WaitFor("resumed=")
	tty.Type("y")
	tty.WaitFor("<y>")
	tty.WaitUntil("the title is saved again", func() bool { return savedTitles(tty) == 1 })
	tty.Type("q")
	tty.WaitFor("prompt>")
	tty.Type("echo code=$?\r")
	tty.WaitFor("code=0")
	tty.Flushed()
	if n := savedTitles(tty); n != 0 {
		t.Errorf("%d window titles saved after the exit", n)
	}
}

func TestSuspendTwiceAndBackground(t *testing.T) {
	t.Parallel()
	tty := startShell(t)
	tty.Type("\x1a")
	tty.WaitFor("Stopped")
	tty.Type("bg; while jobs | grep -q Running; do :; done; echo aga''in\r")
	tty.WaitFor("again")
	tty.Type("fg\r")
	tty.WaitFor("ready")
	tty.Type("\x1a")
	tty.WaitForNo("ready")
	tty.Type("fg\r")
	tty.WaitFor("ready")
	tty.Type("q")
	tty.WaitFor("prompt>")
}

// TestSuspendWithoutAShell: a program that leads its session ignores ctrl+z, because
// no shell could resume it.
func TestSuspendWithoutAShell(t *testing.T) {
	t.Parallel()
	tty, _ := start(t, ptytest.Options{})
	tty.Type("\x1a")
	tty.WaitFor("resumed=1")
	tty.Type("x")
	tty.WaitFor("<x>")
}

func TestKillWhileSuspended(t *testing.T) {
	t.Parallel()
	tty := startShell(t)
	tty.Type("\x1a")
	tty.WaitFor("Stopped")
	tty.Type("kill %1\r")
	tty.WaitFor("ended by signal: terminated")
	tty.Type("until jobs | grep Exit; do sleep 0.05; done\r")
	tty.WaitFor("Exit 143")
}

func TestContinuedAfterStop(t *testing.T) {
	t.Parallel()
	tty := startShell(t)
	tty.Type("x")
	tty.WaitFor("<x>")
	pid, err := strconv.Atoi(regexp.MustCompile(`pid=(\d+)`).FindStringSubmatch(tty.Screen())[1])
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	tty.WaitFor("Stopped")
	tty.Type("fg\r")
	tty.WaitForNo("Stopped")
	tty.WaitFor("resumed=1")
	if !tty.ModeSet(ansi.ModeBracketedPaste) || tty.ModeSet(ansi.ModeTextCursorEnable) {
		t.Error("the terminal still has the modes of the shell")
	}
	tty.Type("y") // no enter: the terminal is raw again
	tty.WaitFor("<x> <y>")
	tty.Type("q")
	tty.WaitFor("prompt>")
	tty.Type("echo code=$?\r")
	tty.WaitFor("code=0")
}

func TestEditorUsesTheTerminal(t *testing.T) {
	t.Parallel()
	tty, _ := start(t, ptytest.Options{})
	tty.Type("E")
	tty.WaitFor("editing")
	if n := savedTitles(tty); n != 0 {
		t.Errorf("%d window titles saved while an editor runs", n)
	}
	tty.Type("text\r")
	tty.WaitFor("edited:<nil>")
	tty.Type("E")
	tty.WaitUntil("the editor runs again", func() bool { return strings.Count(tty.Screen(), "editing") == 2 })
	tty.Type("\x03") // ends the editor and not the program
	tty.WaitFor("edited:signal: interrupt")
	tty.Type("q")
	if code := tty.ExitCode(); code != 0 {
		t.Errorf("exit code %d, want 0", code)
	}
	checkRestored(t, tty)
}
