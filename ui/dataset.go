package ui

import (
	"slices"
	"sort"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
)

// dataset is a set of snapshots and what is worked out from all of them: the search
// index and the totals. These cost many times a frame at 100,000 snapshots, so they
// may be behind the store, of an older one, until the visible rows are worked out,
// which is where they are needed.
type dataset struct {
	store  *model.Store
	index  *query.Index
	totals totals
}

// totals are numbers for which every snapshot is looked at.
type totals struct {
	of            *model.Store
	regions       map[string]int // in how many snapshots each region occurs
	deactivations []time.Time    // when each that can fall asleep does, by the default timeout; the next first
}

func newDataset() dataset {
	store := model.NewStore()
	return dataset{store: store, index: query.NewIndex(store), totals: totalsOf(store)}
}

// with returns a dataset of the new store that is not behind. It may run anywhere.
func (d dataset) with(store *model.Store) dataset {
	d.store = store
	return d.current()
}

// behind reports whether index and totals are those of an older store.
func (d dataset) behind() bool { return d.totals.of != d.store }

// current returns the dataset with the index and the totals of its store. It may run
// anywhere.
func (d dataset) current() dataset {
	if !d.behind() {
		return d
	}
	return dataset{store: d.store, index: d.index.Update(d.store), totals: totalsOf(d.store)}
}

func totalsOf(store *model.Store) totals {
	t := totals{of: store, regions: make(map[string]int)}
	for _, s := range store.All() {
		for _, id := range s.RegionIDs.Value {
			t.regions[id]++
		}
		if sleep, ok := store.DeactivatesAt(s, model.DefaultDeactivationTimeout); ok {
			t.deactivations = append(t.deactivations, sleep.At)
		}
	}
	slices.SortFunc(t.deactivations, time.Time.Compare)
	return t
}

// asleepBy counts the snapshots that will be asleep at a time, where the server
// deactivates what was not used for the timeout, 0 where that is unknown.
func (t totals) inactiveBy(at time.Time, timeout time.Duration) int {
	if timeout > 0 {
		at = at.Add(model.DefaultDeactivationTimeout - timeout)
	}
	return sort.Search(len(t.deactivations), func(i int) bool { return t.deactivations[i].After(at) })
}
