package mutation

import (
	"strings"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// Warning returns a line about a risk.
func Warning(t text.Safe) text.Line {
	return text.Join(text.Lit("! ").As(theme.Warning), t.As(theme.Text))
}

// Reassurance returns a line about what is safe.
func Reassurance(t text.Safe) text.Line {
	return text.Join(text.Lit("✓ ").As(theme.Active), t.As(theme.Text))
}

func note(t text.Safe) text.Line { return text.Sprintf("· %s", t).As(theme.Dim) }

func deleteImpact(v *row.ViewState, s *model.Snapshot) []text.Line {
	lines := []text.Line{text.Lit("then wait for 404 (about 10 s)").As(theme.Dim), nil}
	lines = append(lines, useLines(v, s, true)...)
	if s.State.Starting() {
		lines = append(lines, Warning(text.Sprintf("it is %s: a running job may revert the delete; snapdeck reports that", s.State.Label())))
	}
	if n := v.Data.Store.RefCount(s); n > 1 {
		lines = append(lines, Reassurance(text.Sprintf("%s with the same ref: not touched", format.Plural(n-1, "snapshot"))))
	}
	if names := v.RegionNames(s); len(names) > 1 {
		lines = append(lines, Warning(text.Sprintf("removed from %s", strings.Join(names, ", "))))
	}
	return append(append(lines, unusableLine(s)...), restoreLine(v, s))
}

// unusableLine says that no sandbox can be made of a snapshot, unless that is already so.
func unusableLine(s *model.Snapshot) []text.Line {
	if s.State != model.StateActive {
		return nil
	}
	return []text.Line{Warning(text.Lit("no new sandbox can use it"))}
}

// restoreLine says whether a delete can be undone.
func restoreLine(v *row.ViewState, s *model.Snapshot) text.Line {
	reason := v.Unrestorable(s)
	switch {
	case reason != "":
		return Warning(text.Sprintf("cannot be restored: %s", reason))
	case v.TrashOff:
		return Warning(text.Lit("recipe not saved (trash: off): can be restored until snapdeck quits"))
	default:
		return Reassurance(text.Lit("recipe saved to disk first, kept for 90 days"))
	}
}

// bulkRestoreLines say how many deletes can be undone.
func bulkRestoreLines(v *row.ViewState, some []*model.Snapshot) []text.Line {
	refused := 0
	checked := some[:min(len(some), plansAtOnce)]
	for _, s := range checked {
		if v.Unrestorable(s) != "" {
			refused++
		}
	}
	var lines []text.Line
	if refused > 0 {
		lines = append(lines, Warning(text.Sprintf("%s cannot be restored: no recipe known, or the server would refuse it", format.Thousands(refused))))
	}
	if more := len(some) - len(checked); more > 0 {
		lines = append(lines, note(text.Sprintf("%s more not checked", format.Thousands(more))))
	}
	if v.TrashOff {
		return append(lines, Warning(text.Lit("recipes not saved (trash: off): can be restored until snapdeck quits")))
	}
	return append(lines, Reassurance(text.Lit("each recipe saved to disk first, kept for 90 days")))
}

func activateImpact(v *row.ViewState, s *model.Snapshot) []text.Line {
	lines := quotaLines(v, 1)
	if s.HasDockerfile() {
		return append(lines, Reassurance(text.Lit("builds it again, which may take minutes")))
	}
	return append(lines, Reassurance(text.Lit("pulls its image again")))
}

// revertsDelete reports whether a deactivation reverts the delete of a snapshot.
func revertsDelete(v *row.ViewState, s *model.Snapshot) bool {
	return s.State == model.StateRemoving || v.Pending[s.ID] != nil
}

func deactivateImpact(v *row.ViewState, s *model.Snapshot) []text.Line {
	if revertsDelete(v, s) {
		return []text.Line{Reassurance(text.Lit("reverts the delete: it stays, inactive"))}
	}
	lines := useLines(v, s, false)
	return append(lines,
		Warning(text.Lit("no new sandbox can use it until it is activated again")),
		Warning(text.Lit("the server refuses to activate it for 10 minutes")))
}

func bulkDeleteImpact(v *row.ViewState, some []*model.Snapshot) []text.Line {
	starting, active := 0, 0
	for _, s := range some {
		switch {
		case s.State.Starting():
			starting++
		case s.State == model.StateActive:
			active++
		}
	}
	var lines []text.Line
	if starting > 0 {
		lines = append(lines, Warning(text.Sprintf("%s in transition: a running job may revert the delete; snapdeck reports that", format.Thousands(starting))))
	}
	switch {
	case active > 0 && active == len(some):
		lines = append(lines, Warning(text.Lit("no new sandbox can use them")))
	case active > 0:
		lines = append(lines, Warning(text.Lit("no new sandbox can use those that are active")))
	}
	return append(lines, bulkRestoreLines(v, some)...)
}

func bulkDeactivateImpact(*row.ViewState, []*model.Snapshot) []text.Line {
	return []text.Line{Warning(text.Lit("no new sandbox can use them until they are activated again, which takes at least 10 minutes"))}
}

func noBulkImpact(*row.ViewState, []*model.Snapshot) []text.Line { return nil }

// PlanLines returns the requests of a rebuild or restore, its impact, and what is safe.
func PlanLines(v *row.ViewState, s *model.Snapshot, plan model.Plan, edited bool) []text.Line {
	var lines []text.Line
	for i, call := range plan.Calls {
		lines = append(lines, text.Join(
			text.Sprintf("%d  ", i+1).As(theme.Dim), text.Sprintf("%s  ", call.Request()).As(theme.Text), text.Cell(call.Text).As(theme.Dim)))
	}
	lines = append(lines, nil)
	if plan.Mode != model.Restore && plan.Mode != model.Create { // these delete nothing
		lines = append(lines, useLines(v, s, true)...)
	}
	lines = append(lines, quotaLines(v, plan.Places())...)
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
