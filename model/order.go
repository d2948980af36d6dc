package model

import (
	"cmp"
	"strings"
)

// CompareAttention is the default order: what needs a human is on the first
// screen. Failed ones, those in transition, those being removed, then the rest
// by last use, the newest first; general ones last, as in the API.
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
	// In transition and failed: what moved last is looked for first.
	at, bt := a.lastActivity(), b.lastActivity()
	if a.State.rank() < rankStable {
		at, bt = a.UpdatedAt.Value, b.UpdatedAt.Value
	}
	if c := bt.Compare(at); c != 0 {
		return c
	}
	return CompareName(a, b)
}

// CompareName orders by name without regard to case, then by id, so that the
// order is total and rows never swap between two polls.
func CompareName(a, b *Snapshot) int {
	return cmp.Or(
		strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)),
		strings.Compare(a.Name, b.Name),
		strings.Compare(a.ID, b.ID),
	)
}
