package cli

import (
	"runtime/debug"
	"testing"
)

func TestGarbageCollectorFollowsTheList(t *testing.T) {
	before := debug.SetGCPercent(defaultGOGC)
	t.Cleanup(func() { debug.SetGCPercent(before) })
	var api tunedAPI
	for _, tc := range []struct{ rows, want int }{{0, lowGOGC}, {lowGOGCRows, lowGOGC}, {lowGOGCRows + 1, defaultGOGC}, {5000, lowGOGC}} {
		api.tune(tc.rows)
		if got := debug.SetGCPercent(tc.want); got != tc.want {
			t.Errorf("GOGC is %d with %d rows, want %d", got, tc.rows, tc.want)
		}
	}
}
