package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

var (
	errStalled = fmt.Errorf("no progress: %w", context.DeadlineExceeded)
	errTooSlow = fmt.Errorf("not finished in time: %w", context.DeadlineExceeded)
)

// timeouts limits how long a request may take.
type timeouts struct {
	header time.Duration // until the response headers
	idle   time.Duration // between two reads of the body
	total  time.Duration // for the whole request, 0 means no limit
}

// idleTimeout cancels a request that makes no progress. A single deadline would
// have to allow for the slowest valid response, so a dead server would be
// detected just as late.
type idleTimeout struct {
	ctx    context.Context // the request's context
	timer  *time.Timer
	idle   time.Duration
	cancel context.CancelFunc
}

func startTimeouts(parent context.Context, t timeouts) *idleTimeout {
	ctx, cancelCause := context.WithCancelCause(parent)
	cancel := func() { cancelCause(nil) }
	if t.total > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeoutCause(ctx, t.total, errTooSlow)
		inner := cancel
		cancel = func() { stop(); inner() }
	}
	return &idleTimeout{
		ctx:    ctx,
		timer:  time.AfterFunc(t.header, func() { cancelCause(errStalled) }),
		idle:   t.idle,
		cancel: cancel,
	}
}

// reset restarts the idle timer after data arrived.
func (t *idleTimeout) reset() { t.timer.Reset(t.idle) }

func (t *idleTimeout) stop() {
	t.timer.Stop()
	t.cancel()
}

// resolve replaces the error of a canceled request with the reason for the
// cancellation.
func (t *idleTimeout) resolve(err error) error {
	reason := context.Cause(t.ctx)
	if errors.Is(reason, errStalled) || errors.Is(reason, errTooSlow) {
		return reason
	}
	if t.ctx.Err() != nil {
		return t.ctx.Err()
	}
	return err
}

// limitedBody is a response body that restarts the idle timer on each read and
// fails after limit bytes of decompressed data.
type limitedBody struct {
	io.Closer
	body    io.Reader
	timeout *idleTimeout
	limit   int64
}

func (b *limitedBody) Read(p []byte) (int, error) {
	n, err := b.body.Read(p)
	if n > 0 {
		b.timeout.reset()
	}
	b.limit -= int64(n)
	if b.limit < 0 {
		return 0, errTooLarge
	}
	return n, err
}
