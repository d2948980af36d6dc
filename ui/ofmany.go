package ui

import (
	"cmp"
	"maps"
	"slices"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// planned bounds the work of planning many rebuilds, in snapshots that are looked at
// for twins. Update waits for it, some 10 ms at the most.
const planned = 500_000

// rebuildOfMany counts what the rebuilds of many change and lose. Beyond a bound
// their twins are not looked for, and that is said.
func (a *App) rebuildOfMany(some []*model.Snapshot) []text.Line {
	type loss struct {
		warning bool
		text    string
	}
	counts := make(map[loss]int)
	tooMany := len(some)*a.known.deck.store.Len() > planned
	for _, s := range some {
		request := a.rebuildRequest(s, false, nil)
		if tooMany {
			request.Store = nil
		}
		for _, l := range a.options.Rebuilder.Plan(request).Losses {
			counts[loss{l.Warning, cmp.Or(l.OfMany, l.Text)}]++
		}
	}
	var warnings, notes []text.Line
	for _, l := range slices.SortedFunc(maps.Keys(counts), func(x, y loss) int {
		return cmp.Or(cmp.Compare(counts[y], counts[x]), cmp.Compare(x.text, y.text))
	}) {
		line := text.Sprintf("%s %s", thousands(counts[l]), l.text)
		if l.warning {
			warnings = append(warnings, warn(line))
		} else {
			notes = append(notes, text.Join(text.Lit("· ").As(theme.Dim), line.As(theme.Dim)))
		}
	}
	if tooMany {
		warnings = append(warnings, warn(text.Lit("too many to look for their twins: some may be served from a cache")))
	}
	return append(append(warnings, notes...), calm(text.Lit("each recipe is saved first and kept until it is created again")))
}

// deleteOfMany counts what the deletion of many takes away.
func (a *App) deleteOfMany(some []*model.Snapshot) []text.Line {
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
		lines = append(lines, warn(text.Sprintf("%s built from a Dockerfile, which is lost with them", thousands(built))))
	}
	if starting > 0 {
		lines = append(lines, warn(text.Sprintf("%s still on the way: a running job may take the delete back; snapdeck will say so", thousands(starting))))
	}
	return append(lines, warn(text.Lit("nothing brings them back, and no sandbox can start from them any more")))
}

// deactivateOfMany says what many can not be used for afterwards.
func (a *App) deactivateOfMany([]*model.Snapshot) []text.Line {
	return []text.Line{warn(text.Lit("no sandbox can start from them until somebody activates them again, after 10 minutes at the earliest"))}
}
