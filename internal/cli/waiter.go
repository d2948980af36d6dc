package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"daytona/snapdeck/client"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/text"
)

const (
	// stateDeleted is not a state of the API, which answers 404.
	stateDeleted model.State = "deleted"

	// The pause between polls grows from minPause after a change, when others are
	// likely to follow, to maxPause. Polls count toward the organization's rate limit.
	minPause    = 2 * time.Second
	maxPause    = 5 * time.Second
	pauseGrowth = 500 * time.Millisecond

	unreachableTimeout = 15 * time.Second // how long the API may be unreachable
	minRequestTimeout  = 2 * time.Second  // even if less of unreachableTimeout is left
)

// waiter polls one snapshot until it is in the wanted state or in another final state,
// or until the timeout.
type waiter struct {
	api     *client.Client
	want    model.State
	timeout time.Duration
	now     func() time.Time
	sleep   func(context.Context, time.Duration) error
	report  func(text.Safe) // prints progress; nil prints nothing

	start            time.Time
	unreachableSince time.Time // zero while the API is reachable

	name  string // the argument
	id    string // replaces the name once known, because a name can be reused
	last  *model.Snapshot
	state model.State // "" before the first poll
	pause time.Duration
}

// wait returns nil when the snapshot is in the wanted state.
func (w *waiter) wait(ctx context.Context, name string) error {
	w.name, w.id = name, name
	w.start, w.pause = w.now(), minPause
	for {
		err := w.poll(ctx)
		if err != nil && !w.isTemporary(err) {
			return err
		}
		if err == nil {
			if done, err := w.checkState(); done {
				return err
			}
		}
		remaining := w.remaining()
		if remaining <= 0 {
			return w.timedOut(err)
		}
		if err := w.sleep(ctx, min(w.nextPause(err), remaining)); err != nil {
			return err
		}
	}
}

func (w *waiter) remaining() time.Duration { return w.timeout - w.now().Sub(w.start) }

// poll fetches the snapshot once.
func (w *waiter) poll(ctx context.Context) error {
	start := w.now()
	timeout := unreachableTimeout
	if !w.unreachableSince.IsZero() {
		timeout -= start.Sub(w.unreachableSince)
	}
	ctx, cancel := context.WithTimeout(ctx, max(min(timeout, w.remaining()), minRequestTimeout))
	defer cancel()
	s, err := w.api.Get(ctx, w.id)
	code := model.CodeOf(err)
	switch {
	case err == nil:
		w.id, w.last = s.ID, s
		w.setState(s.State)
	case code == model.NotFound && (w.last != nil || w.want == stateDeleted):
		err = nil
		w.setState(stateDeleted)
	}
	switch {
	case !isOutage(code):
		w.unreachableSince = time.Time{}
	case w.unreachableSince.IsZero():
		w.unreachableSince = start
	}
	return err
}

// isOutage reports whether the API is unreachable or failing.
func isOutage(code model.ErrorCode) bool { return code == model.Network || code == model.ServerError }

// setState records the state, and reports a change.
func (w *waiter) setState(state model.State) {
	if state == w.state {
		return
	}
	w.state, w.pause = state, minPause
	if w.report != nil && state != w.want {
		w.report(text.Sprintf("%s  %s", w.elapsed(), state.Label()))
	}
}

// checkState reports whether the wait is over. The error is nil in the wanted state.
func (w *waiter) checkState() (done bool, err error) {
	switch {
	case w.state == w.want:
		if w.report != nil {
			w.report(text.Sprintf("%s is %s after %s", w.name, w.state.Label(), w.elapsed()))
		}
		return true, nil
	case w.state == stateDeleted, w.state.Known() && !w.state.InTransition():
		return true, exitError{fmt.Errorf("%s is %s, not %s%s", w.name, w.state.Label(), w.want.Label(), w.failureReason()), exitPartial}
	default:
		return false, nil
	}
}

// failureReason returns the reason of a failed state, with a colon in front, or "".
func (w *waiter) failureReason() string {
	if reason := strings.TrimSpace(w.last.ErrorReason.Value); reason != "" && w.state.Failed() {
		return ": " + reason
	}
	return ""
}

// isTemporary reports whether the next poll may succeed: after a rate limit, and after
// an outage shorter than unreachableTimeout.
func (w *waiter) isTemporary(err error) bool {
	code := model.CodeOf(err)
	return code == model.RateLimited || isOutage(code) && w.now().Sub(w.unreachableSince) < unreachableTimeout
}

// nextPause returns how long to sleep before the next poll; err is the error of the last
// one.
func (w *waiter) nextPause(err error) time.Duration {
	pause := w.pause
	w.pause = min(w.pause+pauseGrowth, maxPause)
	if !w.unreachableSince.IsZero() {
		pause = min(pause, unreachableTimeout-w.now().Sub(w.unreachableSince)) // do not sleep past the timeout
	}
	if apiErr, ok := errors.AsType[*model.Error](err); ok {
		return max(pause, apiErr.RetryAfter)
	}
	// Leave the last quarter of the rate limit to the organization's other clients.
	if rate := w.api.Rate(); rate.Known && rate.Remaining < rate.Limit/4 {
		return max(pause, rate.Reset)
	}
	return pause
}

// timedOut returns the error for a wait that took too long; pollErr is the error of the
// last poll.
func (w *waiter) timedOut(pollErr error) error {
	last := "no state seen yet"
	if w.state != "" {
		last = "it is " + w.state.Label()
	}
	err := fmt.Errorf("%s is not %s after %v: %s", w.name, w.want.Label(), w.timeout, last)
	if pollErr != nil {
		err = fmt.Errorf("%w · %w", err, pollErr)
	}
	return exitError{err, exitUnreachable}
}

// elapsed returns the time since the start, rounded to seconds.
func (w *waiter) elapsed() string { return w.now().Sub(w.start).Round(time.Second).String() }

// waitResult is the end of a wait, as -o json prints it.
type waitResult struct {
	Name    string      `json:"name"` // as it was given
	ID      string      `json:"id"`   // "" if no poll found it
	State   model.State `json:"state"`
	Reached bool        `json:"reached"` // it is the wanted state
	Seconds float64     `json:"seconds"`
}

func (w *waiter) result() waitResult {
	r := waitResult{Name: w.name, State: w.state, Reached: w.state == w.want, Seconds: w.now().Sub(w.start).Seconds()}
	if w.last != nil {
		r.ID = w.last.ID
	}
	return r
}
