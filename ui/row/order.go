package row

import (
	"slices"

	"daytona/snapdeck/model"
)

// Order is all snapshots of a store in the order of a sort. To sort 100,000 takes over 100 ms,
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
	var changed []*model.Snapshot
	for _, s := range store.All() {
		if old, ok := o.store.Get(s.ID); !ok || old != s {
			changed = append(changed, s)
		}
	}
	slices.SortFunc(changed, compare)
	rows := make([]*model.Snapshot, 0, store.Len())
	for _, s := range o.rows {
		if now, ok := store.Get(s.ID); !ok || now != s {
			continue
		}
		for len(changed) > 0 && compare(changed[0], s) < 0 {
			rows, changed = append(rows, changed[0]), changed[1:]
		}
		rows = append(rows, s)
	}
	return append(rows, changed...)
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
