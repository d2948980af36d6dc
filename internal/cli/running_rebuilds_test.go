package cli

import (
	"maps"
	"testing"
	"testing/synctest"
	"time"

	"daytona/snapdeck/model"
)

func TestRunningRebuilds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var u runningRebuilds
		start := func(id string) func(model.RebuildResult) {
			ended, ok := u.start(id)
			if !ok {
				t.Errorf("%s must not start", id)
			}
			return ended
		}
		start("done")(model.RebuildResult{Outcome: model.OutcomeRebuilt})
		start("kept")(model.RebuildResult{Outcome: model.OutcomeUnfinished, Entry: "entry"})
		start("hangs")
		soon := start("soon")
		late := start("late")
		go func() {
			time.Sleep(settleTimeout / 2)
			soon(model.RebuildResult{Outcome: model.OutcomeAccepted})
			time.Sleep(settleTimeout)
			late(model.RebuildResult{Outcome: model.OutcomeRebuilt})
		}()
		began := time.Now()
		left := u.stop(settleTimeout)
		if took := time.Since(began); took != settleTimeout {
			t.Errorf("it took %v", took)
		}
		if want := map[string]model.Outcome{"kept": model.OutcomeUnfinished, "hangs": "", "late": ""}; !maps.Equal(left, want) {
			t.Errorf("left are %v, want %v", left, want)
		}
		if _, ok := u.start("after"); ok {
			t.Error("a rebuild began after the end")
		}
		time.Sleep(settleTimeout)
	})
}

func TestNoRunningRebuilds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var u runningRebuilds
		began := time.Now()
		if left := u.stop(settleTimeout); len(left) > 0 || time.Since(began) > 0 {
			t.Errorf("left are %v after %v", left, time.Since(began))
		}
	})
}
