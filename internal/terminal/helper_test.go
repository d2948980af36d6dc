//go:build unix

package terminal_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"go.uber.org/goleak"

	"daytona/snapdeck/internal/ptytest"
	"daytona/snapdeck/internal/terminal"
)

// The tests run this test binary again as the program under test: a small
// Bubble Tea program that does on a key what a real one may do by accident.
const (
	asProgram     = "SNAPDECK_TERMINAL_TEST_PROGRAM" // and where it writes crash reports
	panicAtStart  = "SNAPDECK_TERMINAL_TEST_PANIC"   // its first command panics
	waitForAnswer = "SNAPDECK_TERMINAL_TEST_WAIT"    // how long Dark waits
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(asProgram); dir != "" {
		os.Exit(program(dir))
	}
	goleak.VerifyTestMain(m)
}

// program is main of the program under test; dir is for crash reports.
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
		Exit:       func(err error) { os.Exit(finish(err)) },
		AnswerTime: answerTime(),
	})
	if err != nil {
		return finish(err)
	}
	return finish(s.Run(&probe{session: s, dark: s.Dark()}))
}

// answerTime is not the real one where a test is about the answer, which can be
// late on a busy machine.
func answerTime() time.Duration {
	d, err := time.ParseDuration(os.Getenv(waitForAnswer))
	if err != nil {
		return 0
	}
	return d
}

// probe shows what happened to it, and has an accident on some keys.
type probe struct {
	session *terminal.Session
	dark    bool
	keys    []string
	resumed int
	frail   bool // View panics
}

type saidMsg string

func (p *probe) Init() tea.Cmd {
	if os.Getenv(panicAtStart) != "" {
		return func() tea.Msg { panic("boom at the start") }
	}
	return nil
}

func (p *probe) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case saidMsg:
		p.keys = append(p.keys, string(msg))
	case tea.ResumeMsg:
		p.resumed++
	case tea.KeyMsg:
		p.keys = append(p.keys, fmt.Sprintf("<%s>", msg))
		return p, p.act(msg.String())
	}
	return p, nil
}

func (p *probe) act(key string) tea.Cmd {
	explode := func() tea.Msg { panic("boom \x1b]0;evil\a") }
	accidents := map[string]func() tea.Cmd{
		"q":      func() tea.Cmd { return tea.Quit },
		"ctrl+c": func() tea.Cmd { return tea.Quit },
		"i":      func() tea.Cmd { return tea.Interrupt },
		"ctrl+z": func() tea.Cmd { return tea.Suspend },
		"U":      func() tea.Cmd { panic("boom in Update") },
		"V":      func() tea.Cmd { p.frail = true; return nil },
		"C":      func() tea.Cmd { return explode },
		"B":      func() tea.Cmd { return tea.Batch(func() tea.Msg { return nil }, tea.Batch(explode, nil)) },
		"G":      func() tea.Cmd { p.session.Go(func() { explode() }); return nil },
		"W":      func() tea.Cmd { p.title("asleep"); time.Sleep(time.Hour); return nil },
		"S":      func() tea.Cmd { p.session.Go(func() { p.session.Send(saidMsg("sent")) }); return nil },
		"M":      func() tea.Cmd { return tea.EnableMouseCellMotion },
		"E":      func() tea.Cmd { return p.edit() },
		"F":      func() tea.Cmd { p.title("flood"); return flood(p.session) },
	}
	if accident, ok := accidents[key]; ok {
		return accident()
	}
	return nil
}

// edit runs something that reads the terminal, as an editor does.
func (p *probe) edit() tea.Cmd {
	cmd := exec.Command("sh", "-c", "test -t 0 && test -t 1 && test -t 2 && echo editing; read line; echo got=$line")
	return tea.Exec(p.session.Command(cmd), func(err error) tea.Msg { return saidMsg(fmt.Sprintf("edited:%v", err)) })
}

// title sets the title of the window, which the tests find in what was written.
func (p *probe) title(s string) {
	_, _ = fmt.Fprintf(p.session.Output(), "\x1b]0;%s\a", s)
}

// flood writes a frame that is larger than what a terminal keeps for later.
func flood(s *terminal.Session) tea.Cmd {
	return func() tea.Msg {
		_, _ = fmt.Fprint(s.Output(), strings.Repeat("x", 1<<16))
		return saidMsg("flooded")
	}
}

func (p *probe) View() string {
	if p.frail {
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
		asProgram + "=" + reports, "TERM=xterm-256color", "PATH=" + os.Getenv("PATH"), "HOME=" + reports,
	}, env...)
	return cmd, reports
}

// start runs the program under test and waits for its first frame.
func start(t *testing.T, o ptytest.Options, env ...string) (tty *ptytest.Terminal, reports string) {
	t.Helper()
	cmd, reports := command(t, env...)
	tty = ptytest.Start(t, cmd, o)
	tty.Sees("ready")
	return tty, reports
}

// restored fails the test where the terminal is not as it was.
func restored(t *testing.T, tty *ptytest.Terminal) {
	t.Helper()
	if err := tty.Restored(); err != nil {
		t.Errorf("the terminal was not given back: %v", err)
	}
	if n := taken(tty); n != 0 {
		t.Errorf("title and wrapping were taken %d times more than given back", n)
	}
}

// taken returns how often the program has the title of the window and the wrapping of
// lines. Less than 0 would be a title of somebody else's that was taken.
func taken(tty *ptytest.Terminal) int {
	written := tty.Written()
	return strings.Count(written, "\x1b[22;0t"+ansi.ResetModeAutoWrap) - strings.Count(written, "\x1b[23;0t"+ansi.SetModeAutoWrap)
}
