package row

import (
	"errors"
	"slices"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// A step keeps its latest detail and snapshot.
func TestAddStep(t *testing.T) {
	t.Parallel()
	const save, remove, wait, create = model.StepSave, model.StepDelete, model.StepWait, model.StepCreate
	refused := errors.New("403")
	kept := model.RebuildEvent{Step: save, Phase: model.PhaseDone, Detail: "the old Dockerfile is kept"}
	accepted := model.RebuildEvent{Step: remove, Phase: model.PhaseProgress, SnapshotID: "1", Call: "DELETE /snapshots/1", Detail: "accepted"}
	var got []model.RebuildEvent
	for i, tc := range []struct{ event, want model.RebuildEvent }{
		{event: model.RebuildEvent{Step: save, Phase: model.PhaseStarted}, want: model.RebuildEvent{Step: save, Phase: model.PhaseStarted}},
		{event: kept, want: kept},
		{
			event: model.RebuildEvent{Step: remove, Phase: model.PhaseStarted, SnapshotID: "1"},
			want:  model.RebuildEvent{Step: remove, Phase: model.PhaseStarted, SnapshotID: "1"},
		},
		{
			event: model.RebuildEvent{Step: remove, Phase: model.PhaseProgress, Call: "DELETE /snapshots/1", Duration: time.Second, Detail: "403", Err: refused},
			want:  model.RebuildEvent{Step: remove, Phase: model.PhaseProgress, Call: "DELETE /snapshots/1", Duration: time.Second, Detail: "403", Err: refused, SnapshotID: "1"},
		},
		{event: model.RebuildEvent{Step: remove, Phase: model.PhaseProgress, Call: "DELETE /snapshots/1", Detail: "accepted"}, want: accepted},
		{
			event: model.RebuildEvent{Step: remove, Phase: model.PhaseDone},
			want:  model.RebuildEvent{Step: remove, Phase: model.PhaseDone, SnapshotID: "1", Detail: "accepted"},
		},
		{
			event: model.RebuildEvent{Step: wait, Phase: model.PhaseProgress, Detail: "removing", Elapsed: time.Second},
			want:  model.RebuildEvent{Step: wait, Phase: model.PhaseProgress, Detail: "removing", Elapsed: time.Second},
		},
		{
			event: model.RebuildEvent{Step: wait, Phase: model.PhaseProgress, Elapsed: 2 * time.Second},
			want:  model.RebuildEvent{Step: wait, Phase: model.PhaseProgress, Detail: "removing", Elapsed: 2 * time.Second},
		},
		{
			event: model.RebuildEvent{Step: wait, Phase: model.PhaseFailed, Detail: "it is back"},
			want:  model.RebuildEvent{Step: wait, Phase: model.PhaseFailed, Detail: "it is back"},
		},
		{event: model.RebuildEvent{Step: wait, Phase: model.PhaseStarted}, want: model.RebuildEvent{Step: wait, Phase: model.PhaseStarted}},
		{event: model.RebuildEvent{Step: create, Phase: model.PhaseDone}, want: model.RebuildEvent{Step: create, Phase: model.PhaseDone}},
	} {
		got = MergeStep(got, tc.event)
		if last := got[len(got)-1]; last != tc.want {
			t.Errorf("event %d: %+v, want %+v", i, last, tc.want)
		}
	}
	var steps []model.Step
	for _, e := range got {
		steps = append(steps, e.Step)
	}
	if want := []model.Step{save, remove, wait, create}; !slices.Equal(steps, want) {
		t.Errorf("steps %q, want %q", steps, want)
	}
}
