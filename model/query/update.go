package query

import (
	"slices"
	"sort"

	"daytona/snapdeck/model"
)

// Update returns the index of a newer store, the receiver if the store is the same.
// It copies the arenas and indexes only new and changed snapshots.
func (ix *Index) Update(store *model.Store) *Index {
	if store == ix.store {
		return ix
	}
	all := store.All()
	oldRows, fresh := ix.align(all)
	if len(fresh) > len(all)/2 {
		return NewIndex(store)
	}
	names, rest := len(ix.names.text), len(ix.rest.text)
	for _, e := range fresh {
		names += len(e.name)
		rest += restSize(e.s)
	}
	b := newBuilder(len(all), names, rest, ix.affixes)
	moved, order := b.merge(ix, oldRows, fresh), make([]uint32, len(all))
	for i, old := range oldRows {
		if old >= 0 {
			order[i] = moved[old]
		}
	}
	for i := range fresh {
		order[fresh[i].storePos] = fresh[i].row
	}
	return b.finish(store, order)
}

// align returns the row of each snapshot in this index, -1 for new and changed ones,
// and these as entries in index order.
//
// It walks both stores in step, since they are mostly in the same order. It keeps the
// snapshots of the old store that it skips in a map until they are needed.
func (ix *Index) align(all []*model.Snapshot) (oldRows []int32, fresh []entry) {
	old, next := ix.store.All(), 0
	skipped := make(map[*model.Snapshot]int32)
	oldRows = make([]int32, len(all))
	for i, s := range all {
		if next < len(old) && old[next] == s {
			oldRows[i] = int32(ix.order[next])
			next++
			continue
		}
		if row, ok := skipped[s]; ok {
			oldRows[i] = row
			continue
		}
		if known, ok := ix.store.Get(s.ID); !ok || known != s {
			oldRows[i] = -1
			fresh = append(fresh, entry{s: s, name: fold(s.Name), storePos: uint32(i)})
			continue
		}
		for ; old[next] != s; next++ {
			skipped[old[next]] = int32(ix.order[next])
		}
		oldRows[i] = int32(ix.order[next])
		next++
	}
	slices.SortFunc(fresh, entry.compare)
	return oldRows, fresh
}

// merge appends the remaining rows of the older index and the fresh entries, sorted
// by name. It sets the rows of the entries and returns the new row of each old row.
func (b *builder) merge(old *Index, oldRows []int32, fresh []entry) (moved []uint32) {
	const deleted = ^uint32(0)
	moved = make([]uint32, len(old.rows))
	for i := range moved {
		moved[i] = deleted
	}
	for _, row := range oldRows {
		if row >= 0 {
			moved[row] = 0
		}
	}
	next := 0 // the first old row that is not copied yet
	copyTo := func(end int) {
		for next < end {
			run := next
			for run < end && moved[run] != deleted {
				moved[run] = uint32(len(b.ix.rows) + run - next)
				run++
			}
			b.copy(old, next, run)
			for next = run; next < end && moved[next] == deleted; next++ {
			}
		}
	}
	for i := range fresh {
		copyTo(next + sort.Search(len(old.rows)-next, func(row int) bool { return fresh[i].before(old, next+row) }))
		fresh[i].row = uint32(len(b.ix.rows))
		b.add(fresh[i].s, fresh[i].name)
	}
	copyTo(len(old.rows))
	return moved
}

// before reports whether the entry sorts before a row of an index.
func (e *entry) before(ix *Index, row int) bool {
	if name := ix.names.at(row); e.name != string(name) {
		return e.name < string(name)
	}
	return e.compare(entry{s: ix.rows[row], name: e.name}) < 0
}
