package model

// Check is what was read between two polls.
type Check struct {
	Snapshots []*Snapshot
	NotFound  []string // ids
}

// MergeNewer returns the listing with what a check read since the listing began, where
// that is newer. It does not modify either.
func (l Listing) MergeNewer(read map[string]*Snapshot) Listing {
	if len(read) == 0 {
		return l
	}
	merged := make([]*Snapshot, 0, len(l.Snapshots)+len(read))
	listed := make(map[string]bool, len(read))
	for _, s := range l.Snapshots {
		if fresh := read[s.ID]; fresh != nil {
			listed[s.ID] = true
			if fresh.UpdatedAt.Time().After(s.UpdatedAt.Time()) {
				s = fresh
			}
		}
		merged = append(merged, s)
	}
	for id, fresh := range read {
		if !listed[id] {
			merged = append(merged, fresh)
		}
	}
	l.Snapshots = merged
	return l
}

// WithCheck returns a store with what a check read, and the changes.
func (s *Store) WithCheck(found Check) (*Store, []Change) {
	var changes []Change
	for _, fresh := range found.Snapshots {
		next, change := s.With(fresh)
		s, changes = next, append(changes, change...)
	}
	for _, id := range found.NotFound {
		next, change := s.Without(id)
		s, changes = next, append(changes, change...)
	}
	return s, changes
}
