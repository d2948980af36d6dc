package prune_test

import (
	"fmt"
	"testing"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/prune"
)

// BenchmarkNew plans for 100,000 snapshots.
func BenchmarkNew(b *testing.B) {
	var all []*model.Snapshot
	for i := range 100_000 {
		all = append(all, snapshot(fmt.Sprintf("team/app-%d:1.%d.0", i%4000, i), model.StateActive, 100))
	}
	in := inputOf(all...)
	for b.Loop() {
		prune.New(prune.Options{Keep: 3, Now: now}, in)
	}
}
