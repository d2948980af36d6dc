package mutation

import (
	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// Warning is a line about what the user may regret.
func Warning(t text.Safe) text.Line {
	return text.Join(text.Lit("! ").As(theme.Warning), t.As(theme.Text))
}

// Reassurance is a line about what is safe.
func Reassurance(t text.Safe) text.Line {
	return text.Join(text.Lit("✓ ").As(theme.Active), t.As(theme.Text))
}

func note(t text.Safe) text.Line { return text.Sprintf("· %s", t).As(theme.Dim) }

func deleteImpact(v *row.ViewState, s *model.Snapshot) []text.Line {
	lines := []text.Line{text.Lit("then wait until the server says that it is gone, about 10 s").As(theme.Dim), nil}
	if _, ok := s.Dockerfile(); ok {
		lines = append(lines, Warning(text.Lit("its Dockerfile is lost: copy it first if nobody else has it")))
	}
	lines = append(lines, UseWarning(v, s)...)
	if s.State.Starting() {
		lines = append(lines, Warning(text.Sprintf("it is %s: a running job may take the delete back; snapdeck will say so", s.State.Label())))
	}
	if twins := v.Data.Store.SameRef(s); len(twins) > 0 {
		lines = append(lines, Reassurance(text.Sprintf("%s of the same ref: not touched", format.Plural(len(twins), "twin"))))
	}
	if n := len(s.RegionIDs.Value); n > 1 {
		lines = append(lines, Warning(text.Sprintf("it goes from all its %d regions", n)))
	}
	return append(lines, Warning(text.Lit("nothing brings it back, and no sandbox can start from it any more")))
}

func activateImpact(v *row.ViewState, s *model.Snapshot) []text.Line {
	if _, ok := s.Dockerfile(); ok {
		return []text.Line{Reassurance(text.Lit("it is built again, which may take minutes, and then is active"))}
	}
	return []text.Line{Reassurance(text.Lit("its image is pulled again, and then it is active"))}
}

func deactivateImpact(v *row.ViewState, s *model.Snapshot) []text.Line {
	if s.State == model.StateRemoving || v.Pending[s.ID] != nil {
		return []text.Line{Reassurance(text.Lit("this takes its deletion back: it stays, inactive"))}
	}
	lines := UseWarning(v, s)
	return append(lines,
		Warning(text.Lit("no sandbox can start from it until somebody activates it again")),
		Warning(text.Lit("the server refuses that for the first 10 minutes")))
}

// UseWarning says that a snapshot was used in the last day.
func UseWarning(v *row.ViewState, s *model.Snapshot) []text.Line {
	if used, ok := s.LastUsedAt.Get(); ok && v.Now.Sub(used) < RecentUse {
		return []text.Line{Warning(text.Sprintf("it was used %s ago", format.Age(v.Now.Sub(used))))}
	}
	return nil
}

// deleteOfMany counts what the deletion of many takes away.
func bulkDeleteImpact(some []*model.Snapshot) []text.Line {
	built, starting := 0, 0
	for _, s := range some {
		if _, ok := s.Dockerfile(); ok {
			built++
		}
		if s.State.Starting() {
			starting++
		}
	}
	var lines []text.Line
	if built > 0 {
		lines = append(lines, Warning(text.Sprintf("%s built from a Dockerfile, which is lost with them", format.Thousands(built))))
	}
	if starting > 0 {
		lines = append(lines, Warning(text.Sprintf("%s still on the way: a running job may take the delete back; snapdeck will say so", format.Thousands(starting))))
	}
	return append(lines, Warning(text.Lit("nothing brings them back, and no sandbox can start from them any more")))
}

// deactivateOfMany says what many can not be used for afterwards.
func bulkDeactivateImpact([]*model.Snapshot) []text.Line {
	return []text.Line{Warning(text.Lit("no sandbox can start from them until somebody activates them again, after 10 minutes at the earliest"))}
}

func noBulkImpact([]*model.Snapshot) []text.Line { return nil }

// PlanLines are the requests of a rebuild, its impact, and what is safe.
func PlanLines(v *row.ViewState, s *model.Snapshot, plan model.Plan, edited bool) []text.Line {
	var lines []text.Line
	for i, call := range plan.Calls {
		lines = append(lines, text.Join(
			text.Sprintf("%d  ", i+1).As(theme.Dim), text.Sprintf("%s  ", call.Request()).As(theme.Text), text.Cell(call.Text).As(theme.Dim)))
	}
	lines = append(lines, nil)
	lines = append(lines, UseWarning(v, s)...)
	for _, impact := range plan.Impact {
		if impact.Warning {
			lines = append(lines, Warning(text.Cell(impact.Text)))
		}
	}
	for _, impact := range plan.Impact {
		if !impact.Warning {
			lines = append(lines, note(text.Cell(impact.Text)))
		}
	}
	if edited {
		lines = append(lines, Reassurance(text.Lit("old Dockerfile saved to a file")))
	}
	return append(lines, Reassurance(text.Lit("recipe saved to disk first")))
}
