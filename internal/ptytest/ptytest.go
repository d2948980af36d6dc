//go:build unix

// Package ptytest runs a program in a terminal and says what a person in front
// of it would see, and what is left of the terminal afterwards.
//
// A Terminal is a pseudo terminal with an emulator at its other end: the
// emulator draws what the program writes and answers what it asks, as xterm
// does. It can also be as bad as real ones are: silent (it answers nothing),
// slow (it answers late), stalled (it reads nothing) or gone. The test keeps the
// program's side of the pseudo terminal open too, so that its state can be
// compared before and after.
//
// Everything waits for what should happen and fails loudly, with the screen, if
// it does not. Nothing sleeps for a time and hopes.
package ptytest

import (
	"bytes"
	"image/color"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// Options say what kind of terminal it is.
type Options struct {
	Width, Height int           // cells; 120x40 where they are 0
	Silent        bool          // it never answers
	Delay         time.Duration // how long an answer takes
	Background    color.Color   // black where it is nil
	Stderr        bool          // stderr is the terminal too, as shells want it
}

// Terminal is a terminal with a program in it.
type Terminal struct {
	t      testing.TB
	cmd    *exec.Cmd
	master *os.File
	slave  *os.File
	before *term.State
	exited chan struct{}
	stderr bytes.Buffer // complete once exited is closed

	mu      sync.Mutex
	screen  *vt.Emulator
	written []byte             // everything that the program wrote
	modes   map[ansi.Mode]bool // what is switched on

	answering sync.Mutex // not mu: the emulator waits inside it until its answers are read
	answered  []byte     // everything that the terminal sent by itself

	reading sync.Mutex // taken while the terminal does not read
	gone    bool
}

// Start runs cmd in a new terminal, as the leader of a session there. Its stdin
// and stdout are the terminal; its stderr is kept, see Stderr. What still runs
// when the test ends is killed.
func Start(t testing.TB, cmd *exec.Cmd, o Options) *Terminal {
	t.Helper()
	if o.Width == 0 {
		o.Width, o.Height = 120, 40
	}
	master, slave, err := pty.Open()
	check(t, err)
	check(t, pty.Setsize(master, &pty.Winsize{Cols: uint16(o.Width), Rows: uint16(o.Height)}))
	master, err = pollable(master)
	check(t, err)
	before, err := term.GetState(slave.Fd())
	check(t, err)

	tty := &Terminal{
		t: t, cmd: cmd, master: master, slave: slave, before: before,
		exited: make(chan struct{}),
		screen: vt.NewEmulator(o.Width, o.Height),
		modes:  map[ansi.Mode]bool{ansi.ModeTextCursorEnable: true},
	}
	tty.screen.SetCallbacks(vt.Callbacks{
		EnableMode:  func(m ansi.Mode) { tty.modes[m] = true },
		DisableMode: func(m ansi.Mode) { tty.modes[m] = false },
	})
	if o.Background != nil {
		tty.screen.SetDefaultBackgroundColor(o.Background)
	}
	cmd.Stdin, cmd.Stdout = slave, slave
	cmd.Stderr = &tty.stderr
	if o.Stderr {
		cmd.Stderr = slave
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	check(t, cmd.Start())

	var running sync.WaitGroup
	running.Go(tty.draw)
	running.Go(func() { tty.answer(o) })
	running.Go(func() {
		_ = cmd.Wait()
		close(tty.exited)
	})
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-tty.exited
		tty.Hangup()
		// Not screen.Close, which races with the Read in answer.
		_ = tty.screen.InputPipe().(io.Closer).Close()
		running.Wait()
	})
	return tty
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// pollable returns f with reads that Close ends, which needs a descriptor that
// does not block. It closes f.
func pollable(f *os.File) (*os.File, error) {
	fd, err := unix.FcntlInt(f.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	if err := syscall.SetNonblock(fd, true); err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), f.Name()), f.Close()
}

// draw is the terminal's screen.
func (tty *Terminal) draw() {
	buf := make([]byte, 4096)
	for {
		n, err := tty.master.Read(buf)
		if err != nil {
			return
		}
		tty.reading.Lock()
		tty.mu.Lock()
		tty.written = append(tty.written, buf[:n]...)
		_, _ = tty.screen.Write(buf[:n])
		tty.mu.Unlock()
		tty.reading.Unlock()
	}
}

// answer sends what the emulator answers to the program. It has to read the
// answers even where it drops them: the emulator waits until they are taken.
func (tty *Terminal) answer(o Options) {
	buf := make([]byte, 256)
	for {
		n, err := tty.screen.Read(buf)
		if err != nil {
			return
		}
		if !o.Silent {
			time.Sleep(o.Delay)
			_, _ = tty.master.Write(buf[:n])
			tty.answering.Lock()
			tty.answered = append(tty.answered, buf[:n]...)
			tty.answering.Unlock()
		}
	}
}

// Type sends keys to the program.
func (tty *Terminal) Type(keys string) {
	tty.t.Helper()
	_, err := tty.master.WriteString(keys)
	check(tty.t, err)
}

// Resize changes the size of the terminal.
func (tty *Terminal) Resize(width, height int) {
	tty.t.Helper()
	tty.mu.Lock()
	tty.screen.Resize(width, height)
	tty.mu.Unlock()
	check(tty.t, pty.Setsize(tty.slave, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)}))
}

// Signal sends a signal to the process that was started.
func (tty *Terminal) Signal(sig os.Signal) {
	tty.t.Helper()
	check(tty.t, tty.cmd.Process.Signal(sig))
}

// Stall makes the terminal stop reading, as a frozen ssh does, until resume is
// called.
func (tty *Terminal) Stall() (resume func()) {
	tty.reading.Lock()
	return sync.OnceFunc(tty.reading.Unlock)
}

// Hangup closes the terminal.
func (tty *Terminal) Hangup() {
	if tty.gone {
		return
	}
	tty.gone = true
	_ = tty.slave.Close()
	_ = tty.master.Close()
}
