//go:build unix

package terminal_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"go.uber.org/goleak"

	"daytona/snapdeck/internal/background"
	"daytona/snapdeck/internal/ptytest"
	"daytona/snapdeck/internal/terminal"
)

// The tests run this test binary again as the program under test: a small Bubble Tea
// program that fails in a different way on each key.
const (
	programEnv      = "SNAPDECK_TERMINAL_TEST_PROGRAM"       // run the program; directory of crash reports
	panicEnv        = "SNAPDECK_TERMINAL_TEST_PANIC"         // panic in the first command
	replyTimeoutEnv = "SNAPDECK_TERMINAL_TEST_REPLY_TIMEOUT" // how long Dark waits
	quitTimeoutEnv  = "SNAPDECK_TERMINAL_TEST_QUIT_TIMEOUT"  // how long Run waits for a blocked Update
	keyTimeoutEnv   = "SNAPDECK_TERMINAL_TEST_KEY_TIMEOUT"   // how long the next byte of a sequence may take
)

func TestMain(m *testing.M) {
	background.RestoreTerm()
	if dir := os.Getenv(programEnv); dir != "" {
		os.Exit(program(dir))
	}
	ptytest.RunInParallel(8)
	goleak.VerifyTestMain(m)
}

// program is the main function of the program under test.
func program(dir string) int {
	finish := func(err error) int {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		var signalled terminal.Signalled
		switch {
		case errors.As(err, &signalled):
			return signalled.ExitCode()
		case err != nil:
			return 1
		}
		return 0
	}
	s, err := terminal.Open(terminal.Options{
		In: os.Stdin, Out: os.Stdout, Getenv: os.Getenv, StateDir: dir, Version: "test 1",
		Exit:         func(err error) { os.Exit(finish(err)) },
		ReplyTimeout: timeout(replyTimeoutEnv),
		QuitTimeout:  timeout(quitTimeoutEnv),
		KeyTimeout:   timeout(keyTimeoutEnv),
	})
	if err != nil {
		return finish(err)
	}
	return finish(s.Run(&probe{session: s, dark: s.Dark()}))
}

// timeout returns the duration in an environment variable, 0 (the default) if it is
// not set.
func timeout(variable string) time.Duration {
	d, err := time.ParseDuration(os.Getenv(variable))
	if err != nil {
		return 0
	}
	return d
}

// probe shows the events it received, and fails on some keys.
type probe struct {
	session     *terminal.Session
	dark        bool
	keys        []string
	resumed     int
	panicInView bool // View panics
}

type textMsg string

func (p *probe) Init() tea.Cmd {
	if os.Getenv(panicEnv) != "" {
		return func() tea.Msg { panic("boom at the start") }
	}
	return nil
}

func (p *probe) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case textMsg:
		p.keys = append(p.keys, string(msg))
	case tea.ResumeMsg:
		p.resumed++
	case tea.KeyMsg:
		p.keys = append(p.keys, fmt.Sprintf("<%s>", msg))
		return p, p.handleKey(msg.String())
	}
	return p, nil
}

func (p *probe) handleKey(key string) tea.Cmd {
	explode := func() tea.Msg { panic("boom \x1b]0;evil\a") }
	actions := map[string]func() tea.Cmd{
		"q":      func() tea.Cmd { return tea.Quit },
		"ctrl+c": func() tea.Cmd { return tea.Quit },
		"i":      func() tea.Cmd { return tea.Interrupt },
		"ctrl+z": func() tea.Cmd { return tea.Suspend },
		"L":      func() tea.Cmd { fmt.Fprintln(os.Stderr, "a line of a library"); return nil },
		"K":      func() tea.Cmd { return fatal },
		"U":      func() tea.Cmd { panic("boom in Update") },
		"V":      func() tea.Cmd { p.panicInView = true; return nil },
		"C":      func() tea.Cmd { return explode },
		"B":      func() tea.Cmd { return tea.Batch(func() tea.Msg { return nil }, tea.Batch(explode, nil)) },
		"W":      func() tea.Cmd { p.title("blocked"); time.Sleep(time.Hour); return nil },
		"S":      func() tea.Cmd { go p.session.Send(textMsg("sent")); return nil },
		"M":      func() tea.Cmd { return tea.EnableMouseCellMotion },
		"E":      func() tea.Cmd { return p.edit() },
		"F":      func() tea.Cmd { p.title("flood"); return flood(p.session) },
	}
	if action, ok := actions[key]; ok {
		return action()
	}
	return nil
}

// edit runs a command that reads the terminal, like an editor.
func (p *probe) edit() tea.Cmd {
	cmd := exec.Command("sh", "-c", "test -t 0 && test -t 1 && test -t 2 && echo editing; read line; echo got=$line")
	return tea.Exec(p.session.Command(cmd), func(err error) tea.Msg { return textMsg(fmt.Sprintf("edited:%v", err)) })
}

// fatal is an error of the runtime that nothing can recover from.
func fatal() tea.Msg {
	new(sync.Mutex).Unlock()
	return nil
}

// title sets the window title, which the tests find in the output.
func (p *probe) title(s string) {
	_, _ = fmt.Fprintf(p.session.Output(), "\x1b]0;%s\a", s)
}

// flood writes a frame that exceeds the terminal's buffer.
func flood(s *terminal.Session) tea.Cmd {
	return func() tea.Msg {
		_, _ = fmt.Fprint(s.Output(), strings.Repeat("x", 1<<16))
		return textMsg("flooded")
	}
}

func (p *probe) View() string {
	if p.panicInView {
		panic("boom in View")
	}
	return fmt.Sprintf("ready pid=%d. dark=%v suspend=%v resumed=%d\nkeys: %s", os.Getpid(), p.dark, p.session.CanSuspend(), p.resumed, strings.Join(p.keys, " "))
}

// command returns the command that runs the program under test.
func command(t *testing.T, env ...string) (cmd *exec.Cmd, reports string) {
	t.Helper()
	reports = t.TempDir()
	cmd = exec.Command(os.Args[0])
	cmd.Env = append([]string{
		programEnv + "=" + reports, "TERM=xterm-256color", "PATH=" + os.Getenv("PATH"), "HOME=" + reports,
	}, env...)
	return cmd, reports
}

// start runs the program under test and waits for its first frame.
func start(t *testing.T, o ptytest.Options, env ...string) (tty *ptytest.Terminal, reports string) {
	t.Helper()
	cmd, reports := command(t, env...)
	tty = ptytest.Start(t, cmd, o)
	tty.WaitFor("ready")
	return tty, reports
}

// checkRestored fails the test unless the terminal has its original state.
func checkRestored(t *testing.T, tty *ptytest.Terminal) {
	t.Helper()
	if err := tty.CheckRestored(); err != nil {
		t.Errorf("the terminal is not restored: %v", err)
	}
	if n := savedTitles(tty); n != 0 {
		t.Errorf("title and wrapping were set %d times more often than reset", n)
	}
}

// savedTitles returns how many window titles the program pushed and did not pop. If it is
// negative, the program popped the title of another program.
func savedTitles(tty *ptytest.Terminal) int {
	written := tty.Output()
	return strings.Count(written, "\x1b[22;0t"+ansi.ResetModeAutoWrap) - strings.Count(written, "\x1b[23;0t"+ansi.SetModeAutoWrap)
}
