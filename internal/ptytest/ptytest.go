//go:build unix

// Package ptytest runs a program in an emulated terminal.
//
// A Terminal is a pseudo terminal with an emulator at the other end, which draws the
// output of the program and replies to its queries, as xterm does. It can also be
// silent (it sends no replies), slow (its replies are late), stalled (it does not read)
// or closed. The test keeps the program's end of the pseudo terminal open to compare
// its state before and after.
//
// Nothing sleeps for a fixed time. The methods wait for a condition, and fail the test
// with the screen if it does not become true.
package ptytest

import (
	"bytes"
	"flag"
	"image/color"
	"io"
	"os"
	"os/exec"
	"strconv"
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

// Options configure a Terminal.
type Options struct {
	Width, Height int           // cells; 0 means 120x40
	Silent        bool          // sends no replies
	ReplyDelay    time.Duration // delay of each reply
	Background    color.Color   // nil means black
	Stderr        bool          // stderr is the terminal, too; shells need that
}

// Terminal is a terminal that runs a program.
type Terminal struct {
	t      testing.TB
	cmd    *exec.Cmd
	master *os.File
	slave  *os.File
	before *term.State
	exited chan struct{}
	drawn  chan struct{} // receives after new output, see WaitUntil
	stderr bytes.Buffer  // complete when exited is closed

	ending  sync.Once
	drained chan struct{} // closed when all output is drawn, see drain

	mu     sync.Mutex
	screen *vt.Emulator
	output []byte             // all output of the program
	modes  map[ansi.Mode]bool // modes that are set

	replyMu sync.Mutex // not mu: the emulator blocks in Write until its replies are read
	replies []byte     // all replies of the terminal

	readMu sync.Mutex // locked while the terminal does not read
	hungUp bool
}

// RunInParallel raises the default of the flag -parallel to n, because the tests mostly
// wait for other processes. TestMain calls it before it runs the tests.
func RunInParallel(n int) {
	flag.Parse()
	parallel := flag.Lookup("test.parallel")
	if parallel.Value.String() == parallel.DefValue {
		_ = parallel.Value.Set(strconv.Itoa(n))
	}
}

// Start runs cmd in a new terminal, as the leader of its session. Stdin and stdout are
// the terminal, and stderr is captured, see Stderr. The end of the test kills cmd.
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
		exited: make(chan struct{}), drained: make(chan struct{}),
		drawn:  make(chan struct{}, 1),
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
	running.Go(func() { tty.reply(o) })
	running.Go(func() {
		_ = cmd.Wait()
		close(tty.exited)
	})
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-tty.exited
		tty.Hangup()
		// Not screen.Close, which races with the Read in reply.
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

// pollable returns a non-blocking duplicate of f, so that Close ends a Read, and closes
// f.
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

// draw reads the output of the program and draws it.
func (tty *Terminal) draw() {
	buf := make([]byte, 4096)
	for {
		n, err := tty.master.Read(buf)
		if err != nil {
			return
		}
		tty.readMu.Lock()
		tty.mu.Lock()
		tty.output = append(tty.output, buf[:n]...)
		_, _ = tty.screen.Write(buf[:n])
		if before, ended := bytes.CutSuffix(tty.output, []byte(endOfOutput)); ended {
			tty.output = before
			close(tty.drained)
		}
		tty.mu.Unlock()
		tty.readMu.Unlock()
		select {
		case tty.drawn <- struct{}{}:
		default:
		}
	}
}

// reply sends the emulator's replies to the program. A silent terminal reads them, too:
// the emulator blocks until they are read.
func (tty *Terminal) reply(o Options) {
	buf := make([]byte, 256)
	for {
		n, err := tty.screen.Read(buf)
		if err != nil {
			return
		}
		if !o.Silent {
			time.Sleep(o.ReplyDelay)
			_, _ = tty.master.Write(buf[:n])
			tty.replyMu.Lock()
			tty.replies = append(tty.replies, buf[:n]...)
			tty.replyMu.Unlock()
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

// Signal sends a signal to the program.
func (tty *Terminal) Signal(sig os.Signal) {
	tty.t.Helper()
	check(tty.t, tty.cmd.Process.Signal(sig))
}

// StopReading makes the terminal stop reading, like a frozen ssh connection, until
// resume is called.
func (tty *Terminal) StopReading() (resume func()) {
	tty.readMu.Lock()
	return sync.OnceFunc(tty.readMu.Unlock)
}

// Hangup closes the terminal.
func (tty *Terminal) Hangup() {
	if tty.hungUp {
		return
	}
	tty.hungUp = true
	_ = tty.slave.Close()
	_ = tty.master.Close()
}
