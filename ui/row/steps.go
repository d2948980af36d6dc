package row

import (
	"cmp"

	"daytona/snapdeck/model"
)

// MergeStep adds an event to the steps of a rebuild, which are the latest event of each
// step. An event without detail or snapshots keeps those of the event before it.
func MergeStep(steps []model.RebuildEvent, e model.RebuildEvent) []model.RebuildEvent {
	last := len(steps) - 1
	if last < 0 || steps[last].Step != e.Step {
		return append(steps, e)
	}
	if e.Phase != model.PhaseStarted {
		e.Detail = cmp.Or(e.Detail, steps[last].Detail)
		e.SnapshotID = cmp.Or(e.SnapshotID, steps[last].SnapshotID)
		e.Created = cmp.Or(e.Created, steps[last].Created)
	}
	steps[last] = e
	return steps
}
