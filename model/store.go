package model

import (
	"bytes"
	"slices"
	"time"
)

// Store is a set of snapshots at one moment. It is immutable: every method that
// changes something returns a new Store, so a poll can be applied anywhere while
// a screen still reads the old one.
//
// A row that is missing from one poll is kept and marked [Store.Missing], since
// rows can slip between two pages while they are read; it is gone once a second
// poll agrees, a GET said 404 ([Store.Without]), or it was removing already.
type Store struct {
	rows     []*Snapshot
	byID     map[string]*Snapshot    // as the last list made it; single holds what came since
	single   map[string]*Snapshot    // newer than byID, nil for what is gone
	missing  map[string]bool         // absent from the last poll
	deleted  map[string]bool         // ids that a GET reported gone -> whether a list came since; see stillGone
	sameRef  map[string]sameRefGroup // ref -> the snapshots that share it, where they are several
	counts   map[State]int
	complete bool
}

// group is what twins have in common.
type sameRefGroup struct {
	members    []*Snapshot
	mostRecent *Snapshot // the active member that was created or used last, may be nil
	at         time.Time // when that was
}

// NewStore returns an empty store that has not seen a complete list yet.
func NewStore() *Store { return newStore(nil, nil, nil, false) }

// Load returns a store of the first part of a list, to be shown while the rest
// is still under way. Nothing is compared and nothing is gone.
func (s *Store) Load(part []*Snapshot) *Store {
	if s.complete {
		return s
	}
	rows, _ := s.dedupe(part)
	return newStore(rows, nil, s.deleted, false)
}

// Apply turns a complete new set into a new store and what changed, in O(n). It
// returns the receiver itself where nothing did. Snapshots whose JSON is the
// same keep their pointer.
func (s *Store) Apply(set []*Snapshot) (*Store, []Change) {
	var changes []Change
	rows, listed := s.dedupe(set)
	for i, fresh := range rows {
		old, ok := s.Get(fresh.ID)
		switch {
		case !ok:
			changes = append(changes, Change{Kind: Added, After: fresh})
		case old == fresh || bytes.Equal(old.Raw, fresh.Raw):
			rows[i] = old
		default:
			changes = append(changes, diff(old, fresh))
		}
	}
	if s.complete && len(s.missing) == 0 && len(changes) == 0 && len(rows) == len(s.rows) {
		return s, nil
	}
	var missing map[string]bool
	for _, old := range s.rows {
		if listed[old.ID] {
			continue
		}
		if s.missing[old.ID] || old.State == StateRemoving || !s.complete {
			changes = append(changes, Change{Kind: Deleted, Before: old})
			continue
		}
		if missing == nil {
			missing = make(map[string]bool)
		}
		missing[old.ID] = true
		rows = append(rows, old)
	}
	return newStore(rows, missing, s.stillDeleted(listed), true), changes
}

// stillGone are the ids that must not come back after a list. The first list after a
// GET said 404 may have been begun before; the second was begun later, and what it
// does not hold no older answer brings back.
func (s *Store) stillDeleted(listed map[string]bool) map[string]bool {
	var still map[string]bool
	for id, polled := range s.deleted {
		if polled && !listed[id] {
			continue
		}
		if still == nil {
			still = make(map[string]bool)
		}
		still[id] = true
	}
	return still
}

// once returns each snapshot of a list once and none that is known to be gone, and
// which ids were listed. Rows can move between two pages while they are read.
func (s *Store) dedupe(list []*Snapshot) ([]*Snapshot, map[string]bool) {
	rows := make([]*Snapshot, 0, len(list))
	ids := make(map[string]bool, len(list))
	for _, row := range list {
		if ids[row.ID] {
			continue
		}
		ids[row.ID] = true
		if _, isGone := s.deleted[row.ID]; !isGone {
			rows = append(rows, row)
		}
	}
	return rows, ids
}

func newStore(rows []*Snapshot, missing, gone map[string]bool, complete bool) *Store {
	s := &Store{
		rows:     rows,
		byID:     make(map[string]*Snapshot, len(rows)),
		missing:  missing,
		deleted:  gone,
		counts:   make(map[State]int),
		complete: complete,
	}
	for _, row := range rows {
		s.byID[row.ID] = row
		s.counts[row.State]++
	}
	s.sameRef = groups(rows)
	return s
}

// groups finds the refs that several snapshots share. Most refs are unique, so
// the first holder of a ref costs no slice.
func groups(rows []*Snapshot) map[string]sameRefGroup {
	first := make(map[string]*Snapshot, len(rows))
	var shared map[string]sameRefGroup
	for _, row := range rows {
		ref := row.Ref.Value
		if ref == "" {
			continue
		}
		one, taken := first[ref]
		if !taken {
			first[ref] = row
			continue
		}
		if shared == nil {
			shared = make(map[string]sameRefGroup)
		}
		g, ok := shared[ref]
		if !ok {
			g.add(one)
		}
		g.add(row)
		shared[ref] = g
	}
	return shared
}

func (g *sameRefGroup) add(s *Snapshot) {
	g.members = append(g.members, s)
	if at := s.lastActivity(); s.State == StateActive && (g.mostRecent == nil || at.After(g.at)) {
		g.mostRecent, g.at = s, at
	}
}

// All returns every snapshot, in no order that means something. The slice must
// not be changed.
func (s *Store) All() []*Snapshot { return s.rows }

// Len is the number of snapshots.
func (s *Store) Len() int { return len(s.rows) }

// Complete reports whether a whole list was seen.
func (s *Store) Complete() bool { return s.complete }

// Get returns the snapshot with the id.
func (s *Store) Get(id string) (*Snapshot, bool) {
	row, newer := s.single[id]
	if !newer {
		row = s.byID[id]
	}
	return row, row != nil
}

// Missing reports whether the last poll did not list the snapshot.
func (s *Store) Missing(id string) bool { return s.missing[id] }

// Count is the number of snapshots in the state.
func (s *Store) Count(state State) int { return s.counts[state] }

// UnknownStates returns the states that occur and that this package does not
// know, sorted.
func (s *Store) UnknownStates() []State {
	var unknown []State
	for state := range s.counts {
		if !state.Known() {
			unknown = append(unknown, state)
		}
	}
	slices.Sort(unknown)
	return unknown
}

// InTransition reports whether the server is about to change any snapshot.
func (s *Store) InTransition() bool {
	for state, n := range s.counts {
		if n > 0 && state.InTransition() {
			return true
		}
	}
	return false
}

// HasSameRef reports in O(1) whether another snapshot has the same ref.
func (s *Store) HasSameRef(of *Snapshot) bool { return len(s.sameRef[of.Ref.Value].members) > 1 }

// SameRef returns the other snapshots with the same ref: they share a build, so
// one explains the other's cached rebuild, and keeps it awake.
func (s *Store) SameRef(of *Snapshot) []*Snapshot {
	var twins []*Snapshot
	for _, member := range s.sameRef[of.Ref.Value].members {
		if member.ID != of.ID {
			twins = append(twins, member)
		}
	}
	return twins
}

// OrganizationID is the organization of the first snapshot of its own. An API
// key does not tell its organization, its snapshots do.
func (s *Store) OrganizationID() string {
	for _, row := range s.rows {
		if id := row.OrganizationID.Value; !row.General && id != "" {
			return id
		}
	}
	return ""
}
