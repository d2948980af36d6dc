package mutation

import (
	"cmp"
	"maps"
	"slices"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// Preview describes what a bulk action would do to its targets.
type Preview struct {
	Able    []*model.Snapshot // those that are not refused
	Reasons map[string]int    // how many are refused, and why
	Lines   []text.Line       // the impact
}

// PreviewOf returns the preview of a mutation that is not a workflow.
func PreviewOf(m *Mutation, v *row.ViewState, targets []*model.Snapshot) Preview {
	found := Preview{Reasons: make(map[string]int)}
	for _, s := range targets {
		found.add(s, m.Refuse(v, s))
	}
	found.Lines = m.BulkImpact(v, found.Able)
	return found
}

func (p *Preview) add(s *model.Snapshot, reason string) {
	if reason != "" {
		p.Reasons[reason]++
		return
	}
	p.Able = append(p.Able, s)
}

// A preview blocks the loop, for 15 ms at most.
const (
	// plansAtOnce bounds the plans; one takes about 10 µs.
	plansAtOnce = 1500
	// sameRefAtOnce bounds how many snapshots are searched for the same ref.
	sameRefAtOnce = 500_000
)

// Planner plans the rebuild of a snapshot, or returns why it is refused. It looks for
// same-ref snapshots in the store, unless that is nil.
type Planner func(s *model.Snapshot, store *model.Store) (plan model.Plan, reason string)

// PreviewRebuilds plans each rebuild and counts the impacts. Those beyond the bounds are only
// counted: each is planned again when its turn comes.
func PreviewRebuilds(targets []*model.Snapshot, store *model.Store, planned Planner) Preview {
	type impact struct {
		kind    model.ImpactKind
		warning bool
	}
	now := targets[:min(len(targets), plansAtOnce)]
	if len(now)*store.Len() > sameRefAtOnce {
		store = nil
	}
	found := Preview{Reasons: make(map[string]int)}
	counts := make(map[impact]int)
	for _, s := range now {
		plan, reason := planned(s, store)
		found.add(s, reason)
		if reason != "" {
			continue
		}
		for _, l := range plan.Impact {
			counts[impact{l.Kind, l.Warning}]++
		}
	}
	later := targets[len(now):]
	found.Able = append(found.Able, later...)

	var warnings, notes []text.Line
	for _, l := range slices.SortedFunc(maps.Keys(counts), func(x, y impact) int {
		return cmp.Or(cmp.Compare(counts[y], counts[x]), cmp.Compare(x.kind.BulkText(0), y.kind.BulkText(0)))
	}) {
		line := text.Sprintf("%s %s", format.Thousands(counts[l]), l.kind.BulkText(counts[l]))
		if l.warning {
			warnings = append(warnings, Warning(line))
		} else {
			notes = append(notes, note(line))
		}
	}
	if store == nil {
		warnings = append(warnings, Warning(text.Lit("too many to check for the same ref: some may be served from cache")))
	}
	if len(later) > 0 {
		warnings = append(warnings, Warning(text.Sprintf("%s more are checked one by one; those that cannot be rebuilt stay unchanged", format.Thousands(len(later)))))
	}
	found.Lines = append(append(warnings, notes...), Reassurance(text.Lit("each recipe saved to disk first")))
	return found
}
