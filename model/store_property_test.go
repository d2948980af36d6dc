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

// naive is a store as one would write it without a thought for speed: a list, and
// a search through it for everything.
type naive struct {
	rows     []*model.Snapshot
	missing  []string
	gone     []string
	polled   []string // of gone, those that a list came after
	complete bool
}

func (n *naive) find(id string) int {
	return slices.IndexFunc(n.rows, func(s *model.Snapshot) bool { return s.ID == id })
}

// visible drops what is gone and what was listed before.
func (n *naive) visible(list []*model.Snapshot) []*model.Snapshot {
	var kept []*model.Snapshot
	for _, row := range list {
		again := slices.ContainsFunc(kept, func(s *model.Snapshot) bool { return s.ID == row.ID })
		if !again && !slices.Contains(n.gone, row.ID) {
			kept = append(kept, row)
		}
	}
	return kept
}

func (n *naive) load(list []*model.Snapshot) {
	if !n.complete {
		n.rows = n.visible(list)
	}
}

func (n *naive) apply(list []*model.Snapshot) {
	fresh := n.visible(list)
	var missing []string
	news := !n.complete || len(n.missing) > 0 || len(fresh) != len(n.rows)
	for i, row := range fresh {
		if at := n.find(row.ID); at < 0 {
			news = true
		} else if string(n.rows[at].Raw) == string(row.Raw) {
			fresh[i] = n.rows[at]
		} else {
			news = true
		}
	}
	if !news {
		return // a new order alone changes nothing
	}
	for _, old := range n.rows {
		if slices.ContainsFunc(fresh, func(s *model.Snapshot) bool { return s.ID == old.ID }) {
			continue
		}
		if n.complete && old.State != model.StateRemoving && !slices.Contains(n.missing, old.ID) {
			missing = append(missing, old.ID)
			fresh = append(fresh, old)
		}
	}
	listed := func(id string) bool {
		return slices.ContainsFunc(list, func(s *model.Snapshot) bool { return s.ID == id })
	}
	n.gone = slices.DeleteFunc(slices.Clone(n.gone), func(id string) bool { return slices.Contains(n.polled, id) && !listed(id) })
	n.polled = slices.Clone(n.gone)
	n.rows, n.missing, n.complete = fresh, missing, true
}

func (n *naive) with(row *model.Snapshot) {
	if slices.Contains(n.gone, row.ID) {
		return
	}
	at := n.find(row.ID)
	switch {
	case at < 0:
		n.rows = append(slices.Clone(n.rows), row)
	case string(n.rows[at].Raw) != string(row.Raw):
		n.rows = slices.Clone(n.rows)
		n.rows[at] = row
	}
	n.missing = slices.DeleteFunc(slices.Clone(n.missing), func(id string) bool { return id == row.ID })
}

func (n *naive) without(id string) {
	n.gone = append(n.gone, id)
	n.rows = slices.DeleteFunc(slices.Clone(n.rows), func(s *model.Snapshot) bool { return s.ID == id })
	n.missing = slices.DeleteFunc(slices.Clone(n.missing), func(m string) bool { return m == id })
}

func (n *naive) sleepsAt(of *model.Snapshot, timeout time.Duration) (at time.Time, ok bool) {
	if of.General || of.State != model.StateActive {
		return time.Time{}, false
	}
	for _, row := range n.rows {
		same := row.ID == of.ID || of.Ref.Value != "" && row.Ref.Value == of.Ref.Value && row.State == model.StateActive
		for _, t := range []time.Time{row.CreatedAt.Value, row.LastUsedAt.Value} {
			if same && t.After(at) {
				at = t
			}
		}
	}
	return at.Add(timeout), !at.IsZero()
}

func poolOfIDs() []string { return []string{"a", "b", "c", "d", "e", "f", "g"} }

