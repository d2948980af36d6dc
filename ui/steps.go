package ui

import (
	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// stepRows shows how far the rebuild of a snapshot has come.
func (k *knowledge) stepRows(o *sheet, s *model.Snapshot) {
	op := k.operations[s.ID]
	if op == nil || !op.workflow {
		return
	}
	o.row(text.Lit("rebuild"), text.Sprintf("begun %s", relative(op.started, k.now)).As(theme.Text))
	for _, step := range op.steps {
		mark := text.Lit("◐ ").As(theme.Building)
		switch {
		case step.Failed:
			mark = text.Lit("✗ ").As(theme.Failed)
		case step.Done:
			mark = text.Lit("✓ ").As(theme.Active)
		}
		line := text.Join(mark, text.Cell(step.Name).As(theme.Text).Fit(13), text.Sprintf("%s", seconds(step.Elapsed)).As(theme.Dim).Right(8))
		if step.Detail != "" {
			line = text.Join(line, text.Sprintf("  %s", step.Detail).As(theme.Dim))
		}
		o.row(text.Safe{}, line)
	}
	o.gap()
}
