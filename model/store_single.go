package model

import (
	"bytes"
	"maps"
	"slices"
)

// With returns a store that holds a newer answer for one snapshot, or one snapshot
// more. What a GET answered is not missing. It looks at what the one snapshot
// touches, not at all of them anew.
func (s *Store) With(fresh *Snapshot) (*Store, []Change) {
	if _, isGone := s.deleted[fresh.ID]; isGone {
		return s, nil
	}
	old, known := s.Get(fresh.ID)
	same := known && (old == fresh || bytes.Equal(old.Raw, fresh.Raw))
	if same && !s.missing[fresh.ID] {
		return s, nil
	}
	next := *s
	next.missing = without(s.missing, fresh.ID)
	if same {
		return &next, nil
	}
	next.replace(old, fresh)
	if !known {
		return &next, []Change{{Kind: Added, After: fresh}}
	}
	return &next, []Change{diff(old, fresh)}
}

// Without returns a store without a snapshot of which a GET said 404. An older
// poll that still lists it does not bring it back.
func (s *Store) Without(id string) (*Store, []Change) {
	if _, isGone := s.deleted[id]; isGone {
		return s, nil
	}
	next := *s
	next.deleted = with(s.deleted, id, false)
	old, known := s.Get(id)
	if !known {
		return &next, nil
	}
	next.missing = without(s.missing, id)
	next.replace(old, nil)
	return &next, []Change{{Kind: Deleted, Before: old}}
}

// replace puts one snapshot in the place of another in a store that nobody sees
// yet: old is nil for one more, fresh for one less. Nothing is written that it shares
// with the older store.
func (s *Store) replace(old, fresh *Snapshot) {
	s.rows, s.counts = slices.Clone(s.rows), maps.Clone(s.counts)
	switch at := slices.Index(s.rows, old); {
	case old == nil:
		s.rows = append(s.rows, fresh)
	case fresh == nil:
		s.rows = slices.Delete(s.rows, at, at+1)
	default:
		s.rows[at] = fresh
	}
	if fresh != nil {
		s.single = with(s.single, fresh.ID, fresh)
		s.counts[fresh.State]++
	} else {
		s.single = with(s.single, old.ID, nil)
	}
	if old != nil {
		if s.counts[old.State]--; s.counts[old.State] == 0 {
			delete(s.counts, old.State)
		}
	}
	s.regroup(old, fresh)
}

// regroup moves a snapshot from the group of its old ref to that of its new one. All
// rows are looked at only where it has a ref that it had not.
func (s *Store) regroup(old, fresh *Snapshot) {
	was, is := refOf(old), refOf(fresh)
	members := slices.Clone(s.sameRef[was].members)
	at := slices.Index(members, old)
	if was == is && at >= 0 {
		members[at] = fresh
		s.setSameRef(was, members)
		return
	}
	if was == is {
		return
	}
	if at >= 0 {
		s.setSameRef(was, slices.Delete(members, at, at+1))
	}
	if is == "" {
		return
	}
	members = nil
	for _, row := range s.rows {
		if row.Ref.Value == is {
			members = append(members, row)
		}
	}
	s.setSameRef(is, members)
}

// share sets who has a ref.
func (s *Store) setSameRef(ref string, members []*Snapshot) {
	if len(members) < 2 {
		s.sameRef = without(s.sameRef, ref)
		return
	}
	var g sameRefGroup
	for _, member := range members {
		g.add(member)
	}
	s.sameRef = with(s.sameRef, ref, g)
}

// refOf is the ref of a snapshot, "" where there is none.
func refOf(s *Snapshot) string {
	if s == nil {
		return ""
	}
	return s.Ref.Value
}

// with returns a copy of a map in which the key has the value.
func with[V any](m map[string]V, key string, value V) map[string]V {
	changed := maps.Clone(m)
	if changed == nil {
		changed = make(map[string]V)
	}
	changed[key] = value
	return changed
}

// without returns a map without the key: a copy, unless it had none.
func without[V any](m map[string]V, key string) map[string]V {
	if _, has := m[key]; !has {
		return m
	}
	rest := maps.Clone(m)
	delete(rest, key)
	return rest
}
