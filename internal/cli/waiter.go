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
	// stateDeleted is no state of the API: the server does not know the snapshot.
	stateDeleted model.State = "gone"

	// A look costs a request of the organization's rate limit. It is soon after a
	// change, when more are likely, and then ever later.
	minPause    = 2 * time.Second
	maxPause    = 5 * time.Second
	pauseGrowth = 500 * time.Millisecond

	// unreachableTimeout is how long the API may give no answer, and leastPatience
	// what a single request is given before that.
	unreachableTimeout = 15 * time.Second
	minRequestTimeout  = 2 * time.Second
)

// waiter looks at one snapshot until it is in the wanted state, has settled in
// another one, or the time is up.
type waiter struct {
	api     *client.Client
	want    model.State
	timeout time.Duration
	now     func() time.Time
	sleep   func(context.Context, time.Duration) error
	report  func(text.Safe) // nil to be silent

	start            time.Time
	unreachableSince time.Time // when the API ceased to answer, zero while it does

	name  string // as it was given
	id    string // once it is known: a name can pass on to another snapshot
	last  *model.Snapshot
	state model.State // the last one seen, "" before
	pause time.Duration
}

// waitCommand returns nil once the state is reached.
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
		left := w.remaining()
		if left <= 0 {
			return w.timedOut(err)
		}
		if err := w.sleep(ctx, min(w.nextPause(err), left)); err != nil {
			return err
		}
	}
}

func (w *waiter) remaining() time.Duration { return w.timeout - w.now().Sub(w.start) }

// poll asks for the state once.
func (w *waiter) poll(ctx context.Context) error {
	asked := w.now()
	patience := unreachableTimeout
	if !w.unreachableSince.IsZero() {
		patience -= asked.Sub(w.unreachableSince)
	}
	ctx, cancel := context.WithTimeout(ctx, max(min(patience, w.remaining()), minRequestTimeout))
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
		w.unreachableSince = asked
	}
	return err
}

// isOutage reports whether the API is not there, or as good as that.
func isOutage(code model.ErrorCode) bool { return code == model.Network || code == model.ServerError }

// setState takes a state in, and tells it where it is new.
func (w *waiter) setState(state model.State) {
	if state == w.state {
		return
	}
	w.state, w.pause = state, minPause
	if w.report != nil && state != w.want {
		w.report(text.Sprintf("%s  %s", w.elapsed(), state.Label()))
	}
}

// checkState reports whether the wait is over, and with which error.
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

// failureReason is the reason of a failure.
func (w *waiter) failureReason() string {
	if reason := strings.TrimSpace(w.last.ErrorReason.Value); reason != "" && w.state.Failed() {
		return ": " + reason
	}
	return ""
}

// isTemporary reports whether a trouble may be over at the next look: the network's
// and the server's, for a while, and a rate limit, which only wants patience.
func (w *waiter) isTemporary(err error) bool {
	code := model.CodeOf(err)
	return code == model.RateLimited || isOutage(code) && w.now().Sub(w.unreachableSince) < unreachableTimeout
}

// nextPause is how long to wait until the next look.
func (w *waiter) nextPause(err error) time.Duration {
	pause := w.pause
	w.pause = min(w.pause+pauseGrowth, maxPause)
	if !w.unreachableSince.IsZero() {
		pause = min(pause, unreachableTimeout-w.now().Sub(w.unreachableSince)) // then it is given up
	}
	if e, ok := errors.AsType[*model.Error](err); ok {
		return max(pause, e.RetryAfter)
	}
	// The last quarter of the limit belongs to the organization's other clients.
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

// elapsed is how long it has been waited, to the second.
func (w *waiter) elapsed() string { return w.now().Sub(w.start).Round(time.Second).String() }
