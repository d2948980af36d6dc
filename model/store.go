package model

import (
	"slices"
	"time"
)

// Store is a set of snapshots at one moment. It is immutable: methods that change
// something return a new Store, so a poll can be applied while a screen reads the old one.
//
// A snapshot that is missing from one poll is kept as [Store.Missing], since it can move
// between two pages while they are read. It is deleted if the next poll agrees, if a GET
// returns 404 ([Store.Without]), or if it was being removed. An incomplete list proves
// nothing about the snapshots that it does not contain.
type Store struct {
	rows     []*Snapshot
	byID     map[string]*Snapshot    // as of the last list
	single   map[string]*Snapshot    // later single snapshots, nil for a deleted one; overrides byID
	missing  map[string]bool         // ids that the last poll did not list -> whether a complete list missed it
	deleted  map[string]bool         // ids with a 404 -> whether a list came since; see afterList
	sameRef  map[string]sameRefGroup // by ref, for refs of several snapshots
	counts   map[State]int           // without missing snapshots
	complete bool
	partial  bool // the last list was incomplete
}

// sameRefGroup is the snapshots with the same ref.
type sameRefGroup struct {
	members      []*Snapshot
	mostRecent   *Snapshot // the active member that was last created or used, may be nil
	lastActivity time.Time // of mostRecent
}

// NewStore returns an empty store without a complete list.
func NewStore() *Store { return newStore(nil, nil, nil, false) }

// Load returns a store of the first part of a list, to show while the rest is being read.
// It does nothing after a complete list.
func (s *Store) Load(part []*Snapshot) *Store {
	if s.complete {
		return s
	}
	rows, _ := s.dedupe(part)
	return newStore(rows, nil, s.deleted, false)
}

// Apply returns a store of a complete list and the changes, in O(n). It returns the
// receiver if nothing changed. Unchanged snapshots keep their pointers.
func (s *Store) Apply(set []*Snapshot) (*Store, []Change) { return s.apply(set, true) }

// ApplyPartial is [Store.Apply] for a list that the server cut short. All snapshots that it
// does not contain are kept as missing.
func (s *Store) ApplyPartial(set []*Snapshot) (*Store, []Change) { return s.apply(set, false) }

func (s *Store) apply(set []*Snapshot, complete bool) (*Store, []Change) {
	rows, listed := s.dedupe(set)
	changes := s.compare(rows)
	if s.complete && s.partial != complete && len(s.missing) == 0 && len(changes) == 0 && len(rows) == len(s.rows) && len(s.deleted) == 0 {
		return s, nil
	}
	kept, missing, deletions := s.unlisted(listed, complete)
	next := newStore(append(rows, kept...), missing, afterList(s.deleted), true)
	next.partial = !complete
	return next, append(changes, deletions...)
}

// unlisted returns the snapshots to keep although the list does not contain them, their ids,
// and the deletions of the others.
func (s *Store) unlisted(listed map[string]bool, complete bool) (kept []*Snapshot, missing map[string]bool, deletions []Change) {
	for _, old := range s.rows {
		if listed[old.ID] {
			continue
		}
		if complete && (s.missing[old.ID] || old.State == StateRemoving || !s.complete) {
			deletions = append(deletions, Change{Kind: Deleted, Before: old})
			continue
		}
		if missing == nil {
			missing = make(map[string]bool)
		}
		missing[old.ID] = complete || s.missing[old.ID]
		kept = append(kept, old)
	}
	return kept, missing, deletions
}

// compare returns the changes of the listed rows, and puts the known snapshot in the place
// of one that did not change.
func (s *Store) compare(rows []*Snapshot) []Change {
	var changes []Change
	for i, fresh := range rows {
		old, ok := s.Get(fresh.ID)
		if !ok {
			changes = append(changes, Change{Kind: Added, After: fresh})
			continue
		}
		if change, changed := diff(old, fresh); changed {
			changes = append(changes, change)
		} else {
			rows[i] = old
		}
	}
	return changes
}

// afterList returns the deleted ids to ignore after a list. The first list after a 404 may
// have been requested before it. The second was requested later, so what it lists exists.
func afterList(deleted map[string]bool) map[string]bool {
	var still map[string]bool
	for id, listedSince := range deleted {
		if listedSince {
			continue
		}
		if still == nil {
			still = make(map[string]bool)
		}
		still[id] = true
	}
	return still
}

