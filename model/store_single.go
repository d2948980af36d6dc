package model

import (
	"maps"
	"slices"
)

// With returns a store with a newer or an additional snapshot, and the change. A snapshot
// that was deleted is ignored. It updates the indexes without a pass over all snapshots.
func (s *Store) With(fresh *Snapshot) (*Store, []Change) {
	if _, deleted := s.deleted[fresh.ID]; deleted {
		return s, nil
	}
	old, known := s.Get(fresh.ID)
	change, changed := Change{Kind: Added, After: fresh}, true
	if known {
		change, changed = diff(old, fresh)
	}
	if !changed && !s.Missing(fresh.ID) {
		return s, nil
	}
	next := *s
	next.countAgain(old)
	if !changed {
		return &next, nil
	}
	next.replace(old, fresh)
	return &next, []Change{change}
}

// Without returns a store without a snapshot for which a GET returned 404, and the change.
// A poll that was requested earlier and still lists the snapshot does not restore it.
func (s *Store) Without(id string) (*Store, []Change) {
	if _, deleted := s.deleted[id]; deleted {
		return s, nil
	}
	next := *s
	next.deleted = withKey(s.deleted, id, false)
	old, known := s.Get(id)
	if !known {
		return &next, nil
	}
	next.countAgain(old)
	next.replace(old, nil)
	return &next, []Change{{Kind: Deleted, Before: old}}
}

// countAgain makes a missing snapshot a listed one, in a new store. Nil is not missing.
func (s *Store) countAgain(row *Snapshot) {
	if row == nil || !s.Missing(row.ID) {
		return
	}
	s.missing, s.counts = withoutKey(s.missing, row.ID), maps.Clone(s.counts)
	s.counts[row.State]++
}

// replace replaces a snapshot in a new store: old is nil to add one, fresh is nil to remove
// one. It does not modify what the store shares with the older one.
func (s *Store) replace(old, fresh *Snapshot) {
	s.rows, s.counts = slices.Clone(s.rows), maps.Clone(s.counts)
	switch i := slices.Index(s.rows, old); {
	case old == nil:
		s.rows = append(s.rows, fresh)
	case fresh == nil:
		s.rows = slices.Delete(s.rows, i, i+1)
	default:
		s.rows[i] = fresh
	}
	if fresh != nil {
		s.single = withKey(s.single, fresh.ID, fresh)
		s.counts[fresh.State]++
	} else {
		s.single = withKey(s.single, old.ID, nil)
	}
	if old != nil {
		if s.counts[old.State]--; s.counts[old.State] == 0 {
			delete(s.counts, old.State)
		}
	}
	s.updateSameRef(old, fresh)
}

// updateSameRef moves a snapshot from the group of its old ref to that of its new one. It
// passes over all snapshots only if the ref changed.
func (s *Store) updateSameRef(old, fresh *Snapshot) {
	oldRef, newRef := refOf(old), refOf(fresh)
	members := slices.Clone(s.sameRef[oldRef].members)
	i := slices.Index(members, old)
	if oldRef == newRef && i >= 0 {
		members[i] = fresh
		s.setSameRef(oldRef, members)
		return
	}
	if oldRef == newRef {
		return
	}
	if i >= 0 {
		s.setSameRef(oldRef, slices.Delete(members, i, i+1))
	}
	if newRef == "" {
		return
	}
	members = nil
	for _, row := range s.rows {
		if row.Ref.Value == newRef {
			members = append(members, row)
		}
	}
	s.setSameRef(newRef, members)
}

// setSameRef sets the snapshots with a ref.
func (s *Store) setSameRef(ref string, members []*Snapshot) {
	if len(members) < 2 {
		s.sameRef = withoutKey(s.sameRef, ref)
		return
	}
	var g sameRefGroup
	for _, member := range members {
		g.add(member)
	}
	s.sameRef = withKey(s.sameRef, ref, g)
}

// refOf returns the ref of a snapshot, "" for none.
func refOf(s *Snapshot) string {
	if s == nil {
		return ""
	}
	return s.Ref.Value
}

// withKey returns a copy of m with the key set to the value.
func withKey[V any](m map[string]V, key string, value V) map[string]V {
	c := maps.Clone(m)
	if c == nil {
		c = make(map[string]V)
	}
	c[key] = value
	return c
}

// withoutKey returns a copy of m without the key, or m if it has no such key.
func withoutKey[V any](m map[string]V, key string) map[string]V {
	if _, ok := m[key]; !ok {
		return m
	}
	c := maps.Clone(m)
	delete(c, key)
	return c
}
