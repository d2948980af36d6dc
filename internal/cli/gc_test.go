package cli

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestReleaseMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		started := time.Now()
		var at []time.Duration
		releaseMemory(ctx, func() { at = append(at, time.Since(started)) })
		if len(at) != 60 || at[0] != firstRelease || at[1] != firstRelease+nextRelease {
			t.Errorf("released %d times, at %v", len(at), at)
		}
	})
}
