package demo

import (
	"cmp"
	"slices"
	"strings"
)

// A list request wants one page of a sorted list. Sorting 100,000 rows for each of the 500 pages of a sweep
// would take minutes, so the sorted lists are kept. A kept list that is out of date is patched: the rows that
// changed since are taken out, sorted among themselves and merged back in.

// ordering says how a list is sorted and filtered.
type listOrder struct {
	field      string // name, state, lastUsedAt or createdAt
	descending bool
	name       string // a pattern as in LIKE, in lower case; empty matches all
}

// orders keeps the lists that were asked for last.
type listCache struct {
	world *world
	lists  map[listOrder]*cachedList
}

// sorted is a list as it was at a version of the world.
type cachedList struct {
	version uint64
	rows    []*snapshot
}

// keepOrders is how many lists are kept: every field both ways, and some filters.
const maxCachedLists = 16

// rows is the list in that order. The caller must not change it.
func (o *listCache) get(by listOrder) []*snapshot {
	kept, ok := o.lists[by]
	if ok && kept.version == o.world.version {
		return kept.rows
	}
	var rows []*snapshot
	switch {
	case by.name != "":
		rows = o.filter(by)
	case ok:
		rows = o.patch(kept, by)
	default:
		rows = o.sort(by)
	}
	if o.lists == nil || len(o.lists) >= maxCachedLists {
		o.lists = map[listOrder]*cachedList{}
	}
	o.lists[by] = &cachedList{o.world.version, rows}
	return rows
}

func (o *listCache) sort(by listOrder) []*snapshot {
	rows := make([]*snapshot, 0, len(o.world.rows))
	for _, s := range o.world.rows {
		if !s.unlisted {
			rows = append(rows, s)
		}
	}
	slices.SortFunc(rows, by.compare)
	return rows
}

func (o *listCache) filter(by listOrder) []*snapshot {
	all := o.get(listOrder{field: by.field, descending: by.descending})
	var rows []*snapshot
	for _, s := range all {
		if matchesILike(s.lowerName, by.name) {
			rows = append(rows, s)
		}
	}
	return rows
}

// patch brings a kept list up to date. Rows that changed since are out of place in it, all others are not.
func (o *listCache) patch(kept *cachedList, by listOrder) []*snapshot {
	var changed []*snapshot
	for _, s := range o.world.rows {
		if s.version > kept.version && !s.unlisted {
			changed = append(changed, s)
		}
	}
	slices.SortFunc(changed, by.compare)
	rows := make([]*snapshot, 0, len(kept.rows)+len(changed))
	for _, s := range kept.rows {
		if s.deleted || s.version > kept.version {
			continue
		}
		for len(changed) > 0 && by.compare(changed[0], s) < 0 {
			rows = append(rows, changed[0])
			changed = changed[1:]
		}
		rows = append(rows, s)
	}
	return append(rows, changed...)
}

// compare orders two rows: general ones last whatever is asked for, then the field with nulls last both ways,
// then the newer one first. Rows that are equal in all of that go by id, so that the order is one.
func (by listOrder) compare(a, b *snapshot) int {
	if a.general != b.general {
		if a.general {
			return 1
		}
		return -1
	}
	return cmp.Or(by.compareField(a, b), cmp.Compare(b.created, a.created), strings.Compare(a.id, b.id))
}

func (by listOrder) compareField(a, b *snapshot) int {
	var c int
	switch by.field {
	case "name":
		c = strings.Compare(a.name, b.name)
	case "state":
		c = cmp.Compare(a.state, b.state)
	case "createdAt":
		c = cmp.Compare(a.created, b.created)
	default:
		if (a.used == 0) != (b.used == 0) {
			if a.used == 0 {
				return 1
			}
			return -1
		}
		c = cmp.Compare(a.used, b.used)
	}
	if by.descending {
		return -c
	}
	return c
}
