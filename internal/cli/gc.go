package cli

import (
	"context"
	"time"
)

const (
	// dashboardGOGC is less than Go's default, which keeps as much again for garbage as for
	// the snapshots.
	dashboardGOGC = 15
	// The first list leaves the most garbage, later ones little.
	firstRelease = 5 * time.Second
	nextRelease  = time.Minute
)

// releaseMemory calls release from time to time until ctx is done.
func releaseMemory(ctx context.Context, release func()) {
	for wait := firstRelease; ; wait = nextRelease {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
			release()
		}
	}
}