// someSnapshot draws one of a few ids in one of many forms, so that lists often
// hold the same snapshot, the same one changed, and twins.
func someSnapshot(t *rapid.T) *model.Snapshot {
	draw := func(label string, from ...string) string { return rapid.SampledFrom(from).Draw(t, label) }
	raw := fmt.Sprintf(`{"id":%q,"state":%q,"general":%s,"ref":%s,"createdAt":%s,"lastUsedAt":%s}`,
		draw("id", poolOfIDs()...),
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

func TestStoreIsAFasterNaiveStore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var (
			list  = func() []*model.Snapshot { return rapid.SliceOfN(rapid.Custom(someSnapshot), 0, 8).Draw(t, "list") }
			store = model.NewStore()
			slow  = &naive{}
		)
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			before, rowsBefore := store, slices.Clone(store.All())
			var changes []model.Change
			switch rapid.SampledFrom([]string{"apply", "apply", "apply again", "load", "with", "without"}).Draw(t, "step") {
			case "apply":
				set := list()
				store, changes = before.Apply(set)
				slow.apply(set)
			case "apply again":
				set := rapid.Permutation(before.All()).Draw(t, "order")
				store, changes = before.Apply(set)
				slow.apply(set)
			case "load":
				set := list()
				store = before.Load(set)
				slow.load(set)
				changes = replayOf(before, store) // a load tells no changes
			case "with":
				row := someSnapshot(t)
				store, changes = before.With(row)
				slow.with(row)
			case "without":
				id := someSnapshot(t).ID
				store, changes = before.Without(id)
				slow.without(id)
			}
			if !slices.Equal(before.All(), rowsBefore) {
				t.Fatal("the old store changed")
			}
			sameAsNaive(t, store, slow)
			explained(t, before, store, changes)
		}
	})
}

func sameAsNaive(t *rapid.T, store *model.Store, slow *naive) {
	if ids(store.All()) != ids(slow.rows) || store.Complete() != slow.complete || store.Len() != len(slow.rows) {
		t.Fatalf("rows %q, want %q", ids(store.All()), ids(slow.rows))
	}
	counted := 0
	for _, state := range append(model.States(), store.UnknownStates()...) {
		counted += store.Count(state)
	}
	if counted != store.Len() {
		t.Fatalf("the counts sum up to %d of %d", counted, store.Len())
	}
	for _, id := range poolOfIDs() {
		if store.Missing(id) != slices.Contains(slow.missing, id) {
			t.Fatalf("Missing(%s) = %t", id, store.Missing(id))
		}
	}
	for i, row := range store.All() {
		if row != slow.rows[i] {
			t.Fatalf("%s: another pointer", row.ID)
		}
		if got, ok := store.Get(row.ID); !ok || got != row {
			t.Fatalf("Get(%s) = %v", row.ID, got)
		}
		var twins []*model.Snapshot
		for _, other := range slow.rows {
			if other.ID != row.ID && other.Ref.Value != "" && other.Ref.Value == row.Ref.Value {
				twins = append(twins, other)
			}
		}
		if !slices.Equal(store.SameRef(row), twins) || store.HasSameRef(row) != (twins != nil) {
			t.Fatalf("twins of %s: %q, want %q", row.ID, ids(store.SameRef(row)), ids(twins))
		}
		sleep, ok := store.DeactivatesAt(row, time.Hour)
		if at, want := slow.sleepsAt(row, time.Hour); ok != want || ok && !sleep.At.Equal(at) {
			t.Fatalf("SleepsAt(%s) = %v, %t, want %v, %t", row.ID, sleep.At, ok, at, want)
		}
	}
}

// explained checks that the changes lead from one store to the next, each
// snapshot named once, and that nothing else changed.
func explained(t *rapid.T, before, after *model.Store, changes []model.Change) {
	rows := make(map[string]*model.Snapshot)
	for _, row := range before.All() {
		rows[row.ID] = row
	}
	named := make(map[string]bool)
	for _, c := range changes {
		id := c.Snapshot().ID
		if named[id] {
			t.Fatalf("%s changed twice", id)
		}
		named[id] = true
		if c.Before != rows[id] {
			t.Fatalf("%s changed from what it was not", id)
		}
		if c.Kind == model.StateChanged != (c.Before != nil && c.After != nil && c.Before.State != c.After.State) {
			t.Fatalf("%s has the wrong kind of change", id)
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
		t.Fatalf("the changes lead to %v, want %v", slices.Sorted(maps.Keys(rows)), slices.Sorted(maps.Keys(want)))
	}
}

// replayOf is what led from one store to another, for steps that do not tell.
func replayOf(before, after *model.Store) []model.Change {
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

func TestCompareAttentionIsATotalOrder(t *testing.T) {
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
		"attention": model.CompareAttention, "name": model.CompareName,
	} {
		rapid.Check(t, func(t *rapid.T) {
			a, b, c := draw.Draw(t, "a"), draw.Draw(t, "b"), draw.Draw(t, "c")
			if compare(a, b) != -compare(b, a) {
				t.Fatalf("%s: a against b is not the opposite of b against a", name)
			}
			if compare(a, b) <= 0 && compare(b, c) <= 0 && compare(a, c) > 0 {
				t.Fatalf("%s: a, b, c is a circle", name)
			}
			if a.ID != b.ID && compare(a, b) == 0 {
				t.Fatalf("%s: two snapshots share a place", name)
			}
		})
	}
}
