// Package deleted lists deleted snapshots that can be restored.
package deleted

import (
	"slices"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
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
	read    time.Time               // when the saved ones were read

	// What all returned last, and for what.
	all        []model.DeletedSnapshot
	allChanged int
	allStore   *model.Store
}

// SetSaved replaces the saved recipes by those that were read at a time. A recipe that is no
// longer saved was restored or removed by another process. After an error not all were read, so
// those from before stay.
func (r *Recipes) SetSaved(saved []model.DeletedSnapshot, err error, at time.Time) {
	before := r.saved
	r.saved, r.read = slices.Clone(saved), at
	r.changed++
	read := make(map[string]bool, len(saved))
	for _, d := range saved {
		read[d.Snapshot.ID] = true
	}
	for _, d := range before {
		switch {
		case read[d.Snapshot.ID]:
		case err != nil:
			r.saved = append(r.saved, d)
		default:
			r.Remove(d.Snapshot.ID)
		}
	}
}

// readInterval is how often the saved recipes are read while a list shows what can be restored.
const readInterval = 10 * time.Second

// ReadDue reports whether to read the saved recipes again, because an open list depends on them.
// They count as read then.
func (r *Recipes) ReadDue(list any, now time.Time) bool {
	switch list.(type) {
	case *List, *activity.List:
	default:
		return false
	}
	due := now.Sub(r.read) >= readInterval
	if due {
		r.read = now
	}
	return due
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
		r.bytes += len(change.Before.Raw.String())
		r.changed++
	}
	for len(r.seen) > maxSeen || r.bytes > maxSeenBytes {
		r.bytes -= len(r.seen[0].Snapshot.Raw.String())
		r.seen = slices.Delete(r.seen, 0, 1)
	}
}

func isOf(id string) func(model.DeletedSnapshot) bool {
	return func(d model.DeletedSnapshot) bool { return d.Snapshot.ID == id }
}

// Remove drops a snapshot that was restored.
func (r *Recipes) Remove(id string) {
	is := isOf(id)
	for _, d := range r.seen {
		if is(d) {
			r.bytes -= len(d.Snapshot.Raw.String())
		}
	}
	r.seen = slices.DeleteFunc(r.seen, is)
	r.saved = slices.DeleteFunc(slices.Clone(r.saved), is)
	r.changed++
}

// Find returns the deleted snapshot with an id.
func (r *Recipes) Find(id string) (model.DeletedSnapshot, bool) {
	for _, all := range [][]model.DeletedSnapshot{r.saved, r.seen} {
		if i := slices.IndexFunc(all, isOf(id)); i >= 0 {
			return all[i], true
		}
	}
	return model.DeletedSnapshot{}, false
}

// has reports whether a snapshot is deleted, and its recipe known.
func (r *Recipes) has(id string, store *model.Store) bool {
	return slices.ContainsFunc(r.deleted(store), isOf(id))
}

// deleted returns the snapshots that are not in the store, newest first. A delete that was
// refused or undone leaves its snapshot there, and one that was created again elsewhere has
// another id.
func (r *Recipes) deleted(store *model.Store) []model.DeletedSnapshot {
	if r.allStore == store && r.allChanged == r.changed {
		return r.all
	}
	named := make(map[string]*model.Snapshot, len(r.saved)+len(r.seen))
	both := slices.Concat(r.saved, r.seen)
	for _, d := range both {
		named[d.Snapshot.Name] = nil
	}
	for _, s := range store.All() {
		if _, ok := named[s.Name]; ok && !s.General {
			named[s.Name] = s
		}
	}
	known := make(map[string]bool, len(both))
	var all []model.DeletedSnapshot
	for _, d := range both {
		_, listed := store.Get(d.Snapshot.ID)
		if again := named[d.Snapshot.Name]; listed || known[d.Snapshot.ID] || again != nil && sameRecipe(again, d.Snapshot) {
			continue
		}
		known[d.Snapshot.ID] = true
		all = append(all, d)
	}
	slices.SortStableFunc(all, func(x, y model.DeletedSnapshot) int { return y.At.Compare(x.At) })
	r.all, r.allStore, r.allChanged = all, store, r.changed
	return all
}

// sameRecipe reports whether two snapshots are made from the same source with the same resources.
func sameRecipe(x, y *model.Snapshot) bool {
	fileX, builtX := x.Dockerfile()
	fileY, builtY := y.Dockerfile()
	return builtX == builtY && fileX == fileY && x.ImageName.Value == y.ImageName.Value &&
		slices.Equal(x.Build().ContextHashes.Value, y.Build().ContextHashes.Value) &&
		slices.Equal(x.Entrypoint.Value, y.Entrypoint.Value) &&
		x.CPU == y.CPU && x.Mem == y.Mem && x.Disk == y.Disk && x.GPU == y.GPU
}
