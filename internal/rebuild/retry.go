package rebuild

import (
	"context"
	"time"

	"daytona/snapdeck/model"
)

const (
	firstDelay     = time.Second
	maxDelay       = 10 * time.Second
	maxRetryAfter  = 2 * time.Minute // a longer wait is an error
	maxRateLimited = 5               // times in a row
)

// retryPolicy bounds how long one call is retried. The delays double. A retry-after of
// the server is respected and does not count.
type retryPolicy struct {
	started     time.Time
	delay       time.Duration
	rateLimited int
}

// wait sleeps after an error, before the next try. It returns err if there is no other try, or
// the cause of ctx.
func (p *retryPolicy) wait(ctx context.Context, r *run, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	now := r.o.Now()
	if p.started.IsZero() {
		p.started, p.delay = now, firstDelay
	}
	delay := p.delay
	p.delay = min(2*p.delay, maxDelay)
	if after := retryAfter(err); after > 0 {
		p.rateLimited++
		if after > maxRetryAfter || p.rateLimited > maxRateLimited {
			return err
		}
		delay = max(delay, after)
		p.started = p.started.Add(delay)
	} else if now.Add(delay).Sub(p.started) > r.o.RetryTimeout {
		return err
	}
	r.progress("retrying in " + delay.Round(time.Second).String() + ": " + err.Error())
	return r.sleep(ctx, delay)
}

// sleep waits. It returns the cause of ctx if that ends first.
func (r *run) sleep(ctx context.Context, d time.Duration) error {
	err := r.o.Sleep(ctx, d)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// retry repeats a call that changes nothing until the server answers it.
func retry[T any](ctx context.Context, r *run, call func(context.Context) (T, error)) (T, error) {
	var p retryPolicy
	for {
		if ctx.Err() != nil {
			var none T
			return none, context.Cause(ctx)
		}
		answer, err := call(ctx)
		if err == nil || isDefinite(err) {
			return answer, err
		}
		if err := p.wait(ctx, r, err); err != nil {
			return answer, err
		}
	}
}

// get reads a snapshot by id, nil if there is none.
func (r *run) get(ctx context.Context, id string) (*model.Snapshot, error) {
	return retry(ctx, r, func(ctx context.Context) (*model.Snapshot, error) { return r.remote.byID(ctx, id) })
}

// getByName reads the organization's snapshot of the name, nil if there is none.
func (r *run) getByName(ctx context.Context, name string) (*model.Snapshot, error) {
	return retry(ctx, r, func(ctx context.Context) (*model.Snapshot, error) { return r.remote.byName(ctx, name) })
}
