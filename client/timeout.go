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

// patience is how long a request may take.
type timeouts struct {
	header time.Duration // until the headers are there
	idle   time.Duration // between two pieces of the body
	total  time.Duration // for everything, 0: no end (a stream)
}

// watchdog cancels a request that makes no progress. A plain deadline would have
// to be long enough for the slowest honest answer, and a dead server would then
// be noticed only as late.
type idleTimeout struct {
	ctx    context.Context // it is the request's, and ends with it
	timer  *time.Timer
	idle   time.Duration
	cancel context.CancelFunc
}

func startTimeouts(parent context.Context, p timeouts) *idleTimeout {
	ctx, cancelCause := context.WithCancelCause(parent)
	cancel := func() { cancelCause(nil) }
	if p.total > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeoutCause(ctx, p.total, errTooSlow)
		inner := cancel
		cancel = func() { stop(); inner() }
	}
	return &idleTimeout{
		ctx:    ctx,
		timer:  time.AfterFunc(p.header, func() { cancelCause(errStalled) }),
		idle:   p.idle,
		cancel: cancel,
	}
}

// fed tells the watchdog that something came.
func (w *idleTimeout) reset() { w.timer.Reset(w.idle) }

func (w *idleTimeout) stop() {
	w.timer.Stop()
	w.cancel()
}

// reason replaces the error of a request that the watchdog or the caller ended by
// why it did.
func (w *idleTimeout) resolve(err error) error {
	cause := context.Cause(w.ctx)
	if errors.Is(cause, errStalled) || errors.Is(cause, errTooSlow) {
		return cause
	}
	if w.ctx.Err() != nil {
		return w.ctx.Err()
	}
	return err
}

// guarded is a body that feeds the watchdog, and refuses to be larger than limit
// bytes after decompression.
type limitedBody struct {
	io.Closer
	body    io.Reader
	timeout *idleTimeout
	limit   int64
}

func (g *limitedBody) Read(p []byte) (int, error) {
	n, err := g.body.Read(p)
	if n > 0 {
		g.timeout.reset()
	}
	g.limit -= int64(n)
	if g.limit < 0 {
		return 0, errTooLarge
	}
	return n, err
}
