package rebuild

import (
	"context"
	"time"

	"daytona/snapdeck/model"
)

const (
	firstPause = time.Second
	maxPause   = 10 * time.Second
	maxSilence = 2 * time.Minute // more than that is not waited for
	maxLimited = 5               // times in a row
)

// patience bounds how long one call is tried. The pauses double; a silence that
// the server asked for is kept, and does not count.
type patience struct {
	since   time.Time
	pause   time.Duration
	limited int
}

// wait pauses after an error before the next try. It returns an error when there
// shall be none: the cause why ctx ended, or err.
func (p *patience) wait(ctx context.Context, r *run, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	now := r.o.Now()
	if p.since.IsZero() {
		p.since, p.pause = now, firstPause
	}
	pause := p.pause
	p.pause = min(2*p.pause, maxPause)
	if quiet := silence(err); quiet > 0 {
		p.limited++
		if quiet > maxSilence || p.limited > maxLimited {
			return err
		}
		pause = max(pause, quiet)
		p.since = p.since.Add(pause)
	} else if now.Add(pause).Sub(p.since) > r.o.Patience {
		return err
	}
	r.going("again in " + pause.Round(time.Second).String() + ": " + err.Error())
	return r.sleep(ctx, pause)
}

// sleep waits; it returns the cause when ctx ends first.
func (r *run) sleep(ctx context.Context, d time.Duration) error {
	err := r.o.Sleep(ctx, d)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// ask repeats a question until the server answers it.
func ask[T any](ctx context.Context, r *run, question func(context.Context) (T, error)) (T, error) {
	var p patience
	for {
		if ctx.Err() != nil {
			var none T
			return none, context.Cause(ctx)
		}
		answer, err := question(ctx)
		if err == nil || isDefinite(err) {
			return answer, err
		}
		if err := p.wait(ctx, r, err); err != nil {
			return answer, err
		}
	}
}

// look reads a snapshot by id; nil where there is none.
func (r *run) look(ctx context.Context, id string) (*model.Snapshot, error) {
	return ask(ctx, r, func(ctx context.Context) (*model.Snapshot, error) { return r.remote.byID(ctx, id) })
}

// lookUp reads the organization's snapshot of a name; nil where there is none.
func (r *run) lookUp(ctx context.Context, name string) (*model.Snapshot, error) {
	return ask(ctx, r, func(ctx context.Context) (*model.Snapshot, error) { return r.remote.byName(ctx, name) })
}
