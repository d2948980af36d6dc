package buildlog

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/text"
)

const (
	// maxSteps limits for how many builds the current step is read.
	maxSteps = 4
	// stepInterval is how often the step of a build is read. It doubles, up to
	// maxStepInterval, with each log that has none.
	stepInterval    = 10 * time.Second
	maxStepInterval = 5 * time.Minute
	// stepDeadline bounds a read.
	stepDeadline = 8 * time.Second
	// maxStepBytes limits what is read of a log. In a longer one, the current step comes later.
	maxStepBytes = 4 << 20
	// slowStepBytes is how much of a log may be read in an interval.
	slowStepBytes = 512 << 10
)

var errLongLog = errors.New("the log is too long")

// Peeker reads build logs as far as the budget of requests allows.
type Peeker interface {
	// PeekBuildLog writes what a build log holds now, and reports whether it asked the server.
	PeekBuildLog(ctx context.Context, id string, to io.Writer) (asked bool, err error)
}

// StepReadMsg says that the log of a build was read for its current step.
type StepReadMsg struct {
	id    string
	asked bool
	step  text.Safe
	bytes int
	err   error
}

// Steps knows the current steps of some builds, one read at a time.
type Steps struct {
	source  Peeker
	ctx     context.Context
	cancel  context.CancelFunc // of the running read, nil for none
	reading string             // its snapshot id
	wanted  []string           // snapshot ids, the most important one first
	builds  map[string]stepState
}

// stepState is what is known of the step of a build.
type stepState struct {
	step   text.Safe
	due    time.Time // when it is read next
	misses int       // consecutive reads without a step
}

// NewSteps returns a reader of steps. The context ends its reads.
func NewSteps(ctx context.Context, source Peeker) *Steps {
	return &Steps{ctx: ctx, source: source, builds: make(map[string]stepState)}
}

// Step returns the current step of a build, empty if it is not known or not wanted.
func (s *Steps) Step(id string) text.Safe {
	if !s.isWanted(id) {
		return text.Safe{}
	}
	return s.builds[id].step
}

func (s *Steps) isWanted(id string) bool { return slices.Contains(s.wanted, id) }

// Want sets which builds to read, the most important one first, at most [maxSteps] of them. It
// cancels a running read of another build.
func (s *Steps) Want(now time.Time, ids []string) {
	s.wanted = ids[:min(len(ids), maxSteps)]
	if s.cancel != nil && !s.isWanted(s.reading) {
		s.cancel()
	}
	for id, b := range s.builds {
		if !s.isWanted(id) && now.Sub(b.due) > maxStepInterval {
			delete(s.builds, id)
		}
	}
}

// Observe takes the step from a log that is being followed.
func (s *Steps) Observe(now time.Time, log *Log) {
	s.builds[log.ID()] = stepState{step: log.step(), due: now.Add(stepInterval)}
}

// ReadIfDue reads the log of the first build that is due, if no other read is running.
func (s *Steps) ReadIfDue(now time.Time) tea.Cmd {
	if s.cancel != nil {
		return nil
	}
	for _, id := range s.wanted {
		if !now.Before(s.builds[id].due) {
			return s.read(id)
		}
	}
	return nil
}

func (s *Steps) read(id string) tea.Cmd {
	ctx, cancel := context.WithTimeout(s.ctx, stepDeadline)
	s.reading, s.cancel = id, cancel
	source := s.source
	return func() tea.Msg {
		defer cancel()
		var found stepFinder
		asked, err := source.PeekBuildLog(ctx, id, limitedFinder{&found})
		return StepReadMsg{id: id, asked: asked, step: found.step, bytes: found.written, err: err}
	}
}

// limitedFinder refuses what exceeds maxStepBytes.
type limitedFinder struct{ *stepFinder }

func (f limitedFinder) Write(p []byte) (int, error) {
	if f.written+len(p) > maxStepBytes {
		return 0, errLongLog
	}
	return f.stepFinder.Write(p)
}

// Received ends a read. The next one of the same build comes later if the log was long, and
// later each time it has no step.
func (s *Steps) Received(now time.Time, msg StepReadMsg) {
	s.cancel, s.reading = nil, ""
	b := s.builds[msg.id]
	wait := stepInterval
	switch {
	case !msg.asked || errors.Is(msg.err, context.Canceled): // nothing is known
	case msg.err != nil || msg.step.IsEmpty():
		b.step, b.misses = text.Safe{}, min(b.misses+1, 10)
		wait = min(stepInterval<<b.misses, maxStepInterval)
	default:
		b.step, b.misses = msg.step, 0
		wait = min(stepInterval*time.Duration(1+msg.bytes/slowStepBytes), maxStepInterval)
	}
	b.due = now.Add(wait)
	s.builds[msg.id] = b
}
