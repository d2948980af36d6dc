package row

import (
	"slices"

	"daytona/snapdeck/model"
)

// Order is all snapshots of a store in the order of a sort. Sorting 100,000 takes over 100 ms,
// so an order is kept and patched. The zero Order is of no store.
type Order struct {
	store *model.Store
	by    Sort
	rows  []*model.Snapshot
}

// isCurrent reports whether the order is that of a store and a sort.
func (o Order) isCurrent(store *model.Store, by Sort) bool { return o.store == store && o.by == by }

// update returns the order of a store and a sort. It may run on any goroutine.
func (o Order) update(store *model.Store, by Sort, compare func(a, b *model.Snapshot) int) Order {
	next := Order{store: store, by: by}
	switch {
	case o.isCurrent(store, by):
		return o
	case o.store == store && o.by.Column == by.Column:
		next.rows = slices.Clone(o.rows)
		slices.Reverse(next.rows)
	case o.store != nil && o.by == by && by.Column != ColumnTTL: // one TTL depends on other snapshots
		next.rows = o.patched(store, compare)
	default:
		next.rows = slices.Clone(store.All())
		slices.SortFunc(next.rows, compare)
	}
	return next
}

// patched sorts only the snapshots that are new or changed, and merges them with the
// others.
func (o Order) patched(store *model.Store, compare func(a, b *model.Snapshot) int) []*model.Snapshot {
	added, removed := difference(o.store, store)
	slices.SortFunc(added, compare)
	rows := make([]*model.Snapshot, 0, store.Len())
	for _, s := range o.rows {
		if removed[s] {
			continue
		}
		for len(added) > 0 && compare(added[0], s) < 0 {
			rows, added = append(rows, added[0]), added[1:]
		}
		rows = append(rows, s)
	}
	return append(rows, added...)
}

// difference returns the snapshots that only the newer or only the older store has. A
// changed one is in both results.
//
// It walks both stores in step, since they are mostly in the same order: looking up 100,000
// ids takes 20 ms.
func difference(older, newer *model.Store) (added []*model.Snapshot, removed map[*model.Snapshot]bool) {
	removed = make(map[*model.Snapshot]bool)
	old := older.All()
	skip := func() {
		if !has(newer, old[0]) {
			removed[old[0]] = true
		}
		old = old[1:]
	}
	for _, s := range newer.All() {
		if len(old) > 0 && old[0] == s {
			old = old[1:]
			continue
		}
		if !has(older, s) {
			added = append(added, s)
			continue
		}
		for len(old) > 0 && old[0] != s {
			skip()
		}
		old = old[min(1, len(old)):]
	}
	for len(old) > 0 {
		skip()
	}
	return added, removed
}

func has(store *model.Store, s *model.Snapshot) bool {
	known, ok := store.Get(s.ID)
	return ok && known == s
}

// fewFound is the share of the snapshots, one in so many, up to which sorting what was
// found is cheaper than picking it from all.
const fewFound = 16

// of returns some snapshots of the store in this order. found is not changed.
func (o Order) of(found []*model.Snapshot, compare func(a, b *model.Snapshot) int) []*model.Snapshot {
	switch {
	case len(found) == len(o.rows):
		return o.rows
	case len(found) < len(o.rows)/fewFound:
		rows := slices.Clone(found)
		slices.SortFunc(rows, compare)
		return rows
	}
	wanted := make(map[*model.Snapshot]bool, len(found))
	for _, s := range found {
		wanted[s] = true
	}
	rows := make([]*model.Snapshot, 0, len(found))
	for _, s := range o.rows {
		if wanted[s] {
			rows = append(rows, s)
		}
	}
	return rows
}
