//go:build unix

package e2e

import (
	"image/color"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"daytona/snapdeck/internal/ptytest"
)

func TestExitRestoresTheTerminal(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		end  func(*ptytest.Terminal)
		code int
	}{
		{"q", func(tty *ptytest.Terminal) { tty.Type("q") }, 0},
		{"ctrl+c", func(tty *ptytest.Terminal) { tty.Type("\x03") }, 0},
		{"SIGINT", func(tty *ptytest.Terminal) { tty.Signal(syscall.SIGINT) }, 130},
		{"SIGTERM", func(tty *ptytest.Terminal) { tty.Signal(syscall.SIGTERM) }, 143},
		{"SIGHUP", func(tty *ptytest.Terminal) { tty.Signal(syscall.SIGHUP) }, 129},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			tty := startDemo(t)
			if !tty.ModeSet(ansi.ModeAltScreenSaveCursor) || tty.ModeSet(ansi.ModeTextCursorEnable) {
				t.Error("not on the alternate screen with the cursor hidden")
			}
			tc.end(tty)
			checkExit(t, tty, tc.code)
		})
	}
}

func TestHangup(t *testing.T) {
	t.Parallel()
	tty := startDemo(t)
	tty.Hangup()
	if code := tty.ExitCode(); code != 129 {
		t.Errorf("exit code %d, want 129", code)
	}
}

func TestFilterResizeHelp(t *testing.T) {
	t.Parallel()
	tty := startDemo(t)
	tty.Type("/")
	tty.WaitFor("esc cancel")
	tty.Type("node")
	tty.WaitFor("of 120")
	tty.WaitFor("observability-node-18-slim")
	tty.Resize(60, 20)
	tty.WaitFor("observabi…-18-slim")
	tty.Type("\x1b")
	tty.WaitForNo("of 120")
	tty.Type("?")
	tty.WaitFor("LOOK")
	tty.Type("q")
	tty.WaitForNo("LOOK")
	tty.Type("\x03")
	checkExit(t, tty, 0)
}

// TestTheme is not parallel, because the dashboard waits only 200 ms for the background.
func TestTheme(t *testing.T) {
	frame := func(o ptytest.Options, env string, args ...string) string {
		cmd := program(t, append([]string{"--demo"}, args...)...)
		cmd.Env = append(cmd.Env, "COLORTERM=truecolor", env)
		tty := ptytest.Start(t, cmd, o)
		tty.WaitFor("120 snapshots")
		tty.Type("q")
		tty.ExitCode()
		tty.Flushed()
		return tty.Output()
	}
	colours := regexp.MustCompile(`\x1b\[[0-9;]*[34]8;2;`)
	const failedDark = "38;2;247;118;142" // F7768E
	if dark := frame(ptytest.Options{}, ""); !strings.Contains(dark, failedDark) {
		t.Error("a dark terminal does not get the dark theme")
	}
	light := frame(ptytest.Options{Background: color.White}, "")
	for range 20 { // on a busy machine the reply may be late
		if !strings.Contains(light, failedDark) {
			break
		}
		light = frame(ptytest.Options{Background: color.White}, "")
	}
	if strings.Contains(light, failedDark) || !colours.MatchString(light) {
		t.Error("a light terminal does not get the light theme")
	}
	if chosen := frame(ptytest.Options{}, "", "--theme", "light"); strings.Contains(chosen, failedDark) {
		t.Error("--theme light is dark")
	}
	if plain := frame(ptytest.Options{}, "NO_COLOR=1"); regexp.MustCompile(`\x1b\[[0-9;]+m`).MatchString(plain) {
		t.Error("NO_COLOR has no effect")
	}
	ascii := frame(ptytest.Options{}, "", "--ascii")
	if i := strings.IndexFunc(ascii, func(r rune) bool { return r > '~' }); i >= 0 {
		t.Errorf("--ascii draws %q", ascii[i:i+4])
	}
}

func TestSuspendFromAShell(t *testing.T) {
	t.Parallel()
	snapdeck := program(t)
	shell := exec.CommandContext(t.Context(), "bash", "--norc", "--noprofile", "-i")
	shell.Env = append(snapdeck.Env, "PS1=prompt> ", "HISTFILE=")
	tty := ptytest.Start(t, shell, ptytest.Options{Stderr: true})
	tty.WaitFor("prompt>")
	tty.Type(snapdeck.Path + " --demo\r")
	tty.WaitFor("120 snapshots")
	tty.Type("\x1a")
	tty.WaitFor("Stopped")
	tty.Type("fg\r")
	tty.WaitFor("120 snapshots")
	tty.Type("q")
	tty.WaitFor("prompt> fg") // the screen of the shell is back
	tty.Type("echo code=$?\r")
	tty.WaitFor("code=0")
}

// TestSuspendWithoutAShell: a program that leads its session, as in docker run, cannot be
// resumed.
func TestSuspendWithoutAShell(t *testing.T) {
	t.Parallel()
	tty := startDemo(t)
	tty.Type("\x1a")
	tty.WaitFor("not started from a shell")
	tty.Type("\x03")
	checkExit(t, tty, 0)
}

func TestStartErrors(t *testing.T) {
	t.Parallel()
	cmd := program(t, "--demo")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // no controlling terminal either
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 2 || strings.Count(string(out), "\n") != 1 {
		t.Errorf("without a terminal: %v, %q; want exit code 2 and one line", err, out)
	}

	tty := ptytest.Start(t, program(t), ptytest.Options{})
	if code := tty.ExitCode(); code != 4 || strings.Count(tty.Stderr(), "\n") != 1 || !strings.Contains(tty.Stderr(), "--demo") {
		t.Errorf("without credentials: exit code %d, %q; want 4 and one line that names --demo", code, tty.Stderr())
	}
	if err := tty.CheckRestored(); err != nil || tty.Output() != "\x1b]5522;flushed\a" {
		t.Errorf("the terminal was touched: %v, %q", err, tty.Output())
	}

	dumb := program(t, "--demo")
	dumb.Env = append(dumb.Env, "TERM=dumb")
	if code := ptytest.Start(t, dumb, ptytest.Options{}).ExitCode(); code != 2 {
		t.Errorf("on a dumb terminal: exit code %d, want 2", code)
	}
}

// TestRedirectedInput: the dashboard reads from the controlling terminal if stdin is not a
// terminal.
func TestRedirectedInput(t *testing.T) {
	t.Parallel()
	cmd := program(t)
	shell := exec.CommandContext(t.Context(), "sh", "-c", `exec "$0" --demo </dev/null`, cmd.Path)
	shell.Env = cmd.Env
	tty := ptytest.Start(t, shell, ptytest.Options{})
	tty.WaitFor("120 snapshots")
	tty.Type("q")
	checkExit(t, tty, 0)
}
