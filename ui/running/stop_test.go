package running

import (
	"strings"
	"testing"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/row"
)

// TestStop claims of the old snapshot only what the events prove.
func TestStop(t *testing.T) {
	t.Parallel()
	event := func(step model.Step) model.RebuildEvent {
		return model.RebuildEvent{Step: step, Phase: model.PhaseStarted}
	}
	created := func(step model.Step) model.RebuildEvent {
		return model.RebuildEvent{Step: step, Phase: model.PhaseProgress, Call: "POST /snapshots", Created: "new"}
	}
	const before = "until its delete is sent, stopping leaves the old snapshot as it is"
	for name, tc := range map[string]struct {
		events    []model.RebuildEvent
		refused   string
		says      string
		candidate bool
	}{
		"starting":         {nil, "", before, false},
		"candidate":        {[]model.RebuildEvent{event(model.StepCandidate), created(model.StepCandidate), event(model.StepCandidate)}, "", before, true},
		"server check":     {[]model.RebuildEvent{event(model.StepServerCheck)}, "", before, false},
		"deleting":         {[]model.RebuildEvent{event(model.StepDelete)}, "", "the delete may be sent already", false},
		"created by check": {[]model.RebuildEvent{event(model.StepServerCheck), created(model.StepServerCheck), {Step: model.StepServerCheck, Phase: model.PhaseProgress}}, "too late to stop: the server has created the new snapshot", "", false},
		// The server answered the check with a snapshot that it does not show.
		"after the check":   {[]model.RebuildEvent{created(model.StepServerCheck), event(model.StepDelete)}, "", "the delete may be sent already", false},
		"deleted elsewhere": {[]model.RebuildEvent{event(model.StepServerCheck), event(model.StepCreate)}, "too late to stop: creating", "", false},
		"removed elsewhere": {[]model.RebuildEvent{event(model.StepDelete), event(model.StepWait)}, "too late to stop: waiting for the name", "", false},
		"cleaning up":       {[]model.RebuildEvent{event(model.StepCandidate), event(model.StepCleanup)}, "too late to stop: removing the candidate", "", false},
	} {
		op := NewAction(mutation.Rebuild(), "id", "node", started())
		op.Workflow = true
		for _, e := range tc.events {
			op.Steps = row.MergeStep(op.Steps, e)
		}
		if got := op.RefuseStop(); got != tc.refused {
			t.Errorf("%s: refused %q, want %q", name, got, tc.refused)
		}
		if tc.refused != "" {
			continue
		}
		var lines strings.Builder
		for _, line := range op.StopLines(started()) {
			lines.WriteString(line.String() + "\n")
		}
		if got := lines.String(); !strings.Contains(got, tc.says) || strings.Contains(got, "candidate") != tc.candidate || tc.says != before && strings.Contains(got, before) {
			t.Errorf("%s: says %q", name, got)
		}
	}
}

func TestStopRefused(t *testing.T) {
	t.Parallel()
	op := NewAction(mutation.Rebuild(), "id", "node", started())
	op.Workflow = true
	op.Stopped = true
	if got := op.RefuseStop(); got != "already stopping" {
		t.Error(got)
	}
	op.Sent = started()
	if got := op.RefuseStop(); got != "too late to stop: the old snapshot is deleted" {
		t.Error(got)
	}
	op.Mutation = mutation.Restore()
	if got := op.RefuseStop(); got != "only a rebuild can be stopped: delete the new snapshot instead" {
		t.Error(got)
	}
	if got := (*Action)(nil).RefuseStop(); got != "no rebuild running" {
		t.Error(got)
	}
}
