package ui

import (
	"context"
	"errors"
	"testing"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/running"
)

// waiting is a rebuilder with rebuilds that run until they are stopped.
type waiting struct {
	scripted
	cause error
}

func (w *waiting) Run(ctx context.Context, plan model.Plan, _ func(model.RebuildEvent)) (model.RebuildResult, error) {
	<-ctx.Done()
	w.cause = context.Cause(ctx)
	return model.RebuildResult{Outcome: model.OutcomeUntouched, Old: plan.Snapshot}, w.cause
}

func TestStopBeforeDelete(t *testing.T) {
	t.Parallel()
	r := &waiting{}
	h := newHarness(t, withRebuilder(r))
	h.onQuiet()
	h.press("X")
	h.sees("no rebuild running")
	s := h.app.selected()
	run := h.app.runRebuild(s, model.Plan{Snapshot: s})
	h.send(rebuildEventMsg{id: s.ID, event: model.RebuildEvent{Step: model.StepCandidate, Phase: model.PhaseProgress, Saved: true}})
	h.press("X")
	h.sees("Stop the rebuild of "+s.Name, "until its delete is sent, stopping leaves the old snapshot as it is", "the candidate is removed", "y stop")
	h.press("esc")
	if h.app.state.running.Get(s.ID).Stopped {
		t.Fatal("stopped without a yes")
	}
	h.press("X")
	h.advance(dialog.ArmAfter)
	h.press("y")
	h.sees("stopping the rebuild of " + s.Name)
	h.press("X")
	h.sees("already stopping")
	h.run(run)
	if !errors.Is(r.cause, model.ErrStopped) {
		t.Errorf("it ended with %v", r.cause)
	}
	h.sees(s.Name + " was not rebuilt: stopped · the old snapshot is unchanged")
}

func TestNoStopAfterDelete(t *testing.T) {
	t.Parallel()
	r := &waiting{}
	h := newHarness(t, withRebuilder(r))
	h.onQuiet()
	s := h.app.selected()
	_ = h.app.runRebuild(s, model.Plan{Snapshot: s})
	op := h.app.state.running.Get(s.ID)
	h.press("X")
	h.advance(dialog.ArmAfter)
	op.Sent = h.app.now // while the question is open
	h.press("y")
	h.sees("too late to stop: the old snapshot is deleted")
	h.press("X")
	h.sees("too late to stop: the old snapshot is deleted")
	if op.Stopped {
		t.Error("it was stopped")
	}
	op.Sent, op.Workflow = start, false
	h.press("X")
	h.sees("no rebuild running")
}

// A restore has nothing to go back to.
func TestStopOfARestore(t *testing.T) {
	t.Parallel()
	h := newHarness(t, withRebuilder(&waiting{}))
	h.onQuiet()
	s := h.app.selected()
	op := running.NewAction(mutation.Restore(), s.ID, s.Name, h.clock.now)
	op.Workflow = true
	h.app.state.running.Add(op)
	h.press("X")
	h.sees("only a rebuild can be stopped: delete the new snapshot instead")
}
