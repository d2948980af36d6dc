package cli

import (
	"cmp"
	"errors"
	"strings"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/ui"
)

// stepper turns the events of a workflow into steps as they are shown: one for
// each step of the workflow, which says what was heard of it last. A step that is
// done says what the server answered.
func stepper(report func(ui.RebuildStep)) func(rebuild.Event) {
	var step ui.RebuildStep
	var answer string
	candidate := false
	return func(e rebuild.Event) {
		candidate = candidate || e.Step == rebuild.StepCandidate
		if e.Phase == rebuild.Begun {
			step, answer = ui.RebuildStep{}, ""
		}
		if e.Call != "" {
			answer = e.Detail
		}
		step = ui.RebuildStep{
			Name:       e.Step.Doing(),
			Done:       e.Phase == rebuild.Done,
			Failed:     e.Phase == rebuild.Failed,
			Elapsed:    e.Elapsed,
			Detail:     cmp.Or(e.Detail, step.Detail),
			Request:    e.Call,
			Took:       e.Took,
			Refused:    e.Err != nil,
			SnapshotID: cmp.Or(e.SnapshotID, step.SnapshotID),
			Saved:      isSaved(e, candidate),
			Gone:       e.Step == rebuild.StepWait && e.Phase == rebuild.Done,
		}
		if step.Done {
			step.Detail = cmp.Or(answer, e.Detail)
		}
		report(step)
	}
}

// isSaved reports whether the journal has what is needed to finish: from the moment
// at which the recipe is saved until it is created again, with a candidate until
// that is gone.
func isSaved(e rebuild.Event, candidate bool) bool {
	switch e.Step {
	case rebuild.StepCheck:
		return false
	case rebuild.StepSave:
		return e.Phase == rebuild.Done
	case rebuild.StepCreate:
		return candidate || e.Phase != rebuild.Done
	case rebuild.StepFollow:
		return candidate
	default:
		return true
	}
}

// resultOf is the end of a workflow as the dashboard sees it.
func resultOf(result rebuild.Result, err error) ui.RebuildResult {
	r := ui.RebuildResult{
		Rebuilt:   result.Outcome == rebuild.Rebuilt,
		Untouched: result.Outcome == rebuild.Untouched,
		Replaced:  result.Replaced,
		Kept:      result.Entry != "" && !errors.Is(err, rebuild.ErrNoEntry),
	}
	if result.New != nil {
		r.NewID = result.New.ID
	}
	if err != nil {
		r.Err = errors.New(strings.Join(strings.Fields(err.Error()), " ")) // one line
	}
	return r
}
