package model

import "time"

// SavedRecipe is the recipe of a snapshot that was deleted or replaced.
type SavedRecipe struct {
	Snapshot *Snapshot // as it was listed last
	At       time.Time // when the recipe was saved
}

// NewestRecipe returns the newest recipe with the name of a snapshot, and false if there is
// none. A recipe of the snapshot itself, from a delete that was reverted, counts only if there
// is no other. Recipes of another organization do not count.
func NewestRecipe(saved []SavedRecipe, of *Snapshot) (newest SavedRecipe, ok bool) {
	for _, r := range saved {
		if r.Snapshot == nil || r.Snapshot.Name != of.Name || r.Snapshot.General != of.General || !sameOrganization(r.Snapshot, of) {
			continue
		}
		own, ownNewest := r.Snapshot.ID == of.ID, ok && newest.Snapshot.ID == of.ID
		if !ok || ownNewest && !own || own == ownNewest && r.At.After(newest.At) {
			newest, ok = r, true
		}
	}
	return newest, ok
}

// sameOrganization reports whether two snapshots may belong to the same organization.
func sameOrganization(x, y *Snapshot) bool {
	a, known := x.OrganizationID.Get()
	b, alsoKnown := y.OrganizationID.Get()
	return !known || !alsoKnown || a == b
}

// KeepDeleted is how long the recipe of a deleted snapshot is kept.
const KeepDeleted = 90 * 24 * time.Hour

// DeletedSnapshot is a deleted snapshot with its recipe.
type DeletedSnapshot struct {
	// Entry is the id of the recipe on the disk, "" if it is in memory only.
	Entry    string
	Snapshot *Snapshot // as it was listed last
	At       time.Time // when it was deleted, or first seen to be deleted
	// Elsewhere means that another client deleted it while polls were running.
	Elsewhere bool
}

// UnsavedError means that a delete was not sent, because the recipe could not be saved.
type UnsavedError struct{ Err error }

// Error implements error.
func (e *UnsavedError) Error() string { return "recipe could not be saved: " + e.Err.Error() }

// Unwrap returns the reason.
func (e *UnsavedError) Unwrap() error { return e.Err }
