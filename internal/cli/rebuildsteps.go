package cli

import (
	"cmp"
	"errors"
	"strings"

	"daytona/snapdeck/client/rebuild"
	"daytona/snapdeck/ui"
)

// stepper turns the events of a workflow into steps as they are shown: one for
// each step of the workflow, which says what was heard of it last. A step that is
// done says what the server answered.
func stepper(report func(ui.RebuildStep)) func(rebuild.Event) {
	var step ui.RebuildStep
	var answer string
	return func(e rebuild.Event) {
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
			SnapshotID: cmp.Or(e.SnapshotID, step.SnapshotID),
			Gone:       e.Step == rebuild.StepWait && e.Phase == rebuild.Done,
		}
		if step.Done {
			step.Detail = answer
		}
		report(step)
	}
}

// resultOf is the end of a workflow as the dashboard sees it.
func resultOf(result rebuild.Result, err error) ui.RebuildResult {
	r := ui.RebuildResult{
		Rebuilt:   result.Outcome == rebuild.Rebuilt,
		Untouched: result.Outcome == rebuild.Untouched,
		Kept:      result.Entry != "",
	}
	if result.New != nil {
		r.NewID = result.New.ID
	}
	if err != nil {
		r.Err = errors.New(strings.Join(strings.Fields(err.Error()), " ")) // one line
	}
	return r
}
