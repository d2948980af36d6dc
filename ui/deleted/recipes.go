// Package deleted lists deleted snapshots that can be restored.
package deleted

import (
	"slices"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/row"
)

// The limits of the snapshots in memory: the oldest are dropped.
const (
	maxSeen      = 1000
	maxSeenBytes = 64 << 20
)

// Recipes are the saved recipes of deleted snapshots, and the snapshots that polls saw
// disappear in this session. The zero value is empty.
type Recipes struct {
	saved   []model.DeletedSnapshot // newest first
	seen    []model.DeletedSnapshot // oldest first
	bytes   int                     // of the JSON of seen
	changed int                     // counts the changes
}

// SetSaved replaces the saved recipes.
func (r *Recipes) SetSaved(saved []model.DeletedSnapshot) {
	r.saved = saved
	r.changed++
}

// Observe keeps the snapshots that were deleted. Those of running rebuilds were not deleted
// for good.
func (r *Recipes) Observe(now time.Time, changes []model.Change, pending map[string]*row.Pending) {
	for _, change := range changes {
		if change.Kind != model.Deleted || change.Before.General {
			continue
		}
		action := pending[change.Before.ID]
		if action != nil && action.Workflow {
			continue
		}
		r.seen = append(r.seen, model.DeletedSnapshot{Snapshot: change.Before, At: now, Elsewhere: action == nil})
		r.bytes += len(change.Before.Raw)
		r.changed++
	}
	for len(r.seen) > maxSeen || r.bytes > maxSeenBytes {
		r.bytes -= len(r.seen[0].Snapshot.Raw)
		r.seen = slices.Delete(r.seen, 0, 1)
	}
}

// Forget drops a snapshot that was restored.
func (r *Recipes) Forget(id string) {
	is := func(d model.DeletedSnapshot) bool { return d.Snapshot.ID == id }
	for _, d := range r.seen {
		if is(d) {
			r.bytes -= len(d.Snapshot.Raw)
		}
	}
	r.seen = slices.DeleteFunc(r.seen, is)
	r.saved = slices.DeleteFunc(slices.Clone(r.saved), is)
	r.changed++
}

// Find returns the deleted snapshot with an id.
func (r *Recipes) Find(id string) (model.DeletedSnapshot, bool) {
	for _, all := range [][]model.DeletedSnapshot{r.saved, r.seen} {
		if i := slices.IndexFunc(all, func(d model.DeletedSnapshot) bool { return d.Snapshot.ID == id }); i >= 0 {
			return all[i], true
		}
	}
	return model.DeletedSnapshot{}, false
}

// all returns the snapshots that are not in the store, newest first. A delete that was
// refused or undone leaves its snapshot there.
func (r *Recipes) all(store *model.Store) []model.DeletedSnapshot {
	known := make(map[string]bool, len(r.saved)+len(r.seen))
	var all []model.DeletedSnapshot
	add := func(d model.DeletedSnapshot) {
		if _, listed := store.Get(d.Snapshot.ID); !listed && !known[d.Snapshot.ID] {
			known[d.Snapshot.ID] = true
			all = append(all, d)
		}
	}
	for _, d := range r.saved {
		add(d)
	}
	for _, d := range r.seen {
		add(d)
	}
	slices.SortStableFunc(all, func(x, y model.DeletedSnapshot) int { return y.At.Compare(x.At) })
	return all
}
