package terminal

import (
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// Bubble Tea's renderer writes a frame on its next tick, up to 16 ms after the
// key. So the frames go past it: the model's View hands each one to a screen,
// which writes what changed at once, and returns a constant that leaves the
// renderer nothing to do. Raw mode, the alternate screen, paste, focus, mouse,
// suspend and exec stay Bubble Tea's.

const (
	// idleView is what Bubble Tea's renderer gets in place of a frame. It is not
	// empty, because an empty view is drawn as a space, and it has no width.
	idleView = "\x1b[m"
	// rendererFPS is how often the renderer looks for something to draw. 1 is the
	// least that Bubble Tea allows.
	rendererFPS = 1

	// frameRate bounds how many frames a second are written.
	frameRate = 120
	// frameBurst is how many frames are written at once before the bound applies.
	frameBurst = 4
)

// screen writes frames to the terminal. While the terminal is slow the newest
// frame replaces those that are waiting, and nothing waits for the terminal.
// Draw, Invalidate and Hold are for Bubble Tea's loop.
type screen struct {
	out  *Output
	diff frameDiff

	mu      sync.Mutex
	next    string // the newest frame that is not written, "" for none
	redraw  bool   // next is written whole
	invalid bool   // the frame after this one is written whole
	closed  bool   // the terminal was given back

	ready chan struct{}
	epoch atomic.Int64 // a frame of an older epoch is not written any longer
}

func newScreen(out *Output) *screen {
	return &screen{out: out, ready: make(chan struct{}, 1)}
}

// Draw makes frame the next one to write. It does not wait for the terminal.
func (s *screen) Draw(frame string) {
	if frame == "" {
		return
	}
	s.mu.Lock()
	if s.closed {
		frame = ""
	}
	s.next = frame
	s.redraw = s.redraw || s.invalid
	s.invalid = false
	s.mu.Unlock()
	select {
	case s.ready <- struct{}{}:
	default:
	}
}

// Invalidate says that the terminal will not show the last frame much longer:
// the next one that is drawn is written whole.
func (s *screen) Invalidate() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.invalid = true
}

// Hold gives the terminal to somebody else: no frame is written until the next
// one is drawn, and that one is written whole.
func (s *screen) Hold() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next, s.invalid = "", true
	s.epoch.Add(1)
}

// Close is Hold for good.
func (s *screen) Close() {
	s.Hold()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
}

// run writes frames until done is closed.
func (s *screen) run(done <-chan struct{}) {
	budget := frameBudget{}
	for {
		select {
		case <-done:
			return
		case <-s.ready:
		}
		if wait := budget.take(time.Now()); wait > 0 {
			select {
			case <-done:
				return
			case <-time.After(wait):
			}
		}
		s.write()
	}
}

// write writes the newest frame.
func (s *screen) write() {
	s.mu.Lock()
	frame, redraw, epoch := s.next, s.redraw, s.epoch.Load()
	s.next, s.redraw = "", false
	s.mu.Unlock()
	if frame == "" {
		return
	}
	if redraw {
		s.diff.reset()
	}
	changes := s.diff.update(frame)
	if len(changes) == 0 {
		return
	}
	s.out.writeIf(changes, func() bool { return s.epoch.Load() == epoch })
}

// frameBudget is a token bucket of frames.
type frameBudget struct {
	full time.Time // when the bucket is full again
}

// take takes a frame out of the bucket and returns how long it has to wait.
func (b *frameBudget) take(now time.Time) time.Duration {
	const each = time.Second / frameRate
	if b.full.Before(now) {
		b.full = now
	}
	b.full = b.full.Add(each)
	return max(0, b.full.Sub(now)-frameBurst*each)
}

// resizedMsg is a tea.WindowSizeMsg that Bubble Tea's renderer must not see: it
// would draw again.
type resizedMsg tea.WindowSizeMsg

// filter tells the screen about a message that makes Bubble Tea write to the
// terminal, and returns the message as Bubble Tea should see it.
func (s *screen) filter(msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.Invalidate()
		return resizedMsg(msg)
	case tea.QuitMsg, tea.InterruptMsg:
		s.Close()
	case tea.SuspendMsg:
		s.Hold()
	default:
		switch reflect.TypeOf(msg) {
		case clearType:
			s.Invalidate()
		case execType:
			s.Hold()
		}
	}
	return msg
}

// The types of messages that Bubble Tea does not export.
var (
	clearType = reflect.TypeOf(tea.ClearScreen())
	execType  = reflect.TypeOf(tea.Exec(nil, nil)())
)
