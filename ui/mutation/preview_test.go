package mutation

import (
	"fmt"
	"strings"
	"testing"

	"daytona/snapdeck/model"
)

func snapshots(n int) []*model.Snapshot {
	all := make([]*model.Snapshot, n)
	for i := range all {
		all[i] = &model.Snapshot{ID: fmt.Sprint(i), Name: fmt.Sprintf("node-%d", i)}
	}
	return all
}

// No more rebuilds are planned than a bound allows, and no more snapshots are searched
// for the same ref.
func TestPlansAreBounded(t *testing.T) {
	for _, n := range []int{7, plansAtOnce, plansAtOnce + 1, plansAtOnce + 300} {
		targets, planned, searched := snapshots(n), 0, 0
		store, _ := model.NewStore().Apply(targets)
		found := PreviewRebuilds(targets, store, func(_ *model.Snapshot, store *model.Store) (model.Plan, string) {
			planned++
			if store != nil {
				searched += store.Len()
			}
			return model.Plan{Impact: []model.Impact{{Kind: model.ImpactRegions, Warning: true}, {Kind: model.ImpactID}}}, ""
		})
		if want := min(n, plansAtOnce); planned != want || len(found.Able) != n {
			t.Errorf("%d: %d were planned, want %d, and %d can be rebuilt", n, planned, want, len(found.Able))
		}
		if searched > sameRefAtOnce {
			t.Errorf("%d: %d snapshots were searched for the same ref", n, searched)
		}
		lines := make([]string, len(found.Lines))
		for i, line := range found.Lines {
			lines[i] = line.String()
		}
		shown := strings.Join(lines, "\n")
		for part, want := range map[string]bool{
			"more are checked one by one":                n > plansAtOnce,
			"too many to check for":                      n*n > sameRefAtOnce,
			" " + model.ImpactRegions.BulkText(2) + "\n": true,
			"\n· ": true,
		} {
			if strings.Contains(shown, part) != want {
				t.Errorf("%d: is %q there? want %v:\n%s", n, part, want, shown)
			}
		}
	}
}

func TestPreviewLeavesOutWhatIsRefused(t *testing.T) {
	targets := snapshots(5)
	found := PreviewRebuilds(targets, model.NewStore(), func(s *model.Snapshot, _ *model.Store) (model.Plan, string) {
		if s == targets[2] {
			return model.Plan{}, StillRunning
		}
		return model.Plan{Impact: []model.Impact{{Kind: model.ImpactRegions, Warning: true}}}, ""
	})
	if len(found.Able) != 4 || found.Reasons[StillRunning] != 1 || found.Lines[0].String() != "! 4 "+model.ImpactRegions.BulkText(4) {
		t.Errorf("%d can be rebuilt, left out %v, first %q", len(found.Able), found.Reasons, found.Lines[0])
	}
}
