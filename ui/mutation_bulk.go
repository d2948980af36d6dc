package ui

import (
	"cmp"
	"maps"
	"slices"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

// preview is what was found out about many snapshots before they are acted on.
type bulkPreview struct {
	able    []*model.Snapshot // on which nothing speaks against it
	reasons map[string]int    // how many are left out, and why
	lines   []text.Line       // what it changes and loses
}

// surveyOf looks at each of the targets of a mutation.
func (a *App) previewBulk(v *mutation, targets []*model.Snapshot) bulkPreview {
	if v.bulkPreview != nil {
		return v.bulkPreview(a, targets)
	}
	found := bulkPreview{reasons: make(map[string]int)}
	for _, s := range targets {
		found.add(s, v.refuse(a, s))
	}
	if v.bulkImpact != nil {
		found.lines = v.bulkImpact(a, found.able)
	}
	return found
}

func (f *bulkPreview) add(s *model.Snapshot, reason string) {
	if reason != "" {
		f.reasons[reason]++
		return
	}
	f.able = append(f.able, s)
}

// Update waits for the plans of a preview, some 15 ms at the most.
const (
	// plansAtOnce bounds how many are made; one takes about 10 µs.
	plansAtOnce = 1500
	// twinsAtOnce bounds how many snapshots are looked at to find same-ref snapshots.
	sameRefAtOnce = 500_000
)

// surveyRebuilds plans each rebuild once, and counts what they change and lose. Beyond
// the bounds nothing is looked for, and that is said: when its turn comes each is
// planned again in any case.
func (a *App) previewRebuilds(targets []*model.Snapshot) bulkPreview {
	type impact struct {
		kind    model.ImpactKind
		warning bool
	}
	now := targets[:min(len(targets), plansAtOnce)]
	store := a.state.Data.Store
	if len(now)*store.Len() > sameRefAtOnce {
		store = nil
	}
	found := bulkPreview{reasons: make(map[string]int)}
	counts := make(map[impact]int)
	for _, s := range now {
		plan, reason := a.planInPlace(s, store)
		found.add(s, reason)
		if reason != "" {
			continue
		}
		for _, l := range plan.Impact {
			counts[impact{l.Kind, l.Warning}]++
		}
	}
	later := targets[len(now):]
	found.able = append(found.able, later...)

	var warnings, notes []text.Line
	for _, l := range slices.SortedFunc(maps.Keys(counts), func(x, y impact) int {
		return cmp.Or(cmp.Compare(counts[y], counts[x]), cmp.Compare(x.kind.BulkText(), y.kind.BulkText()))
	}) {
		line := text.Sprintf("%s %s", format.Thousands(counts[l]), l.kind.BulkText())
		if l.warning {
			warnings = append(warnings, warn(line))
		} else {
			notes = append(notes, text.Join(text.Lit("· ").As(theme.Dim), line.As(theme.Dim)))
		}
	}
	if store == nil {
		warnings = append(warnings, warn(text.Lit("too many to look for their twins: some may be served from a cache")))
	}
	if len(later) > 0 {
		warnings = append(warnings, warn(text.Sprintf("%s more are looked at when their turn comes; what cannot be rebuilt stays as it is", format.Thousands(len(later)))))
	}
	found.lines = append(append(warnings, notes...), okLine(text.Lit("each recipe is saved first and kept until it is created again")))
	return found
}

// deleteOfMany counts what the deletion of many takes away.
func (a *App) bulkDeleteImpact(some []*model.Snapshot) []text.Line {
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
		lines = append(lines, warn(text.Sprintf("%s built from a Dockerfile, which is lost with them", format.Thousands(built))))
	}
	if starting > 0 {
		lines = append(lines, warn(text.Sprintf("%s still on the way: a running job may take the delete back; snapdeck will say so", format.Thousands(starting))))
	}
	return append(lines, warn(text.Lit("nothing brings them back, and no sandbox can start from them any more")))
}

// deactivateOfMany says what many can not be used for afterwards.
func (a *App) bulkDeactivateImpact([]*model.Snapshot) []text.Line {
	return []text.Line{warn(text.Lit("no sandbox can start from them until somebody activates them again, after 10 minutes at the earliest"))}
}
