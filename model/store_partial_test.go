package model

import (
	"slices"
	"testing"
)

func TestApplyPartial(t *testing.T) {
	t.Parallel()
	row := func(id string, state State) *Snapshot {
		s, err := Decode([]byte(`{"id":"` + id + `","name":"n","state":"` + string(state) + `"}`))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	a, b, removing := row("a", StateActive), row("b", StateActive), row("c", StateRemoving)
	kinds := func(changes []Change) (found []ChangeKind) {
		for _, c := range changes {
			found = append(found, c.Kind)
		}
		return found
	}
	full, _ := NewStore().Apply([]*Snapshot{a, b, removing})
	part := full
	for range 3 {
		var changes []Change
		if part, changes = part.ApplyPartial([]*Snapshot{a}); len(changes) != 0 {
			t.Fatalf("an incomplete list changed %v", kinds(changes))
		}
	}
	if !part.Partial() || full.Partial() || part.Len() != 3 || part.MissingCount() != 2 || !part.Missing("b") || !part.Missing("c") || part.Missing("a") {
		t.Fatalf("%d rows, %d missing", part.Len(), part.MissingCount())
	}
	once, changes := part.Apply([]*Snapshot{a})
	if once.Partial() || !slices.Equal(kinds(changes), []ChangeKind{Deleted}) || !once.Missing("b") {
		t.Errorf("the first complete list: %v, want only the removed one", kinds(changes))
	}
	if twice, changes := once.Apply([]*Snapshot{a}); !slices.Equal(kinds(changes), []ChangeKind{Deleted}) || twice.Len() != 1 {
		t.Errorf("the second complete list: %v", kinds(changes))
	}
	if back, changes := part.Apply([]*Snapshot{a, b, removing}); len(changes) != 0 || back.MissingCount() != 0 || back.Partial() {
		t.Errorf("all are back: %v, %d missing", kinds(changes), back.MissingCount())
	}
	first, changes := NewStore().ApplyPartial([]*Snapshot{a})
	if !first.Complete() || !first.Partial() || len(changes) != 1 {
		t.Errorf("a first incomplete list: %v", kinds(changes))
	}
	if same, _ := first.ApplyPartial([]*Snapshot{a}); same != first {
		t.Error("the same incomplete list made another store")
	}
	if complete, _ := first.Apply([]*Snapshot{a}); complete.Partial() {
		t.Error("the same rows in a complete list are still partial")
	}
	gone, _ := full.Without("b")
	gone, _ = gone.ApplyPartial([]*Snapshot{a, b})
	if gone.Len() != 2 {
		t.Error("an old answer brought a deleted snapshot back")
	}
	if back, _ := gone.ApplyPartial([]*Snapshot{a, b}); back.Len() != 3 {
		t.Error("a later list did not bring it back")
	}
}