// dedupe returns the snapshots of a list without duplicates and without those for which a
// 404 may be newer, and the listed ids. Snapshots can move between two pages while they are read.
func (s *Store) dedupe(list []*Snapshot) ([]*Snapshot, map[string]bool) {
	rows := make([]*Snapshot, 0, len(list))
	ids := make(map[string]bool, len(list))
	for _, row := range list {
		if ids[row.ID] {
			continue
		}
		ids[row.ID] = true
		if listedSince, deleted := s.deleted[row.ID]; !deleted || listedSince {
			rows = append(rows, row)
		}
	}
	return rows, ids
}

// newStore returns a store with its indexes.
func newStore(rows []*Snapshot, missing, deleted map[string]bool, complete bool) *Store {
	s := &Store{
		rows:     rows,
		byID:     make(map[string]*Snapshot, len(rows)),
		missing:  missing,
		deleted:  deleted,
		counts:   make(map[State]int),
		complete: complete,
	}
	for _, row := range rows {
		s.byID[row.ID] = row
		if !s.Missing(row.ID) {
			s.counts[row.State]++
		}
	}
	s.sameRef = groupByRef(rows)
	return s
}

// groupByRef returns the refs of several snapshots. Most refs are unique, so it allocates
// no slice for the first snapshot of a ref.
func groupByRef(rows []*Snapshot) map[string]sameRefGroup {
	first := make(map[string]*Snapshot, len(rows))
	var shared map[string]sameRefGroup
	for _, row := range rows {
		ref := row.Ref.Value
		if ref == "" {
			continue
		}
		other, ok := first[ref]
		if !ok {
			first[ref] = row
			continue
		}
		if shared == nil {
			shared = make(map[string]sameRefGroup)
		}
		g, ok := shared[ref]
		if !ok {
			g.add(other)
		}
		g.add(row)
		shared[ref] = g
	}
	return shared
}

func (g *sameRefGroup) add(s *Snapshot) {
	g.members = append(g.members, s)
	if at := s.lastActivity(); s.State == StateActive && (g.mostRecent == nil || at.After(g.lastActivity)) {
		g.mostRecent, g.lastActivity = s, at
	}
}

// All returns all snapshots in no particular order. Do not modify the slice.
func (s *Store) All() []*Snapshot { return s.rows }

// Len returns the number of snapshots.
func (s *Store) Len() int { return len(s.rows) }

// Complete reports whether a list was applied after all its pages had been read.
func (s *Store) Complete() bool { return s.complete }

// Partial reports whether the server cut the last list short: snapshots that a later list
// adds may be old.
func (s *Store) Partial() bool { return s.partial }

// Get returns the snapshot with the id.
func (s *Store) Get(id string) (*Snapshot, bool) {
	row, ok := s.single[id]
	if !ok {
		row = s.byID[id]
	}
	return row, row != nil
}

// Named returns the organization's own snapshot with the name, else a general one.
func (s *Store) Named(name string) (*Snapshot, bool) {
	var found *Snapshot
	for _, row := range s.rows {
		if row.Name == name && (found == nil || found.General && !row.General) {
			found = row
		}
	}
	return found, found != nil
}

// Missing reports whether the last poll did not list the snapshot with the id.
func (s *Store) Missing(id string) bool {
	_, missing := s.missing[id]
	return missing
}

// MissingCount returns the number of snapshots that the last poll did not list.
func (s *Store) MissingCount() int { return len(s.missing) }

// Count returns the number of snapshots in the state. Missing ones are in no state: whether
// they still exist is not known.
func (s *Store) Count(state State) int { return s.counts[state] }

// UnknownStates returns the states of snapshots that this package does not know, sorted.
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

// InTransition reports whether any snapshot is in transition.
func (s *Store) InTransition() bool {
	for state, n := range s.counts {
		if n > 0 && state.InTransition() {
			return true
		}
	}
	return false
}

// RefCount returns in O(1) how many snapshots have the same ref, itself included, or 0
// if no other one has it.
func (s *Store) RefCount(of *Snapshot) int { return len(s.sameRef[of.Ref.Value].members) }

// HasSameRef reports whether another snapshot has the same ref, in O(1).
func (s *Store) HasSameRef(of *Snapshot) bool { return s.RefCount(of) > 1 }

// SameRef returns the other snapshots with the same ref. They share a build: a rebuild of
// one is served from the cache, and the use of one delays the deactivation of all.
func (s *Store) SameRef(of *Snapshot) []*Snapshot {
	var others []*Snapshot
	for _, member := range s.sameRef[of.Ref.Value].members {
		if member.ID != of.ID {
			others = append(others, member)
		}
	}
	return others
}

// OrganizationID returns the organization id of the snapshots, "" if unknown. The API has
// no request for the organization of an API key, but snapshots contain it.
func (s *Store) OrganizationID() string {
	for _, row := range s.rows {
		if id := row.OrganizationID.Value; !row.General && id != "" {
			return id
		}
	}
	return ""
}
