// Package terminal owns the real terminal while the dashboard runs.
//
// The program switches the terminal to raw mode, the alternate screen, bracketed paste
// and focus reports, and has to restore it however it ends. Bubble Tea does so when
// its own loop ends normally, but not when the terminal is closed, when a signal
// arrives while Update or a write is blocked, or when a goroutine panics. The Session
// covers these:
//
//	s, err := terminal.Open(terminal.Options{In: os.Stdin, Out: os.Stdout})
//	...                        // saves the terminal's state, handles signals
//	dark := s.Dark()           // queries the terminal, at most 200 ms
//	err = s.Run(app)           // alternate screen, the program, restore
//
// A key, a signal, a lost terminal or a panic sets the cause of the end (the first one
// wins) and closes a channel that one goroutine watches:
//
//	key q, ctrl+c ──┐
//	INT TERM HUP ───┤                       ┌─ program ends ──────> Run returns the cause
//	EOF of input ───┼─> end(cause) ─> quit ─┤
//	panic ──────────┘                       └─ 2 s or 2nd signal ─> forceExit: restore, exit
//
// forceExit does not depend on the program: it restores the saved state, drops output
// that the terminal does not read, writes the sequences that reset all modes, and
// exits.
package terminal

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/term"
	"github.com/muesli/termenv"
)

// Errors of Open.
var (
	ErrNoTerminal   = errors.New("no terminal: the dashboard needs one for input and output")
	ErrDumbTerminal = errors.New("TERM is dumb: the dashboard needs a terminal that can move the cursor")
)

// Options configure a Session.
type Options struct {
	In, Out  *os.File            // terminals; if In is not one, the controlling terminal is opened
	Getenv   func(string) string // for TERM, COLORFGBG, NO_COLOR and the like
	StateDir string              // directory of crash reports
	Version  string              // first line of a crash report

	// Accessible is for screen readers: no alternate screen, a visible cursor, and a line for
	// each Announce.
	Accessible bool

	ReplyTimeout time.Duration // how long Dark waits for a reply; 0 means 200 ms
	QuitTimeout  time.Duration // how long the program may take to quit; 0 means 2 s
	KeyTimeout   time.Duration // how long the next byte of an escape sequence may take; 0 means 50 ms

	// Exit ends the process if the program does not quit, after the terminal is
	// restored. It gets the error that Run would have returned, is not called from
	// the goroutine of Run, and must not return.
	Exit func(error)
}

// A Session owns a terminal from Open to Close.
type Session struct {
	options Options
	in      *Input
	out     *Output
	screen  *screen

	stderr     stderrCapture
	savedState *term.State
	signals    chan os.Signal

	program              atomic.Pointer[tea.Program]
	suspended            atomic.Bool  // the shell uses the terminal
	modesSet             atomic.Bool  // see setModes
	ignoreInterruptUntil atomic.Int64 // Unix nanoseconds
	crashed              atomic.Bool

	endOnce   sync.Once
	ending    chan struct{} // closed when cause is set
	cause     error         // nil for a key, Signalled, or *Crash
	closeOnce sync.Once
	closed    chan struct{}
	watcher   sync.WaitGroup
}

// Open opens the terminal, saves its state and handles the signals that would end the
// process. It returns ErrNoTerminal or ErrDumbTerminal if the terminal cannot show the
// dashboard. The Session must be closed by Close or Run.
func Open(o Options) (*Session, error) {
	if !term.IsTerminal(o.Out.Fd()) {
		return nil, ErrNoTerminal
	}
	if o.Getenv("TERM") == "dumb" {
		return nil, ErrDumbTerminal
	}
	in, err := openKeyboard(o.In)
	if err != nil {
		return nil, ErrNoTerminal
	}
	saved, err := term.GetState(in.Fd())
	if err != nil {
		return nil, fmt.Errorf("reading the state of the terminal: %w", err)
	}
	s := &Session{
		options:    o,
		in:         &Input{File: in, timeout: cmp.Or(o.KeyTimeout, keyTimeout)},
		out:        &Output{File: o.Out},
		savedState: saved,
		signals:    make(chan os.Signal, 8),
		ending:     make(chan struct{}),
		closed:     make(chan struct{}),
	}
	s.screen = newScreen(s.out)
	if o.Accessible {
		s.screen.accessible = &accessible{}
	}
	s.in.onEOF = func() { s.end(errTerminalLost) }
	NotifyTermination(s.signals)
	signal.Notify(s.signals, sigContinue)
	s.watcher.Go(s.watch)
	return s, nil
}

// openKeyboard returns in, or the controlling terminal if in is not a terminal.
func openKeyboard(in *os.File) (*os.File, error) {
	if term.IsTerminal(in.Fd()) {
		return in, nil
	}
	return os.OpenFile("/dev/tty", os.O_RDWR, 0)
}

// Close restores the terminal and stops handling signals. It may be called more than
// once.
func (s *Session) Close() error {
	var err error
	s.closeOnce.Do(func() {
		signal.Stop(s.signals)
		close(s.closed)
		s.watcher.Wait()
		err = term.Restore(s.in.Fd(), s.savedState)
		if s.in.File != s.options.In {
			err = errors.Join(err, s.in.Close())
		}
	})
	return err
}

// Output returns the writer for the bell and OSC sequences. It is safe for concurrent
// use.
func (s *Session) Output() io.Writer { return s.out }

// Renderer returns a Lip Gloss renderer for this terminal. Its colours follow
// NO_COLOR, CLICOLOR, CLICOLOR_FORCE, COLORTERM and TERM. It does not query the
// terminal.
func (s *Session) Renderer(dark bool) *lipgloss.Renderer {
	r := newRenderer(s.out, s.options.Getenv)
	r.SetHasDarkBackground(dark)
	return r
}

// ColorProfile returns the colours that the dashboard would use in a terminal with this
// environment.
func ColorProfile(getenv func(string) string) termenv.Profile {
	return newRenderer(io.Discard, getenv).ColorProfile()
}

func newRenderer(out io.Writer, getenv func(string) string) *lipgloss.Renderer {
	// Output is not an *os.File, and termenv disables colours if CI is set.
	return lipgloss.NewRenderer(out, termenv.WithTTY(true), termenv.WithEnvironment(environ(getenv)))
}

// environ implements [termenv.Environ].
type environ func(string) string

// Getenv returns the value of a variable.
func (e environ) Getenv(key string) string { return e(key) }

// Environ returns nothing: termenv reads only single variables.
func (e environ) Environ() []string { return nil }

// Send sends msg to the program if it is running. It blocks until the program's loop
// receives msg, so it must not be called from Update.
func (s *Session) Send(msg tea.Msg) {
	if p := s.program.Load(); p != nil {
		p.Send(msg)
	}
}

// CanSuspend reports whether ctrl+z works. Otherwise Run ignores tea.Suspend.
func (s *Session) CanSuspend() bool { return canSuspend() }

func (s *Session) getenv(key string) string { return s.options.Getenv(key) }
