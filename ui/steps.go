package ui

import (
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
		if i == len(op.Steps)-1 && !step.Done && !step.Failed {
			step.Elapsed += k.Now.Sub(op.Stepped)
		}
		line := stepLine(step)
		if !step.Done {
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
func stepLine(step RebuildStep) text.Line {
	mark := text.Lit("◐ ").As(theme.Building)
	switch {
	case step.Failed:
		mark = text.Lit("✗ ").As(theme.Failed)
	case step.Done:
		mark = text.Lit("✓ ").As(theme.Active)
	}
	line := text.Join(mark, text.Cell(step.Name).As(theme.Text), text.Sprintf(" %s", format.Seconds(step.Elapsed)).As(theme.Dim))
	if step.Detail != "" && !step.Done {
		line = text.Join(line, text.Sprintf("  %s", step.Detail).As(theme.Dim))
	}
	return line
}
