package row

import (
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// A build that takes longer than others did shows when it will be ended.
func TestALongBuildShowsItsDeadline(t *testing.T) {
	v := NewViewState(start)
	s := snapshotOf(t, map[string]any{"id": "1", "name": "long", "state": "building", "imageName": "node:20",
		"createdAt": start.Format(time.RFC3339), "updatedAt": start.Format(time.RFC3339)})
	other := *s
	other.ID = "other"
	active := other
	active.State = model.StateActive
	v.History.Observe([]model.Change{{Kind: model.Added, After: &other}}, start)
	v.History.Observe([]model.Change{{Kind: model.StateChanged, Before: &other, After: &active}}, start.Add(2*time.Minute))
	v.Now = start.Add(time.Minute)
	if got := v.progressLine(s).String(); got != "1m00s ━━━━━━━─────── ~2m00s" {
		t.Errorf("in time: %q", got)
	}
	v.Now = start.Add(40 * time.Minute)
	if got := v.progressLine(s).String(); got != "40m00s of 1h · node:20" {
		t.Errorf("late: %q", got)
	}
}
