package row

import "testing"

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
