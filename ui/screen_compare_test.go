package ui

import "testing"

func TestCompareTwoMarkedSnapshots(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("x")
	h.sees("mark exactly two snapshots to compare them · space mark")
	h.press("/")
	h.typ("node-2")
	h.press("enter", " ", "x")
	h.sees("mark exactly two snapshots")
	h.press(" ", "x")
	h.sees("COMPARISON", "DIFFERENT", "- node-24-agents", "+ node-20-agents")
	h.press("G")
	h.sees("SAME", "DOCKERFILE")
	h.press("/")
	h.typ("DOCKERFILE")
	h.sees("1 of")
	h.press("enter", "q")
	h.misses("COMPARISON")
	if n := h.app.table.MarkCount(); n != 2 {
		t.Fatalf("%d marks", n)
	}
	h.press(" ", "x")
	h.sees("mark exactly two snapshots")
}

// TestCompareKeepsADeletedSnapshot: what is on the screen stays readable.
func TestCompareKeepsADeletedSnapshot(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press(" ", " ", "x")
	h.sees("COMPARISON")
	l := h.app.top().(*compareLayer)
	changed := *l.compared[1]
	changed.Raw = `{"name":"changed-elsewhere"}`
	store, _ := h.app.state.Data.Store.With(&changed)
	store, _ = store.Without(l.compared[0].ID)
	h.run(h.app.applyStore(store, nil))
	h.press("j", "k")
	h.sees("COMPARISON", l.compared[0].Name, "changed-elsewhere")
}
