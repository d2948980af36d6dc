package row

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daytona/snapdeck/model"
)

// randomSnapshot is a snapshot with a unique name, and other values that are often equal.
func randomSnapshot(t *rapid.T, id int) *model.Snapshot {
	used := time.Unix(rapid.Int64Range(0, 5).Draw(t, "used"), 0).UTC()
	s, err := model.Decode(fmt.Appendf(nil,
		`{"id":"%d","name":"name-%d","state":%q,"size":%d,"regionIds":["us"],"lastUsedAt":%q,"createdAt":%q,"ref":"r%d"}`,
		id, id, rapid.SampledFrom([]string{"active", "error", "building"}).Draw(t, "state"), rapid.IntRange(0, 3).Draw(t, "size"),
		used.Format(time.RFC3339), used.Format(time.RFC3339), id%3))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// An order that is patched from poll to poll is that of a store sorted anew.
func TestAnOrderFollowsTheStore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := NewViewState(time.Unix(0, 0))
		store, order := model.NewStore(), Order{}
		by := Sort{Column: rapid.SampledFrom(SortColumns()).Draw(t, "column")}
		rows := make(map[int]*model.Snapshot)
		for range rapid.IntRange(1, 6).Draw(t, "polls") {
			for range rapid.IntRange(0, 4).Draw(t, "changes") {
				id := rapid.IntRange(0, 9).Draw(t, "id")
				if rapid.Bool().Draw(t, "deleted") {
					delete(rows, id)
					continue
				}
				rows[id] = randomSnapshot(t, id)
			}
			var list []*model.Snapshot
			for _, s := range rows {
				list = append(list, s)
			}
			store, _ = store.Apply(list)
			v.Data = v.Data.With(store)
			if rapid.Bool().Draw(t, "reverse") {
				by.Reversed = !by.Reversed
			}
			compare := v.Comparator(by)
			order = order.update(store, by, compare)
			want := slices.SortedFunc(slices.Values(store.All()), compare)
			if !slices.Equal(order.rows, want) {
				t.Fatalf("by %v the order is %v, want %v", by, names(order.rows), names(want))
			}
			found := slices.DeleteFunc(slices.Clone(store.All()), func(s *model.Snapshot) bool { return s.State != model.StateActive })
			if got := order.of(found, compare); !slices.Equal(got, slices.SortedFunc(slices.Values(found), compare)) {
				t.Fatalf("of the active ones the order is %v", names(got))
			}
		}
	})
}

func names(rows []*model.Snapshot) []string {
	all := make([]string, len(rows))
	for i, s := range rows {
		all[i] = s.Name
	}
	return all
}

// BenchmarkOrder brings the order of 100,000 snapshots up to date after a poll.
func BenchmarkOrder(b *testing.B) {
	const size = 100_000
	list := make([]*model.Snapshot, size)
	for i := range list {
		list[i] = &model.Snapshot{ID: fmt.Sprint(i), Name: fmt.Sprintf("name-%d", i*7919%size), State: model.StateActive, Raw: model.NewRawJSON(`{"state":"active"}`)}
	}
	v := NewViewState(time.Unix(0, 0))
	store, _ := model.NewStore().Apply(list)
	compare := v.Comparator(Sort{})
	sorted := Order{}.update(store, Sort{}, compare)
	changed := slices.Clone(list)
	for i := 0; i < size; i += 100 {
		changed[i] = &model.Snapshot{ID: list[i].ID, Name: list[i].Name, State: model.StateError, Raw: model.NewRawJSON(`{"state":"error"}`)}
	}
	next, _ := store.Apply(changed)
	for name, update := range map[string]func() Order{
		"sorted":    func() Order { return Order{}.update(next, Sort{}, compare) },
		"patched":   func() Order { return sorted.update(next, Sort{}, compare) },
		"unchanged": func() Order { return sorted.update(store, Sort{}, compare) },
		"reversed":  func() Order { return sorted.update(store, Sort{Reversed: true}, compare) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				update()
			}
		})
	}
}
