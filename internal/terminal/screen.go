package terminal

import (
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// Bubble Tea's renderer writes a frame on its next tick, up to 16 ms after the
// key. Frames therefore bypass it: View passes each one to a screen, which
// writes the changes at once, and returns a constant, so that the renderer has
// nothing to draw. Bubble Tea still handles raw mode, the alternate screen,
// paste, focus, mouse, suspend and exec.

const (
	// idleView is the view for Bubble Tea's renderer. It has no width, but is not
	// empty, because an empty view is drawn as a space.
	idleView = "\x1b[m"
	// rendererFPS is the frame rate of the renderer. 1 is the minimum of Bubble Tea.
	rendererFPS = 1

	// frameRate is the maximum number of frames per second.
	frameRate = 120
	// frameBurst is the number of frames that may exceed frameRate.
	frameBurst = 4
)

// screen writes frames to the terminal. If the terminal is slow, a new frame replaces
// the one that has not been written yet, so Draw never blocks. Draw, Invalidate and
// Release must be called from Bubble Tea's loop.
type screen struct {
	out  *Output
	diff frameDiff

	mu      sync.Mutex
	next    string // the frame to write, "" for none
	redraw  bool   // write all of next, not only the changes
	invalid bool   // redraw the frame after next
	closed  bool
	// accessible is set for screen readers. mu guards its pendingChanges; the rest belongs to
	// the goroutine that writes.
	accessible *accessible

	ready chan struct{}
	epoch atomic.Int64 // incremented by Release; frames of older epochs are dropped
}

func newScreen(out *Output) *screen {
	return &screen{out: out, ready: make(chan struct{}, 1)}
}

// Draw schedules frame to be written. It does not wait for the terminal.
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
	s.wake()
}

// wake makes run write.
func (s *screen) wake() {
	select {
	case s.ready <- struct{}{}:
	default:
	}
}

// Invalidate makes the next frame that is drawn a full redraw, because the terminal is
// about to lose the last one.
func (s *screen) Invalidate() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.invalid = true
}

// Release stops writing, so that another program can use the terminal. The next Draw
// resumes with a full redraw.
func (s *screen) Release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next, s.invalid = "", true
	s.epoch.Add(1)
	if s.accessible != nil && !s.accessible.suspended {
		_, _ = s.out.WriteString(s.accessible.leave())
	}
}

// Close is a permanent Release.
func (s *screen) Close() {
	s.Release()
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
	var pending pendingChanges
	if s.accessible != nil {
		pending = s.accessible.take(frame)
	}
	s.mu.Unlock()
	if redraw {
		s.diff.reset()
	}
	var changes []byte
	switch {
	case s.accessible != nil:
		changes = pending.changes(s.accessible, &s.diff, frame, redraw)
	case frame != "":
		changes = s.diff.update(frame)
	}
	if len(changes) > 0 {
		s.out.writeIf(changes, func() bool { return s.epoch.Load() == epoch })
	}
}

// frameBudget is a token bucket of frames.
type frameBudget struct {
	full time.Time // when the bucket is full again
}

// take takes a frame out of the bucket and returns how long the frame has to wait.
func (b *frameBudget) take(now time.Time) time.Duration {
	const interval = time.Second / frameRate
	if b.full.Before(now) {
		b.full = now
	}
	b.full = b.full.Add(interval)
	return max(0, b.full.Sub(now)-frameBurst*interval)
}

// resizedMsg hides a tea.WindowSizeMsg from Bubble Tea's renderer, which would redraw.
type resizedMsg tea.WindowSizeMsg

// filter prepares the screen for messages that make Bubble Tea write to the terminal. It
// returns the message for Bubble Tea.
func (s *screen) filter(msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		s.keyPressed()
	case tea.WindowSizeMsg:
		s.Invalidate()
		msg.Height = s.resize(msg.Width, msg.Height)
		return resizedMsg(msg)
	case tea.QuitMsg, tea.InterruptMsg:
		s.Close()
	case tea.SuspendMsg:
		s.Release()
	default:
		switch reflect.TypeOf(msg) { // Bubble Tea does not export these types
		case reflect.TypeOf(tea.ClearScreen()):
			s.Invalidate()
		case reflect.TypeOf(tea.Exec(nil, nil)()):
			s.Release()
		}
	}
	return msg
}
