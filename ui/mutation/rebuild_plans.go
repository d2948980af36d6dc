package mutation

import (
	"slices"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// maxRegionChoices bounds the regions that a question offers: each is planned.
const maxRegionChoices = 12

// RebuildPlans returns a plan for each region that the rebuild or restore can keep, the default
// first, in each mode, and notes about what cannot be chosen.
func RebuildPlans(planFor func(model.RebuildRequest) model.Plan, request model.RebuildRequest) (plans []model.Plan, notes []text.Line) {
	choices := []string{""} // the plan chooses
	if regions := request.Snapshot.CreateRegions(request.Regions, request.Organization.DefaultRegionID); len(regions) > 1 {
		choices = nil
		for _, region := range regions[:min(len(regions), maxRegionChoices)] {
			choices = append(choices, region.ID)
		}
		if more := len(regions) - len(choices); more > 0 {
			notes = append(notes, note(text.Sprintf("%s cannot be chosen here", format.Plural(more, "more region"))))
		}
	}
	modes := []model.RebuildMode{model.InPlace, model.VerifyFirst}
	if request.Mode == model.Restore {
		modes = []model.RebuildMode{model.Restore}
	}
	for i, region := range choices {
		for _, mode := range modes {
			request.RegionID, request.Mode = region, mode
			plan := planFor(request)
			switch {
			case !plan.Refused():
				plans = append(plans, plan)
			case i == 0 && mode == model.VerifyFirst:
				notes = append(notes, note(text.Cell(plan.Refusals[0].Text)))
			}
		}
	}
	return plans, notes
}

// PlanName names a plan by what tells it from the others.
func PlanName(v *row.ViewState, plan model.Plan, all []model.Plan) text.Safe {
	other := func(p model.Plan) bool { return p.Recipe.RegionID != plan.Recipe.RegionID }
	region, _ := v.Region(plan.Recipe.RegionID)
	switch {
	case slices.ContainsFunc(all, other):
		return text.Sprintf("%s · %s", string(plan.Mode), region.Name)
	case plan.Mode == model.VerifyFirst:
		return text.Lit("verify first: build under a temporary name, then swap")
	default:
		return text.Lit("in place")
	}
}
