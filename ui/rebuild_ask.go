package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/text"
)

// askRebuild asks for the rebuild of the selected snapshot, in the mode and the region
// that tab chooses, or of the marked ones, in place.
func (a *App) askRebuild() tea.Cmd {
	if a.table.MarkCount() > 0 {
		return a.askBulk(mutation.Rebuild(), a.targets())
	}
	return a.askRebuildOf(a.selected(), nil, nil)
}

// askRebuildOf asks for the rebuild of one snapshot. With an edited Dockerfile the
// difference is shown first.
func (a *App) askRebuildOf(s *model.Snapshot, dockerfile *string, difference []text.Line) tea.Cmd {
	request := a.rebuildRequest(s, dockerfile)
	if plan := a.options.Rebuilder.Plan(request); plan.Refused() {
		a.toast.Show(dialog.Refused, s.Name+" cannot be rebuilt: "+plan.Refusals[0].Text, a.now)
		return nil
	}
	plans, notes := mutation.RebuildPlans(a.options.Rebuilder.Plan, request)
	return a.askUse([]*model.Snapshot{s}, func() dialog.Question {
		q := dialog.Question{
			Title: mutation.Title(mutation.Rebuild(), s, a.connectionText()),
			Word:  mutation.Rebuild().Word(&a.state.ViewState, s, a.options.Protect), Verb: "rebuild",
		}
		for _, plan := range plans {
			lines := append(slices.Clip(difference), mutation.PlanLines(&a.state.ViewState, s, plan, dockerfile != nil)...)
			q.Modes = append(q.Modes, dialog.Mode{
				Name:  mutation.PlanName(&a.state.ViewState, plan, plans),
				Lines: append(lines, notes...),
				Do:    func() tea.Cmd { return a.runRebuild(s, plan) },
			})
		}
		return q
	})
}
