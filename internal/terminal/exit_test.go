//go:build unix

package terminal_test

import (
	"image/color"
	"os"
	"path/filepath"
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
		do   func(*ptytest.Terminal)
		code int
	}{
		{"q", func(tty *ptytest.Terminal) { tty.Type("q") }, 0},
		{"ctrl+c", func(tty *ptytest.Terminal) { tty.Type("\x03") }, 0},
		{"tea.Interrupt", func(tty *ptytest.Terminal) { tty.Type("i") }, 130},
		{"SIGINT", func(tty *ptytest.Terminal) { tty.Signal(syscall.SIGINT) }, 130},
		{"SIGTERM", func(tty *ptytest.Terminal) { tty.Signal(syscall.SIGTERM) }, 143},
		{"SIGHUP", func(tty *ptytest.Terminal) { tty.Signal(syscall.SIGHUP) }, 129},
		{"two SIGTERMs", func(tty *ptytest.Terminal) { tty.Signal(syscall.SIGTERM); tty.Signal(syscall.SIGTERM) }, 143},
		{"panic in Update", func(tty *ptytest.Terminal) { tty.Type("U") }, 1},
		{"panic in View", func(tty *ptytest.Terminal) { tty.Type("V") }, 1},
		{"panic in a command", func(tty *ptytest.Terminal) { tty.Type("C") }, 1},
		{"panic in a batch", func(tty *ptytest.Terminal) { tty.Type("B") }, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			tty, _ := start(t, ptytest.Options{})
			tty.Type("M")
			tty.WaitUntil("the mouse is on", func() bool { return tty.ModeSet(ansi.ModeMouseButtonEvent) })
			if !tty.ModeSet(ansi.ModeAltScreenSaveCursor) || tty.ModeSet(ansi.ModeTextCursorEnable) {
				t.Error("not on the alternate screen with the cursor hidden")
			}
			if n := savedTitles(tty); n != 1 {
				t.Errorf("%d window titles saved, want 1", n)
			}
			tc.do(tty)
			if code := tty.ExitCode(); code != tc.code {
				t.Errorf("exit code %d, want %d; stderr: %s", code, tc.code, tty.Stderr())
			}
			checkRestored(t, tty)
		})
	}
}

func TestPanicWritesAReport(t *testing.T) {
	t.Parallel()
	for key, function := range map[string]string{
		"U": "probe).handleKey", "V": "probe).View", "C": "probe).handleKey", "B": "probe).handleKey",
	} {
		t.Run(key, func(t *testing.T) {
			t.Parallel()
			tty, dir := start(t, ptytest.Options{})
			tty.Type(key)
			tty.ExitCode()
			reports, err := filepath.Glob(filepath.Join(dir, "crash-*.txt"))
			if err != nil || len(reports) != 1 {
				t.Fatalf("want one report, got %v, %v", reports, err)
			}
			info, err := os.Stat(reports[0])
			if err != nil {
				t.Fatal(err)
			}
			if info.Mode().Perm() != 0o600 {
				t.Errorf("the report's mode is %v, want 0600", info.Mode())
			}
			report, err := os.ReadFile(reports[0])
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"test 1\n", `panic: "boom`, function} {
				if !strings.Contains(string(report), want) {
					t.Errorf("the report lacks %q:\n%s", want, report)
				}
			}
			if strings.ContainsRune(string(report), '\x1b') {
				t.Error("the report contains an escape sequence")
			}
			if got, want := tty.Stderr(), "snapdeck crashed, see the report in "+reports[0]+"\n"; got != want {
				t.Errorf("stderr is %q, want %q", got, want)
			}
			tty.Flushed()
			if strings.Contains(tty.Output(), "boom") {
				t.Error("the terminal shows the panic")
			}
		})
	}
}

func TestPanicInInit(t *testing.T) {
	t.Parallel()
	cmd, _ := command(t, panicEnv+"=1")
	tty := ptytest.Start(t, cmd, ptytest.Options{})
	if code := tty.ExitCode(); code != 1 || !strings.Contains(tty.Stderr(), "see the report in") {
		t.Errorf("exit code %d, stderr %q", code, tty.Stderr())
	}
	checkRestored(t, tty)
}

func TestLostTerminal(t *testing.T) {
	t.Parallel()
	for name, env := range map[string]string{"hangup": "", "hangup ignored": "trap '' HUP; "} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd, _ := command(t)
			cmd.Args = []string{"sh", "-c", env + "exec " + cmd.Path}
			cmd.Path = "/bin/sh"
			tty := ptytest.Start(t, cmd, ptytest.Options{})
			tty.WaitFor("ready")
			tty.Hangup()
			if code := tty.ExitCode(); code != 129 {
				t.Errorf("exit code %d, want 129", code)
			}
		})
	}
}

func TestBlockedUpdate(t *testing.T) {
	t.Parallel()
	tty, _ := start(t, ptytest.Options{}, quitTimeoutEnv+"=300ms")
	tty.Type("M")
	tty.WaitUntil("the mouse is on", func() bool { return tty.ModeSet(ansi.ModeMouseButtonEvent) })
	tty.Type("W")
	tty.WaitUntil("Update is blocked", func() bool { return strings.Contains(tty.Output(), "blocked") })
	tty.Signal(syscall.SIGTERM)
	if code := tty.ExitCode(); code != 143 {
		t.Errorf("exit code %d, want 143", code)
	}
	checkRestored(t, tty)
}

func TestSecondSignalExitsAtOnce(t *testing.T) {
	t.Parallel()
	tty, _ := start(t, ptytest.Options{}, quitTimeoutEnv+"=1h")
	tty.Type("W")
	tty.WaitUntil("Update is blocked", func() bool { return strings.Contains(tty.Output(), "blocked") })
	tty.Signal(syscall.SIGTERM)
	tty.Signal(syscall.SIGHUP)
	if code := tty.ExitCode(); code != 143 && code != 129 {
		t.Errorf("exit code %d, want 143 or 129", code)
	}
	checkRestored(t, tty)
}

func TestTerminalThatDoesNotRead(t *testing.T) {
	t.Parallel()
	tty, _ := start(t, ptytest.Options{}, quitTimeoutEnv+"=300ms")
	resume := tty.StopReading()
	defer resume()
	tty.Type("F")
	tty.Signal(syscall.SIGTERM)
	if code := tty.ExitCode(); code != 143 {
		t.Errorf("exit code %d, want 143", code)
	}
	resume()
	checkRestored(t, tty)
}

func TestBackground(t *testing.T) {
	t.Parallel()
	white := color.White
	for _, tc := range []struct {
		name    string
		options ptytest.Options
		env     string
		want    string
	}{
		{"dark", ptytest.Options{}, "COLORFGBG=0;15", "dark=true"},
		{"light", ptytest.Options{Background: white}, "COLORFGBG=15;0", "dark=false"},
		{"silent", ptytest.Options{Background: white, Silent: true}, "", "dark=true"},
		{"silent, light by COLORFGBG", ptytest.Options{Silent: true}, "COLORFGBG=0;default;15", "dark=false"},
		{"screen is not queried", ptytest.Options{Background: white}, "TERM=screen-256color", "dark=true"},
		{"tmux is queried", ptytest.Options{Background: white}, "TERM=tmux-256color", "dark=false"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			wait := "10s" // the reply may be slow on a busy machine
			if tc.options.Silent {
				wait = "0s"
			}
			tty, _ := start(t, tc.options, tc.env, replyTimeoutEnv+"="+wait)
			tty.WaitFor(tc.want)
		})
	}
}
