package buildlog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
)

// peeks answers with logs, and records what was asked for.
type peeks struct {
	logs  map[string]string
	errs  map[string]error
	busy  bool // the budget has no room
	asked []string
}

func (p *peeks) PeekBuildLog(ctx context.Context, id string, to io.Writer) (bool, error) {
	if p.busy {
		return false, nil
	}
	p.asked = append(p.asked, id)
	if err := ctx.Err(); err != nil {
		return true, err
	}
	if _, err := io.WriteString(to, p.logs[id]); err != nil {
		return true, err
	}
	return true, p.errs[id]
}

// stepClock drives the steps second by second, as ticks do.
type stepClock struct {
	*Steps
	now time.Time
}

func (c *stepClock) pass(d time.Duration, ids ...string) {
	for end := c.now.Add(d); c.now.Before(end); c.now = c.now.Add(time.Second) {
		c.Want(c.now, ids)
		if read := c.ReadIfDue(c.now); read != nil {
			c.Received(c.now, read().(StepReadMsg))
		}
	}
}

func newStepClock(source Peeker) *stepClock {
	return &stepClock{Steps: NewSteps(context.Background(), source), now: time.Unix(0, 0)}
}

// Only the first builds are read, the most important one first, each every ten seconds.
func TestStepsOfFewBuildsAreRead(t *testing.T) {
	t.Parallel()
	source := &peeks{logs: map[string]string{}}
	ids := []string{"e", "a", "b", "c", "d"}
	for _, id := range ids {
		source.logs[id] = "Step 1/2 : RUN " + id + "\n"
	}
	c := newStepClock(source)
	c.pass(10 * time.Second)
	if len(source.asked) > 0 {
		t.Fatalf("nothing builds, but %v was read", source.asked)
	}
	c.pass(18*time.Second, ids...)
	if want := []string{"e", "a", "b", "c", "e", "a", "b", "c"}; !slices.Equal(source.asked, want) {
		t.Errorf("read %v, want %v", source.asked, want)
	}
	if got := c.Step("e").String(); got != "Step 1/2 RUN e" {
		t.Errorf("step %q", got)
	}
	if got := c.Step("d").String(); got != "" {
		t.Errorf("step %q of a build that was not read", got)
	}
	c.pass(time.Second, "a")
	if got := c.Step("e").String(); got != "" {
		t.Errorf("step %q of a build that is not wanted any longer", got)
	}
	source.asked = nil
	c.pass(time.Second, "e")
	if len(source.asked) > 0 || c.Step("e").IsEmpty() {
		t.Errorf("a build that was scrolled back was read again: %v", source.asked)
	}
}

// A log without a step is asked for less and less often, and often again once it has one.
func TestLogsWithoutAStepAreReadLessOften(t *testing.T) {
	t.Parallel()
	for name, source := range map[string]*peeks{
		"refused": {errs: map[string]error{"a": errors.New("403")}},
		"empty":   {},
		"other":   {logs: map[string]string{"a": "building\n"}},
		"long":    {logs: map[string]string{"a": strings.Repeat("Step 1/2 : RUN a\n", maxStepBytes/10)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newStepClock(source)
			c.pass(10*time.Minute, "a")
			if n := len(source.asked); n < 5 || n > 7 {
				t.Errorf("read %d times in ten minutes", n)
			}
			if step := c.Step("a"); !step.IsEmpty() {
				t.Errorf("step %q", step)
			}
			source.logs, source.errs = map[string]string{"a": "Step 1/2 : RUN a\n"}, nil
			c.pass(maxStepInterval, "a")
			source.asked = nil
			c.pass(time.Minute, "a")
			if n := len(source.asked); n != 6 {
				t.Errorf("read %d times in a minute", n)
			}
		})
	}
}

// A long log is read less often than a short one.
func TestLongLogsAreReadLessOften(t *testing.T) {
	t.Parallel()
	source := &peeks{logs: map[string]string{"a": strings.Repeat("output\n", slowStepBytes*2/7) + "Step 1/2 : RUN a\n"}}
	c := newStepClock(source)
	c.pass(time.Minute, "a")
	if n := len(source.asked); n != 2 {
		t.Errorf("read %d times in a minute", n)
	}
	if c.Step("a").IsEmpty() {
		t.Error("no step")
	}
}

// Without room in the budget a build is asked for later, and its step stays.
func TestStepStaysWithoutABudget(t *testing.T) {
	t.Parallel()
	source := &peeks{logs: map[string]string{"a": "Step 1/2 : RUN a\n"}}
	c := newStepClock(source)
	c.pass(time.Second, "a")
	source.busy = true
	c.pass(time.Minute, "a")
	if len(source.asked) != 1 || c.Step("a").IsEmpty() {
		t.Errorf("read %v, step %q", source.asked, c.Step("a"))
	}
	source.busy = false
	c.pass(11*time.Second, "a")
	if len(source.asked) != 2 {
		t.Errorf("read %v", source.asked)
	}
}

// One read runs at a time. It is cancelled once its build is not wanted.
func TestOneStepIsReadAtATime(t *testing.T) {
	t.Parallel()
	source := &peeks{}
	s, now := NewSteps(context.Background(), source), time.Unix(0, 0)
	s.Want(now, []string{"a", "b"})
	read := s.ReadIfDue(now)
	if read == nil || s.ReadIfDue(now.Add(time.Hour)) != nil {
		t.Fatal("not one read")
	}
	s.Want(now, []string{"b"})
	msg := read().(StepReadMsg)
	if !errors.Is(msg.err, context.Canceled) {
		t.Errorf("not cancelled: %v", msg.err)
	}
	s.Received(now, msg)
	if next := s.ReadIfDue(now); next == nil || next().(StepReadMsg).id != "b" {
		t.Error("the next build is not read")
	}
}

// A followed log has the step, so it is not read a second time.
func TestFollowedLogHasTheStep(t *testing.T) {
	t.Parallel()
	source := &peeks{}
	c := newStepClock(source)
	log := New("a")
	log.connect(1)
	for n := range 30 {
		log.Receive(fmt.Sprintf("Step %d/30 : RUN a\n", n+1))
		c.Observe(c.now, log)
		c.pass(time.Second, "a")
		if got, want := c.Step("a").String(), fmt.Sprintf("Step %d/30 RUN a", n+1); got != want {
			t.Fatalf("step %q, want %q", got, want)
		}
	}
	if len(source.asked) > 0 {
		t.Errorf("read %v", source.asked)
	}
	log.connect(2)
	if log.Receive("Step 1/30 : RUN a\n"); log.step().String() != "Step 30/30 RUN a" {
		t.Errorf("after a new connection: %q", log.step())
	}
}

// What is known of builds that ended is forgotten.
func TestStepsOfOldBuildsAreForgotten(t *testing.T) {
	t.Parallel()
	c := newStepClock(&peeks{})
	for n := range 100 {
		c.pass(time.Second, fmt.Sprint(n))
	}
	c.pass(2*maxStepInterval, "last")
	if len(c.builds) != 1 {
		t.Errorf("%d builds are remembered", len(c.builds))
	}
}
