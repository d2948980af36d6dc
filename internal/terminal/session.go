package terminal

import (
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

	_ "daytona/snapdeck/internal/background" // goes before Bubble Tea, see there
)

// The reasons of Open why there is no Session. Each is one line.
var (
	ErrNoTerminal   = errors.New("no terminal: the dashboard needs one for its input and its output")
	ErrDumbTerminal = errors.New("TERM is dumb: such a terminal cannot show the dashboard")
)

// Options say what a Session works on.
type Options struct {
	In, Out  *os.File            // a terminal each; where In is none, the controlling terminal is opened
	Getenv   func(string) string // asked for TERM, COLORFGBG, NO_COLOR and the like
	StateDir string              // where crash reports go
	Version  string              // the first line of a crash report

	AnswerTime time.Duration // how long Dark waits for an answer; 0 means 200 ms

	// Exit ends the process where the program does not end by itself, after the
	// terminal was restored. It gets the error that Run would have returned, is
	// called from another goroutine than Run, and must not return.
	Exit func(error)
}

// A Session is the time between taking the terminal and giving it back.
type Session struct {
	options Options
	in      *Input
	out     *Output
	saved   *term.State
	signals chan os.Signal

	program   atomic.Pointer[tea.Program]
	released  atomic.Bool  // suspended: the terminal is the shell's
	taken     atomic.Bool  // the title of the window and the wrapping of lines are ours
	lentUntil atomic.Int64 // when SIGINT is for us again, Unix nanoseconds
	crashed   atomic.Bool

	first   sync.Once
	ending  chan struct{} // closed once cause is set
	cause   error         // why the program ends: nil for a key, Signalled, or *Crash
	closing sync.Once
	closed  chan struct{}
	watcher sync.WaitGroup
}

// Open looks for a terminal, saves its state and takes over the signals that
// would end the process. It returns ErrNoTerminal or ErrDumbTerminal where the
// dashboard cannot be shown. The Session must be closed; Run does that too.
func Open(o Options) (*Session, error) {
	if !term.IsTerminal(o.Out.Fd()) {
		return nil, ErrNoTerminal
	}
	if o.Getenv("TERM") == "dumb" {
		return nil, ErrDumbTerminal
	}
	in, err := keyboard(o.In)
	if err != nil {
		return nil, ErrNoTerminal
	}
	saved, err := term.GetState(in.Fd())
	if err != nil {
		return nil, fmt.Errorf("reading the state of the terminal: %w", err)
	}
	s := &Session{
		options: o,
		in:      &Input{File: in},
		out:     &Output{File: o.Out},
		saved:   saved,
		signals: make(chan os.Signal, 8),
		ending:  make(chan struct{}),
		closed:  make(chan struct{}),
	}
	s.in.lost = func() { s.end(errLost) }
	NotifyEnd(s.signals)
	signal.Notify(s.signals, continued)
	s.watcher.Go(s.watch)
	return s, nil
}

// keyboard returns in, or the controlling terminal where in is none.
func keyboard(in *os.File) (*os.File, error) {
	if term.IsTerminal(in.Fd()) {
		return in, nil
	}
	return os.OpenFile("/dev/tty", os.O_RDWR, 0)
}

// Close gives the terminal back as far as it was taken, and the signals. It may
// be called more than once.
func (s *Session) Close() error {
	var err error
	s.closing.Do(func() {
		signal.Stop(s.signals)
		close(s.closed)
		s.watcher.Wait()
		err = term.Restore(s.in.Fd(), s.saved)
		if s.in.File != s.options.In {
			err = errors.Join(err, s.in.Close())
		}
	})
	return err
}

// Output is the writer for everything that goes to the terminal beside the
// frames: the bell and OSC sequences. It is safe for concurrent use.
func (s *Session) Output() io.Writer { return s.out }

// Renderer returns a Lip Gloss renderer for this terminal. Its colours follow
// NO_COLOR, CLICOLOR, CLICOLOR_FORCE, COLORTERM and TERM; it never asks the
// terminal for anything.
func (s *Session) Renderer(dark bool) *lipgloss.Renderer {
	// WithTTY, because termenv looks for an *os.File and would also give up
	// where CI is set: we know that this is a terminal.
	r := lipgloss.NewRenderer(s.out, termenv.WithTTY(true), termenv.WithEnvironment(environ(s.options.Getenv)))
	r.SetHasDarkBackground(dark)
	return r
}

// environ is the environment as termenv wants it.
type environ func(string) string

// Getenv returns the value of a variable.
func (e environ) Getenv(key string) string { return e(key) }

// Environ returns nothing: termenv asks for single variables only.
func (e environ) Environ() []string { return nil }

// Send delivers msg to the running program, and does nothing before and after.
// It waits for the program's loop: call it from a goroutine, never from Update.
func (s *Session) Send(msg tea.Msg) {
	if p := s.program.Load(); p != nil {
		p.Send(msg)
	}
}

// CanSuspend reports whether ctrl+z works here. Run ignores tea.Suspend where
// it does not.
func (s *Session) CanSuspend() bool { return canSuspend() }

func (s *Session) getenv(key string) string { return s.options.Getenv(key) }
