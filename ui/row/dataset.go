package row

import (
	"slices"
	"sort"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
)

// Dataset is a set of snapshots and what is worked out from all of them: the search
// index and the totals. These cost many times a frame at 100,000 snapshots, so they
// may be behind the store, of an older one, until the visible rows are worked out,
// which is where they are needed.
type Dataset struct {
	Store  *model.Store
	Index  *query.Index
	Totals Totals
}

// Totals are numbers for which every snapshot is looked at.
type Totals struct {
	of            *model.Store
	Regions       map[string]int // in how many snapshots each region occurs
	deactivations []time.Time    // when each that can fall asleep does, by the default timeout; the next first
}

// NewDataset returns the dataset of no snapshot.
func NewDataset() Dataset {
	store := model.NewStore()
	return Dataset{Store: store, Index: query.NewIndex(store), Totals: totalsOf(store)}
}

// With returns a dataset of the new store that is not behind. It may run anywhere.
func (d Dataset) With(store *model.Store) Dataset {
	d.Store = store
	return d.Current()
}

// Behind reports whether index and totals are those of an older store.
func (d Dataset) Behind() bool { return d.Totals.of != d.Store }

// Current returns the dataset with the index and the totals of its store. It may run
// anywhere.
func (d Dataset) Current() Dataset {
	if !d.Behind() {
		return d
	}
	return Dataset{Store: d.Store, Index: d.Index.Update(d.Store), Totals: totalsOf(d.Store)}
}

func totalsOf(store *model.Store) Totals {
	t := Totals{of: store, Regions: make(map[string]int)}
	for _, s := range store.All() {
		for _, id := range s.RegionIDs.Value {
			t.Regions[id]++
		}
		if sleep, ok := store.DeactivatesAt(s, model.DefaultDeactivationTimeout); ok {
			t.deactivations = append(t.deactivations, sleep.At)
		}
	}
	slices.SortFunc(t.deactivations, time.Time.Compare)
	return t
}

// InactiveBy counts the snapshots that Daytona will have deactivated at a time.
// timeout is its auto-deactivation timeout, 0 where that is unknown.
func (t Totals) InactiveBy(at time.Time, timeout time.Duration) int {
	if timeout > 0 {
		at = at.Add(model.DefaultDeactivationTimeout - timeout)
	}
	return sort.Search(len(t.deactivations), func(i int) bool { return t.deactivations[i].After(at) })
}
