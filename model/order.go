package model

import (
	"cmp"
	"strings"
)

// CompareAttention is the default order, in which snapshots that need attention come
// first: failed, in transition, being removed, the others by last use; the most recent
// first within each group. General snapshots come last, as in the API.
func CompareAttention(a, b *Snapshot) int {
	if a.General != b.General {
		if a.General {
			return 1
		}
		return -1
	}
	if c := cmp.Compare(a.State.rank(), b.State.rank()); c != 0 {
		return c
	}
	// Failed and in transition: the latest change first.
	at, bt := a.lastActivity(), b.lastActivity()
	if a.State.rank() < rankStable {
		at, bt = a.UpdatedAt.Time(), b.UpdatedAt.Time()
	}
	if c := bt.Compare(at); c != 0 {
		return c
	}
	return CompareName(a, b)
}

// CompareName orders by name ignoring case, then by name, then by id. The order is total, so
// rows do not swap between two polls.
func CompareName(a, b *Snapshot) int {
	if c := strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID))
}
