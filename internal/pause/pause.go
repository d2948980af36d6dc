// Package pause waits without being deaf: what a program sleeps through must still
// be able to end it.
package pause

import (
	"context"
	"time"
)

// For waits for d. It returns nil then, and the cause of ctx's end where that comes
// first.
func For(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
