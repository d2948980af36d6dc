package rebuild

import (
	"context"
	"time"

	"daytona/snapdeck/model"
)

const (
	firstDelay     = time.Second
	maxDelay       = 10 * time.Second
	maxRetryAfter  = 2 * time.Minute // more than that is not waited for
	maxRateLimited = 5               // times in a row
)

// patience bounds how long one call is tried. The pauses double; a silence that
// the server asked for is kept, and does not count.
type retryPolicy struct {
	started     time.Time
	delay       time.Duration
	rateLimited int
}

// wait pauses after an error before the next try. It returns an error when there
// shall be none: the cause why ctx ended, or err.
func (p *retryPolicy) wait(ctx context.Context, r *run, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	now := r.o.Now()
	if p.started.IsZero() {
		p.started, p.delay = now, firstDelay
	}
	pause := p.delay
	p.delay = min(2*p.delay, maxDelay)
	if quiet := retryAfter(err); quiet > 0 {
		p.rateLimited++
		if quiet > maxRetryAfter || p.rateLimited > maxRateLimited {
			return err
		}
		pause = max(pause, quiet)
		p.started = p.started.Add(pause)
	} else if now.Add(pause).Sub(p.started) > r.o.RetryTimeout {
		return err
	}
	r.progress("again in " + pause.Round(time.Second).String() + ": " + err.Error())
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
func retry[T any](ctx context.Context, r *run, question func(context.Context) (T, error)) (T, error) {
	var p retryPolicy
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
func (r *run) get(ctx context.Context, id string) (*model.Snapshot, error) {
	return retry(ctx, r, func(ctx context.Context) (*model.Snapshot, error) { return r.remote.byID(ctx, id) })
}

// lookUp reads the organization's snapshot of a name; nil where there is none.
func (r *run) getByName(ctx context.Context, name string) (*model.Snapshot, error) {
	return retry(ctx, r, func(ctx context.Context) (*model.Snapshot, error) { return r.remote.byName(ctx, name) })
}
