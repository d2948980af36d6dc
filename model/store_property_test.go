package model_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daytona/snapdeck/model"
)

func idPool() []string { return []string{"a", "b", "c", "d", "e", "f", "g"} }

// genSnapshot draws from few ids and values, so that lists often contain a snapshot again,
// unchanged or changed, and snapshots with the same ref.
func genSnapshot(t *rapid.T) *model.Snapshot {
	draw := func(label string, from ...string) string { return rapid.SampledFrom(from).Draw(t, label) }
	raw := fmt.Sprintf(`{"id":%q,"state":%q,"general":%s,"ref":%s,"createdAt":%s,"lastUsedAt":%s}`,
		draw("id", idPool()...),
		draw("state", "active", "active", "active", "error", "removing", "zombie"),
		draw("general", "false", "false", "true"),
		draw("ref", "null", `""`, `"r"`, `"r"`, `"s"`),
		draw("created", "null", `"2026-11-01T00:00:00Z"`, `"2026-11-20T00:00:00Z"`),
		draw("used", "null", `"2026-11-10T00:00:00Z"`, `"2026-11-22T00:00:00Z"`))
	s, err := model.Decode([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStoreAgreesWithNaiveStore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var (
			list  = func() []*model.Snapshot { return rapid.SliceOfN(rapid.Custom(genSnapshot), 0, 8).Draw(t, "list") }
			store = model.NewStore()
			naive = &naiveStore{}
		)
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			before, rowsBefore := store, slices.Clone(store.All())
			var changes []model.Change
			switch rapid.SampledFrom([]string{"apply", "apply", "apply again", "load", "with", "without"}).Draw(t, "step") {
			case "apply":
				set := list()
				store, changes = before.Apply(set)
				naive.apply(set)
			case "apply again":
				set := rapid.Permutation(before.All()).Draw(t, "order")
				store, changes = before.Apply(set)
				naive.apply(set)
			case "load":
				set := list()
				store = before.Load(set)
				naive.load(set)
				changes = changesBetween(before, store) // Load returns no changes
			case "with":
				row := genSnapshot(t)
				store, changes = before.With(row)
				naive.with(row)
			case "without":
				id := genSnapshot(t).ID
				store, changes = before.Without(id)
				naive.without(id)
			}
			if !slices.Equal(before.All(), rowsBefore) {
				t.Fatal("the old store was modified")
			}
			checkAgrees(t, store, naive)
			checkChanges(t, before, store, changes)
		}
	})
}

func checkAgrees(t *rapid.T, store *model.Store, naive *naiveStore) {
	if ids(store.All()) != ids(naive.rows) || store.Complete() != naive.complete || store.Len() != len(naive.rows) {
		t.Fatalf("rows %q, want %q", ids(store.All()), ids(naive.rows))
	}
	counted := 0
	for _, state := range append(model.States(), store.UnknownStates()...) {
		counted += store.Count(state)
	}
	if counted+store.MissingCount() != store.Len() || store.MissingCount() != len(naive.missing) {
		t.Fatalf("the counts add up to %d with %d missing, want %d", counted, store.MissingCount(), store.Len())
	}
	for _, state := range []model.State{model.StateActive, model.StateRemoving, "zombie"} {
		want := 0
		for _, row := range naive.rows {
			if row.State == state && !slices.Contains(naive.missing, row.ID) {
				want++
			}
		}
		if got := store.Count(state); got != want {
			t.Fatalf("Count(%s) = %d, want %d", state, got, want)
		}
	}
	for _, id := range idPool() {
		if store.Missing(id) != slices.Contains(naive.missing, id) {
			t.Fatalf("Missing(%s) = %t", id, store.Missing(id))
		}
	}
	for i, row := range store.All() {
		if row != naive.rows[i] {
			t.Fatalf("%s has another pointer", row.ID)
		}
		if got, ok := store.Get(row.ID); !ok || got != row {
			t.Fatalf("Get(%s) = %v", row.ID, got)
		}
		var others []*model.Snapshot
		for _, other := range naive.rows {
			if other.ID != row.ID && other.Ref.Value != "" && other.Ref.Value == row.Ref.Value {
				others = append(others, other)
			}
		}
		if !slices.Equal(store.SameRef(row), others) || store.HasSameRef(row) != (others != nil) {
			t.Fatalf("SameRef(%s) = %q, want %q", row.ID, ids(store.SameRef(row)), ids(others))
		}
		got, ok := store.DeactivatesAt(row, time.Hour)
		if at, want := naive.deactivatesAt(row, time.Hour); ok != want || ok && !got.At.Equal(at) {
			t.Fatalf("DeactivatesAt(%s) = %v, %t, want %v, %t", row.ID, got.At, ok, at, want)
		}
	}
}

