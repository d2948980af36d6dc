package row

import (
	"maps"
	"slices"
	"sort"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
)

// Dataset is a store with its search index and totals. At 100,000 snapshots, computing
// these takes much longer than a frame, so they may lag behind the store until the rows
// are filtered.
type Dataset struct {
	Store  *model.Store
	Index  *query.Index
	Totals Totals
}

// Totals are counts over all snapshots.
type Totals struct {
	store         *model.Store
	Regions       map[string]int // how many snapshots are in each region
	AgainstQuota  int            // how many count against the quota
	regionIDs     []string       // of these regions, sorted
	deactivations []int64        // of active snapshots, assuming the default timeout; Unix times, ascending
}

// NewDataset returns an empty dataset.
func NewDataset() Dataset {
	store := model.NewStore()
	return Dataset{Store: store, Index: query.NewIndex(store), Totals: totalsOf(store)}
}

// With returns an up-to-date dataset for a new store. It is safe for concurrent use.
func (d Dataset) With(store *model.Store) Dataset {
	d.Store = store
	return d.current()
}

// Behind reports whether the index and totals belong to an older store.
func (d Dataset) Behind() bool { return d.Totals.store != d.Store }

// current returns the dataset with the index and totals brought up to date. It is safe for
// concurrent use.
func (d Dataset) current() Dataset {
	if !d.Behind() {
		return d
	}
	return Dataset{Store: d.Store, Index: d.Index.Update(d.Store), Totals: totalsOf(d.Store)}
}

func totalsOf(store *model.Store) Totals {
	t := Totals{store: store, Regions: make(map[string]int), deactivations: make([]int64, 0, store.Count(model.StateActive))}
	t.AgainstQuota = countAgainstQuota(store)
	for _, s := range store.All() {
		for _, id := range s.RegionIDs.Value {
			t.Regions[id]++
		}
		if next, ok := store.DeactivatesAt(s, model.DefaultDeactivationTimeout); ok {
			t.deactivations = append(t.deactivations, next.At.Unix())
		}
	}
	t.regionIDs = slices.Sorted(maps.Keys(t.Regions))
	slices.Sort(t.deactivations)
	return t
}

// inactiveBy counts the snapshots that Daytona deactivates before the given time. timeout is
// the auto-deactivation timeout, 0 if unknown.
func (t Totals) inactiveBy(at time.Time, timeout time.Duration) int {
	if timeout > 0 {
		at = at.Add(model.DefaultDeactivationTimeout - timeout)
	}
	return sort.Search(len(t.deactivations), func(i int) bool { return t.deactivations[i] > at.Unix() })
}
