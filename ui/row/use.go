package row

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

// Uses says which sandboxes use the snapshots, as far as it was asked.
type Uses struct {
	ByName map[string]model.Use // by name of the snapshot; without an entry it was not asked
	Asking map[string]bool      // names that were asked for, without an answer yet
	Pools  model.WarmPools
	Reads  int // counts the changes
}

// NewUses returns what is known before anything is asked.
func NewUses() Uses {
	return Uses{ByName: make(map[string]model.Use), Asking: make(map[string]bool)}
}

// maxUseStates is how many states of sandboxes a line names.
const maxUseStates = 5

// UseText returns how many sandboxes of a snapshot are in each state, those in use first, and
// the latest activity: "3 sandboxes started, 12 stopped · last active 2h ago".
func UseText(use model.Use, now time.Time) text.Safe {
	switch {
	case use.State() == model.UseUnknown && use.Reason != "":
		return text.Sprintf("use not known: %s", use.Reason)
	case use.State() == model.UseUnknown:
		return text.Lit("use not known")
	case len(use.Sandboxes) == 0:
		return text.Lit("no sandboxes")
	}
	line := text.Cell(strings.Join(useStates(use), ", "))
	if !use.Known {
		line = text.Sprintf("at least %s", line)
	}
	if last, ok := use.LastActivity(); ok {
		line = text.Sprintf("%s · last active %s", line, format.Relative(last, now))
	}
	return line
}

// useStates returns how many sandboxes are in each state.
func useStates(use model.Use) []string {
	counts := make(map[string]int)
	for _, s := range use.Sandboxes {
		counts[s.State]++
	}
	idle := func(state string) int {
		if (model.Sandbox{State: state}).InUse() {
			return 0
		}
		return 1
	}
	states := slices.SortedFunc(maps.Keys(counts), func(x, y string) int {
		return cmp.Or(idle(x)-idle(y), counts[y]-counts[x], strings.Compare(x, y))
	})
	var parts []string
	others := len(use.Sandboxes)
	for i, state := range states[:min(len(states), maxUseStates)] {
		number := format.Thousands(counts[state])
		if i == 0 {
			number = sandboxCount(counts[state])
		}
		parts = append(parts, number+" "+state)
		others -= counts[state]
	}
	if others > 0 {
		parts = append(parts, format.Thousands(others)+" in other states")
	}
	return parts
}

func sandboxCount(n int) string { return format.Count(n, "sandbox", "sandboxes") }

// PoolText returns the region and the size of a warm pool: "us (3 sandboxes)".
func (v *ViewState) PoolText(p model.WarmPool) text.Safe {
	region, _ := v.Region(p.RegionID)
	return text.Sprintf("%s (%s)", cmp.Or(region.Name, "region not known"), sandboxCount(p.Size))
}

// PoolTexts returns [ViewState.PoolText] of the warm pools of a snapshot, "" if it has none.
func (v *ViewState) PoolTexts(s *model.Snapshot) string {
	var parts []string
	for _, p := range v.Uses.Pools.Of(s) {
		parts = append(parts, v.PoolText(p).String())
	}
	return strings.Join(parts, ", ")
}
