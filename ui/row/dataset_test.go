package row

import (
	"fmt"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// usedAt are n active snapshots, each unused for an hour longer than the one before.
func usedAt(t *testing.T, n int) []*model.Snapshot {
	t.Helper()
	all := make([]*model.Snapshot, n)
	for i := range all {
		all[i] = snapshotOf(t, map[string]any{
			"id": fmt.Sprint(i), "name": fmt.Sprintf("node-%d", i), "state": "active", "ref": fmt.Sprintf("ref-%d", i/2),
			"regionIds": []string{"us", "eu"}[:i%3%2+1], "general": i%7 == 0,
			"lastUsedAt": start.Add(-time.Duration(i) * time.Hour).Format(time.RFC3339),
		})
	}
	return all
}

func TestDeactivatingSoonCountsWhatTheRowsHighlight(t *testing.T) {
	v := NewViewState(start)
	store, _ := v.Data.Store.Apply(usedAt(t, 400))
	v.Data = v.Data.With(store)
	for _, timeout := range []time.Duration{0, 24 * time.Hour, model.DefaultDeactivationTimeout, 90 * 24 * time.Hour} {
		v.Organization.DeactivationTimeout = timeout
		want := 0
		for _, s := range store.All() {
			if next, ok := store.DeactivatesAt(s, timeout); ok && next.At.Sub(v.Now) <= DeactivateSoon {
				want++
			}
		}
		if got := v.DeactivatingSoon(); got != want || want == 0 && timeout < model.DefaultDeactivationTimeout {
			t.Errorf("with a timeout of %v %d are deactivated soon, want %d", timeout, got, want)
		}
	}
}

func TestADatasetIsBehindUntilItsTotalsAreCurrent(t *testing.T) {
	all := usedAt(t, 4)
	d := NewDataset()
	old := d.Index
	d.Store, _ = d.Store.Apply(all)
	if !d.Behind() || len(d.Totals.Regions) != 0 {
		t.Fatal("a new store has totals before they are counted")
	}
	d = d.current()
	if d.Behind() || d.Index == old {
		t.Fatal("the dataset is still behind")
	}
	if d.Totals.Regions["us"] != 4 || d.Totals.Regions["eu"] != 1 {
		t.Errorf("the totals are %v", d.Totals.Regions)
	}
	if again := d.current(); again.Index != d.Index {
		t.Error("a current dataset is indexed again")
	}
}

// TestSinceOfWhatIsListedLater keeps the time of the server for a snapshot that was not created
// just now, but missing from the list.
func TestSinceOfWhatIsListedLater(t *testing.T) {
	v := NewViewState(start)
	for name, tc := range map[string]struct {
		updated any
		changed bool // after it was added
		want    time.Time
	}{
		"failed for days":  {start.Add(-72 * time.Hour).Format(time.RFC3339), false, start.Add(-72 * time.Hour)},
		"clock behind":     {start.Add(time.Hour).Format(time.RFC3339), false, start},
		"no update":        {nil, false, start},
		"changed observed": {start.Add(-72 * time.Hour).Format(time.RFC3339), true, start.Add(time.Minute)},
	} {
		s := snapshotOf(t, map[string]any{"id": name, "name": name, "state": "error", "updatedAt": tc.updated})
		v.History.Observe([]model.Change{{Kind: model.Added, After: s}}, start)
		if tc.changed {
			v.History.Observe([]model.Change{{Kind: model.StateChanged, Before: s, After: s}}, start.Add(time.Minute))
		}
		if at, ok := v.Since(s); !ok || !at.Equal(tc.want) {
			t.Errorf("%s: since %v, %v; want %v", name, at, ok, tc.want)
		}
	}
}

func TestMarkedSize(t *testing.T) {
	t.Parallel()
	v := viewOf(
		snapshotOf(t, map[string]any{"id": "1", "name": "a", "state": "active", "size": 1.5}),
		snapshotOf(t, map[string]any{"id": "2", "name": "b", "state": "active", "size": 2.25}),
		snapshotOf(t, map[string]any{"id": "3", "name": "c", "state": "active"}))
	var m MarkedSize
	asked := 0
	for _, step := range []struct {
		revision int
		marked   []string
		want     float64
	}{{1, []string{"1", "3", "gone"}, 1.5}, {1, []string{"1", "2"}, 1.5}, {2, []string{"1", "2"}, 3.75}, {3, nil, 0}} {
		m.Update(v.Data.Store, step.revision, func() []string { asked++; return step.marked })
		if m.GB() != step.want {
			t.Errorf("in revision %d they have %g GB, want %g", step.revision, m.GB(), step.want)
		}
	}
	if asked != 3 {
		t.Errorf("the marks were added up %d times", asked)
	}
	m.Update(viewOf().Data.Store, 3, func() []string { asked++; return nil })
	if asked != 4 {
		t.Error("the marks were not added up for other snapshots")
	}
}
