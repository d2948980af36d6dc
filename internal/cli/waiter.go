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
	// stateGone is no state of the API: the server does not know the snapshot.
	stateGone model.State = "gone"

	// A look costs a request of the organization's rate limit. It is soon after a
	// change, when more are likely, and then ever later.
	shortPause  = 2 * time.Second
	longPause   = 5 * time.Second
	pauseGrowth = 500 * time.Millisecond

	// unreachableAfter is how long the API may give no answer, and leastPatience
	// what a single request is given before that.
	unreachableAfter = 15 * time.Second
	leastPatience    = 2 * time.Second
)

// waiter looks at one snapshot until it is in the wanted state, has settled in
// another one, or the time is up.
type waiter struct {
	api     *client.Client
	want    model.State
	timeout time.Duration
	now     func() time.Time
	sleep   func(context.Context, time.Duration) error
	tell    func(text.Safe) // nil to be silent

	began time.Time
	cut   time.Time // when the API ceased to answer, zero while it does

	name  string // as it was given
	id    string // once it is known: a name can pass on to another snapshot
	last  *model.Snapshot
	state model.State // the last one seen, "" before
	pause time.Duration
}

// wait returns nil once the state is reached.
func (w *waiter) wait(ctx context.Context, name string) error {
	w.name, w.id = name, name
	w.began, w.pause = w.now(), shortPause
	for {
		trouble := w.look(ctx)
		if trouble != nil && !w.passes(trouble) {
			return trouble
		}
		if trouble == nil {
			if done, err := w.judge(); done {
				return err
			}
		}
		left := w.left()
		if left <= 0 {
			return w.timedOut(trouble)
		}
		if err := w.sleep(ctx, min(w.nextPause(trouble), left)); err != nil {
			return err
		}
	}
}

func (w *waiter) left() time.Duration { return w.timeout - w.now().Sub(w.began) }

// look asks for the state once.
func (w *waiter) look(ctx context.Context) error {
	asked := w.now()
	patience := unreachableAfter
	if !w.cut.IsZero() {
		patience -= asked.Sub(w.cut)
	}
	ctx, cancel := context.WithTimeout(ctx, max(min(patience, w.left()), leastPatience))
	defer cancel()
	s, err := w.api.Get(ctx, w.id)
	code := model.CodeOf(err)
	switch {
	case err == nil:
		w.id, w.last = s.ID, s
		w.enter(s.State)
	case code == model.NotFound && (w.last != nil || w.want == stateGone):
		err = nil
		w.enter(stateGone)
	}
	switch {
	case !isOutage(code):
		w.cut = time.Time{}
	case w.cut.IsZero():
		w.cut = asked
	}
	return err
}

// isOutage reports whether the API is not there, or as good as that.
func isOutage(code model.ErrorCode) bool { return code == model.Network || code == model.ServerError }

// enter takes a state in, and tells it where it is new.
func (w *waiter) enter(state model.State) {
	if state == w.state {
		return
	}
	w.state, w.pause = state, shortPause
	if w.tell != nil && state != w.want {
		w.tell(text.Sprintf("%s  %s", w.elapsed(), state.Label()))
	}
}

// judge reports whether the wait is over, and with which error.
func (w *waiter) judge() (done bool, err error) {
	switch {
	case w.state == w.want:
		if w.tell != nil {
			w.tell(text.Sprintf("%s is %s after %s", w.name, w.state.Label(), w.elapsed()))
		}
		return true, nil
	case w.state == stateGone, w.state.Known() && !w.state.InTransition():
		return true, exitError{fmt.Errorf("%s is %s, not %s%s", w.name, w.state.Label(), w.want.Label(), w.why()), exitPartly}
	default:
		return false, nil
	}
}

// why is the reason of a failure.
func (w *waiter) why() string {
	if reason := strings.TrimSpace(w.last.ErrorReason.Value); reason != "" && w.state.Failed() {
		return ": " + reason
	}
	return ""
}

// passes reports whether a trouble may be over at the next look: the network's
// and the server's, for a while, and a rate limit, which only wants patience.
func (w *waiter) passes(trouble error) bool {
	code := model.CodeOf(trouble)
	return code == model.RateLimited || isOutage(code) && w.now().Sub(w.cut) < unreachableAfter
}

// nextPause is how long to wait until the next look.
func (w *waiter) nextPause(trouble error) time.Duration {
	pause := w.pause
	w.pause = min(w.pause+pauseGrowth, longPause)
	if !w.cut.IsZero() {
		pause = min(pause, unreachableAfter-w.now().Sub(w.cut)) // then it is given up
	}
	if e, ok := errors.AsType[*model.Error](trouble); ok {
		return max(pause, e.RetryAfter)
	}
	// The last quarter of the limit belongs to the organization's other clients.
	if rate := w.api.Rate(); rate.Known && rate.Remaining < rate.Limit/4 {
		return max(pause, rate.Reset)
	}
	return pause
}

func (w *waiter) timedOut(trouble error) error {
	where := "it was not seen yet"
	if w.state != "" {
		where = "it is " + w.state.Label()
	}
	err := fmt.Errorf("%s is not %s after %v: %s", w.name, w.want.Label(), w.timeout, where)
	if trouble != nil {
		err = fmt.Errorf("%w · %w", err, trouble)
	}
	return exitError{err, exitUnreachable}
}

// elapsed is how long it has been waited, to the second.
func (w *waiter) elapsed() string { return w.now().Sub(w.began).Round(time.Second).String() }
