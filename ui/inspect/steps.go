package inspect

import (
	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

// stepRows shows the progress of a rebuild, restore or create: done steps briefly, a running or
// failed step with details.
func (p *page) stepRows() {
	op := p.View.Pending[p.Snapshot.ID]
	if op == nil || !op.Workflow {
		return
	}
	label := text.Cell(op.Action)
	add := func(line text.Line) {
		if len(line) > 0 {
			p.field(label, line)
			label = text.Safe{}
		}
	}
	done := text.Sprintf("started %s", format.Relative(op.Started, p.View.LocalNow())).As(theme.Text)
	for i, step := range op.Steps {
		ended := step.Phase == model.PhaseDone || step.Phase == model.PhaseFailed
		if i == len(op.Steps)-1 && !ended {
			step.Elapsed += p.View.LocalNow().Sub(op.LastEvent)
		}
		line := stepLine(step)
		if step.Phase != model.PhaseDone {
			add(done)
			add(line)
			done = nil
			continue
		}
		if len(done) > 0 {
			line = text.Join(text.Lit(" · ").As(theme.Dim), line)
		}
		if done.Width()+line.Width() > p.Width-labelWidth {
			add(done)
			done, line = nil, stepLine(step)
		}
		done = text.Join(done, line)
	}
	add(done)
}

// stepLine returns a step with its duration.
func stepLine(step model.RebuildEvent) text.Line {
	mark := text.Lit("◐ ").As(theme.Building)
	detail := step.Detail
	switch {
	case step.Phase == model.PhaseFailed:
		mark = text.Lit("✗ ").As(theme.Failed)
	case step.Phase == model.PhaseDone && step.ServerCheckNotKnown():
		mark, detail = text.Lit("? ").As(theme.Warning), "not known"
	case step.Phase == model.PhaseDone:
		detail = ""
		mark = text.Lit("✓ ").As(theme.Active)
	}
	line := text.Join(mark, text.Cell(step.Step.Label()).As(theme.Text), text.Sprintf(" %s", format.Seconds(step.Elapsed)).As(theme.Dim))
	if detail != "" {
		line = text.Join(line, text.Sprintf("  %s", detail).As(theme.Dim))
	}
	return line
}
