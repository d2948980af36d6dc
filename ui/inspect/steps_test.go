package inspect

import (
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// TestStepLine shows details until the step is done. A server check that proved nothing says
// so afterwards, too.
func TestStepLine(t *testing.T) {
	t.Parallel()
	event := func(step model.Step, phase model.Phase, detail string) model.RebuildEvent {
		return model.RebuildEvent{Step: step, Phase: phase, Detail: detail, Elapsed: time.Second}
	}
	for _, tc := range []struct {
		event model.RebuildEvent
		want  string
	}{
		{event(model.StepWait, model.PhaseProgress, "removing"), "◐ waiting for the name 1.0 s  removing"},
		{event(model.StepWait, model.PhaseDone, "removing"), "✓ waiting for the name 1.0 s"},
		{event(model.StepCreate, model.PhaseFailed, "no"), "✗ creating 1.0 s  no"},
		{event(model.StepServerCheck, model.PhaseDone, "server check passed: only the name is taken"), "✓ checking with the server 1.0 s"},
		{event(model.StepServerCheck, model.PhaseDone, model.CheckNotKnown+": release 9 may check the name first"), "? checking with the server 1.0 s  not known"},
		{event(model.StepServerCheck, model.PhaseProgress, model.CheckNotKnown+": no"), "◐ checking with the server 1.0 s  server check not known: no"},
	} {
		if got := stepLine(tc.event).String(); got != tc.want {
			t.Errorf("got %q, want %q", got, tc.want)
		}
	}
}
