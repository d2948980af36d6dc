package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/text"
)

// maxRegionChoices bounds the regions that a question offers: each is planned.
const maxRegionChoices = 12

// askRebuild asks for the rebuild of the selected snapshot, in the mode and the region
// that tab chooses, or of the marked ones, in place.
func (a *App) askRebuild() tea.Cmd {
	v := mutation.Rebuild()
	if a.table.MarkCount() > 0 {
		return a.askBulk(v, a.targets())
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
	c := dialog.Question{
		Title: text.Join(
			text.Lit("Rebuild ").As(theme.Title), text.Styled(s.Name, theme.Title, nil),
			text.Sprintf("  %s  in %s", s.ShortID(), a.connectionText()).As(theme.Dim)),
		Word: mutation.TypedWord(s, a.options.Protect, a.now), Verb: "rebuild",
	}
	plans, notes := a.rebuildPlans(request)
	for _, plan := range plans {
		lines := append(slices.Clip(difference), mutation.PlanLines(&a.state.ViewState, s, plan, dockerfile != nil)...)
		c.Modes = append(c.Modes, dialog.Mode{
			Name:  a.rebuildModeName(plan, plans),
			Lines: append(lines, notes...),
			Do:    func() tea.Cmd { return a.runRebuild(s, plan) },
		})
	}
	return a.ask(c)
}

// rebuildPlans returns a plan for each region that the rebuild can keep, the default
// first, in each mode, and notes about what cannot be chosen.
func (a *App) rebuildPlans(request model.RebuildRequest) (plans []model.Plan, notes []text.Line) {
	choices := []string{""} // the plan chooses
	if regions := request.Snapshot.CreateRegions(request.Regions, request.Organization.DefaultRegionID); len(regions) > 1 {
		choices = nil
		for _, region := range regions[:min(len(regions), maxRegionChoices)] {
			choices = append(choices, region.ID)
		}
		if left := len(regions) - len(choices); left > 0 {
			notes = append(notes, text.Sprintf("· %s cannot be chosen here", format.Plural(left, "more region")).As(theme.Dim))
		}
	}
	for i, region := range choices {
		for _, mode := range []model.RebuildMode{model.InPlace, model.VerifyFirst} {
			request.RegionID, request.Mode = region, mode
			plan := a.options.Rebuilder.Plan(request)
			switch {
			case !plan.Refused():
				plans = append(plans, plan)
			case i == 0 && mode == model.VerifyFirst:
				notes = append(notes, text.Sprintf("· %s", plan.Refusals[0].Text).As(theme.Dim))
			}
		}
	}
	return plans, notes
}

// rebuildModeName names a plan by what tells it from the others.
func (a *App) rebuildModeName(plan model.Plan, all []model.Plan) text.Safe {
	other := func(p model.Plan) bool { return p.Recipe.RegionID != plan.Recipe.RegionID }
	region, _ := a.state.Region(plan.Recipe.RegionID)
	switch {
	case slices.ContainsFunc(all, other):
		return text.Sprintf("%s · %s", string(plan.Mode), region.Name)
	case plan.Mode == model.VerifyFirst:
		return text.Lit("verify first: build under a temporary name, then swap")
	default:
		return text.Lit("in place")
	}
}
