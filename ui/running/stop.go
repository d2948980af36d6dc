package running

import (
	"slices"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/text"
)

// lastStep returns the latest event of the running step, zero before the first one.
func (a *Action) lastStep() (last model.RebuildEvent) {
	if len(a.Steps) > 0 {
		last = a.Steps[len(a.Steps)-1]
	}
	return last
}

// RefuseStop returns why the action, nil for none, cannot be stopped. A rebuild can be until the
// old snapshot is deleted or the new one created.
func (a *Action) RefuseStop() string {
	if a == nil || !a.Workflow {
		return "no rebuild running"
	}
	last := a.lastStep()
	switch {
	case a.Mutation.Name != mutation.Rebuild().Name:
		return "only a rebuild can be stopped: delete the new snapshot instead"
	case a.Accepted() || a.DeletedID != "":
		return "too late to stop: the old snapshot is deleted"
	case last.Replacement() != "":
		return "too late to stop: the server has created the new snapshot"
	case a.Stopped:
		return "already stopping"
	}
	switch last.Step {
	case model.StepWait, model.StepCreate, model.StepFollow, model.StepCleanup:
		return "too late to stop: " + last.Step.Label()
	}
	return ""
}

// StopLines returns the body of the question whether to stop the action.
func (a *Action) StopLines(now time.Time) []text.Line {
	lines := []text.Line{a.Progress(now).As(theme.Text), nil}
	if a.lastStep().Step == model.StepDelete {
		return append(lines, mutation.Warning(text.Lit("the delete may be sent already: then the rebuild can be resumed")))
	}
	lines = append(lines, mutation.Reassurance(text.Lit("until its delete is sent, stopping leaves the old snapshot as it is")))
	if slices.ContainsFunc(a.Steps, func(e model.RebuildEvent) bool { return e.Step == model.StepCandidate }) {
		lines = append(lines, mutation.Reassurance(text.Lit("the candidate is removed")))
	}
	return append(lines, text.Lit("· too late once the delete is sent: then the rebuild can be resumed").As(theme.Dim))
}
