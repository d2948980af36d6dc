package mutation

import (
	"strings"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// AsksUse reports whether the question about the mutation of a snapshot says who uses it.
func (m *Mutation) AsksUse(v *row.ViewState, s *model.Snapshot) bool {
	return m.Disruptive && (m.Workflow() || m.OnlyUnused || !revertsDelete(v, s))
}

// awaitsUse reports whether the answer to who uses the snapshot is still missing.
func awaitsUse(u *row.Uses, s *model.Snapshot) bool {
	_, answered := u.ByName[s.Name]
	return !answered && u.Asking[s.Name]
}

// mayBeInUse reports whether a sandbox uses the snapshot, or may use it. While the answer is
// missing it returns false: the question cannot be confirmed then.
func mayBeInUse(u *row.Uses, s *model.Snapshot) bool {
	return !awaitsUse(u, s) && u.ByName[s.Name].State() != model.NotInUse
}

// useLines says which sandboxes use a snapshot, which warm pools are lost, and whether it was
// used in the last day.
func useLines(v *row.ViewState, s *model.Snapshot, losesPools bool) []text.Line {
	lines := []text.Line{useLine(v, s)}
	pools := v.PoolTexts(s)
	switch {
	case !losesPools:
	case pools != "":
		lines = append(lines, Warning(text.Sprintf("warm pools lost: %s", pools)))
	default:
		lines = append(lines, poolsNotKnown(&v.Uses)...)
	}
	if used, ok := s.LastUsedAt.Get(); ok && v.Now.Sub(used) < recentUse {
		lines = append(lines, Warning(text.Sprintf("it was used %s", format.Ago(used, v.Now))))
	}
	return lines
}

// poolsNotKnown returns a line that says so if the server did not list the warm pools.
func poolsNotKnown(u *row.Uses) []text.Line {
	if u.Pools.Known || u.Pools.At.IsZero() {
		return nil
	}
	return []text.Line{note(text.Lit("warm pools not known"))}
}

func useLine(v *row.ViewState, s *model.Snapshot) text.Line {
	if awaitsUse(&v.Uses, s) {
		return note(text.Lit("asking which sandboxes use it …"))
	}
	use := v.Uses.ByName[s.Name]
	line := row.UseText(use, v.Now)
	switch use.State() {
	case model.InUse:
		return Warning(text.Sprintf("in use: %s", line))
	case model.NotInUse:
		return note(text.Sprintf("not in use: %s", line))
	default:
		return Warning(line)
	}
}

// useGroups are snapshots by whether they are in use.
type useGroups struct {
	free, unknown, used []*model.Snapshot // free includes those without an answer yet
	named               []*model.Snapshot // of the free ones: in use, and confirmed by name
	awaited             bool
}

func groupByUse(u *row.Uses, targets []*model.Snapshot) useGroups {
	var g useGroups
	for _, s := range targets {
		awaited := awaitsUse(u, s)
		g.awaited = g.awaited || awaited
		switch state := u.ByName[s.Name].State(); {
		case awaited || state == model.NotInUse:
			g.free = append(g.free, s)
		case state == model.InUse:
			g.used = append(g.used, s)
		default:
			g.unknown = append(g.unknown, s)
		}
	}
	return g
}

// maxUsed limits how many snapshots in use a confirmation names.
const maxUsed = 10

// usedLines names the snapshots in use.
func usedLines(v *row.ViewState, used []*model.Snapshot) []text.Line {
	var lines []text.Line
	for _, s := range used[:min(len(used), maxUsed)] {
		lines = append(lines, Warning(text.Sprintf("%s in use: %s", s.Name, row.UseText(v.Uses.ByName[s.Name], v.Now))))
	}
	if more := len(used) - maxUsed; more > 0 {
		lines = append(lines, Warning(text.Sprintf("%s more in use", format.Thousands(more))))
	}
	return lines
}

// unknownLine names the snapshots of unknown use, and the reason of the first one.
func unknownLine(v *row.ViewState, unknown []*model.Snapshot) text.Line {
	names := make([]string, min(len(unknown), maxUsed))
	for i := range names {
		names[i] = unknown[i].Name
	}
	list := strings.Join(names, ", ")
	if more := len(unknown) - len(names); more > 0 {
		list += " and " + format.Thousands(more) + " more"
	}
	return Warning(text.Sprintf("%s · %s", row.UseText(v.Uses.ByName[unknown[0].Name], v.Now), list))
}

// poolLines names the warm pools that are lost with snapshots.
func poolLines(v *row.ViewState, some []*model.Snapshot) []text.Line {
	if len(v.Uses.Pools.Pools) == 0 {
		return poolsNotKnown(&v.Uses)
	}
	var lines []text.Line
	more := 0
	for _, s := range some {
		pools := v.PoolTexts(s)
		switch {
		case pools == "":
		case len(lines) == maxUsed:
			more++
		default:
			lines = append(lines, Warning(text.Sprintf("warm pools of %s lost: %s", s.Name, pools)))
		}
	}
	if more > 0 {
		lines = append(lines, Warning(text.Sprintf("warm pools of %s lost", format.Plural(more, "more snapshot"))))
	}
	return lines
}