// checkChanges checks that the changes are exactly those between two stores, one for each
// snapshot.
func checkChanges(t *rapid.T, before, after *model.Store, changes []model.Change) {
	rows := make(map[string]*model.Snapshot)
	for _, row := range before.All() {
		rows[row.ID] = row
	}
	seen := make(map[string]bool)
	for _, c := range changes {
		id := c.Snapshot().ID
		if seen[id] {
			t.Fatalf("%s changed twice", id)
		}
		seen[id] = true
		if c.Before != rows[id] {
			t.Fatalf("Before of %s is not the old snapshot", id)
		}
		if c.Kind == model.StateChanged != (c.Before != nil && c.After != nil && c.Before.State != c.After.State) {
			t.Fatalf("the change of %s has the wrong kind", id)
		}
		if c.After == nil {
			delete(rows, id)
		} else {
			rows[id] = c.After
		}
	}
	want := make(map[string]*model.Snapshot)
	for _, row := range after.All() {
		want[row.ID] = row
	}
	if !maps.Equal(rows, want) {
		t.Fatalf("the changes result in %v, want %v", slices.Sorted(maps.Keys(rows)), slices.Sorted(maps.Keys(want)))
	}
}

// changesBetween returns the changes between two stores.
func changesBetween(before, after *model.Store) []model.Change {
	var changes []model.Change
	for _, row := range before.All() {
		if now, ok := after.Get(row.ID); !ok {
			changes = append(changes, model.Change{Kind: model.Deleted, Before: row})
		} else if now != row {
			kind := model.FieldsChanged
			if now.State != row.State {
				kind = model.StateChanged
			}
			changes = append(changes, model.Change{Kind: kind, Before: row, After: now})
		}
	}
	for _, row := range after.All() {
		if _, ok := before.Get(row.ID); !ok {
			changes = append(changes, model.Change{Kind: model.Added, After: row})
		}
	}
	return changes
}

func TestComparisonsAreTotalOrders(t *testing.T) {
	times := []string{"null", `"2026-11-01T00:00:00Z"`, `"2026-11-20T00:00:00Z"`}
	draw := rapid.Custom(func(t *rapid.T) *model.Snapshot {
		at := func() string { return rapid.SampledFrom(times).Draw(t, "at") }
		state := rapid.SampledFrom(append(model.States(), "zombie", "")).Draw(t, "state")
		s, err := model.Decode(fmt.Appendf(nil, `{"id":%q,"name":%q,"state":%q,"general":%t,"createdAt":%s,"updatedAt":%s,"lastUsedAt":%s}`,
			rapid.SampledFrom([]string{"1", "2", "3"}).Draw(t, "id"), rapid.SampledFrom([]string{"a", "A", "b", ""}).Draw(t, "name"),
			state, rapid.Bool().Draw(t, "general"), at(), at(), at()))
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
	for name, compare := range map[string]func(a, b *model.Snapshot) int{
		"CompareAttention": model.CompareAttention, "CompareName": model.CompareName,
	} {
		rapid.Check(t, func(t *rapid.T) {
			a, b, c := draw.Draw(t, "a"), draw.Draw(t, "b"), draw.Draw(t, "c")
			if compare(a, b) != -compare(b, a) {
				t.Fatalf("%s: not antisymmetric", name)
			}
			if compare(a, b) <= 0 && compare(b, c) <= 0 && compare(a, c) > 0 {
				t.Fatalf("%s: not transitive", name)
			}
			if a.ID != b.ID && compare(a, b) == 0 {
				t.Fatalf("%s: different snapshots are equal", name)
			}
		})
	}
}
