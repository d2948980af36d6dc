package ui

import (
	"cmp"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

// stepRows shows how far the rebuild of a snapshot has come: what is done in short,
// what goes on and what failed with what is known of it.
func (k *ViewState) stepRows(o *fieldList, s *model.Snapshot) {
	op := k.Pending[s.ID]
	if op == nil || !op.Workflow {
		return
	}
	label := text.Lit("rebuild")
	row := func(line text.Line) {
		if len(line) > 0 {
			o.row(label, line)
			label = text.Safe{}
		}
	}
	done := text.Sprintf("begun %s", format.Relative(op.Started, k.Now)).As(theme.Text)
	for i, step := range op.Steps {
		ended := step.Phase == model.PhaseDone || step.Phase == model.PhaseFailed
		if i == len(op.Steps)-1 && !ended {
			step.Elapsed += k.Now.Sub(op.Stepped)
		}
		line := stepLine(step)
		if step.Phase != model.PhaseDone {
			row(done)
			row(line)
			done = nil
			continue
		}
		if len(done) > 0 {
			line = text.Join(text.Lit(" · ").As(theme.Dim), line)
		}
		if done.Width()+line.Width() > o.width-labelCells {
			row(done)
			done, line = nil, stepLine(step)
		}
		done = text.Join(done, line)
	}
	row(done)
}

// stepLine is one step of a rebuild and how long it took so far.
func stepLine(step model.RebuildEvent) text.Line {
	mark := text.Lit("◐ ").As(theme.Building)
	switch step.Phase {
	case model.PhaseFailed:
		mark = text.Lit("✗ ").As(theme.Failed)
	case model.PhaseDone:
		mark = text.Lit("✓ ").As(theme.Active)
	}
	line := text.Join(mark, text.Cell(step.Step.Label()).As(theme.Text), text.Sprintf(" %s", format.Seconds(step.Elapsed)).As(theme.Dim))
	if step.Detail != "" && step.Phase != model.PhaseDone {
		line = text.Join(line, text.Sprintf("  %s", step.Detail).As(theme.Dim))
	}
	return line
}

// addStep adds an event to the steps of a rebuild, which are the latest event of each
// step. An event without detail or snapshot keeps those of the event before it.
func addStep(steps []model.RebuildEvent, e model.RebuildEvent) []model.RebuildEvent {
	last := len(steps) - 1
	if last < 0 || steps[last].Step != e.Step {
		return append(steps, e)
	}
	if e.Phase != model.PhaseStarted {
		e.Detail = cmp.Or(e.Detail, steps[last].Detail)
		e.SnapshotID = cmp.Or(e.SnapshotID, steps[last].SnapshotID)
	}
	steps[last] = e
	return steps
}
