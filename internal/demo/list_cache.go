package demo

import (
	"cmp"
	"slices"
	"strings"
)

// Sorting 100,000 rows for each of 500 pages would take minutes, so sorted lists are
// cached. An outdated list is patched: rows that changed are removed, sorted and merged
// back.

// listOrder is the sort order and filter of a list.
type listOrder struct {
	field         string // name, state, lastUsedAt or createdAt
	descending    bool
	name          string // ILIKE pattern in lower case, empty matches all
	sourceSandbox string // empty matches all
}

// listCache contains the lists that were requested last.
type listCache struct {
	world *world
	lists map[listOrder]*cachedList
}

// cachedList is a list at a version of the world.
type cachedList struct {
	version uint64
	rows    []*snapshot
}

// maxCachedLists has room for every field in both directions and some filters.
const maxCachedLists = 16

// get returns the list in an order. The caller must not change it.
func (c *listCache) get(by listOrder) []*snapshot {
	cached, ok := c.lists[by]
	if ok && cached.version == c.world.version {
		return cached.rows
	}
	var rows []*snapshot
	switch {
	case by.name != "" || by.sourceSandbox != "":
		rows = c.filter(by)
	case ok:
		rows = c.patch(cached, by)
	default:
		rows = c.sort(by)
	}
	if c.lists == nil || len(c.lists) >= maxCachedLists {
		c.lists = map[listOrder]*cachedList{}
	}
	c.lists[by] = &cachedList{c.world.version, rows}
	return rows
}

func (c *listCache) sort(by listOrder) []*snapshot {
	rows := make([]*snapshot, 0, len(c.world.rows))
	for _, s := range c.world.rows {
		if !s.unlisted {
			rows = append(rows, s)
		}
	}
	slices.SortFunc(rows, by.compare)
	return rows
}

func (c *listCache) filter(by listOrder) []*snapshot {
	all := c.get(listOrder{field: by.field, descending: by.descending})
	var rows []*snapshot
	for _, s := range all {
		if by.matches(s) {
			rows = append(rows, s)
		}
	}
	return rows
}

func (by listOrder) matches(s *snapshot) bool {
	return (by.name == "" || matchesILike(s.lowerName, by.name)) &&
		(by.sourceSandbox == "" || s.sourceSandbox == by.sourceSandbox)
}

// patch updates a cached list. Only rows that changed since then can be out of place.
func (c *listCache) patch(cached *cachedList, by listOrder) []*snapshot {
	var changed []*snapshot
	for _, s := range c.world.rows {
		if s.version > cached.version && !s.unlisted {
			changed = append(changed, s)
		}
	}
	slices.SortFunc(changed, by.compare)
	rows := make([]*snapshot, 0, len(cached.rows)+len(changed))
	for _, s := range cached.rows {
		if s.deleted || s.version > cached.version {
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

// compare compares two rows: general ones last in any order, then the field with nulls last in both
// directions, then newest first. The id breaks ties.
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
