package model_test

import (
	"slices"
	"time"

	"daytona/snapdeck/model"
)

// naiveStore is a reference for Store that searches a list for everything.
type naiveStore struct {
	rows        []*model.Snapshot
	missing     []string
	deleted     []string
	listedSince []string // deleted ids that a list came after
	complete    bool
}

func (n *naiveStore) find(id string) int {
	return slices.IndexFunc(n.rows, func(s *model.Snapshot) bool { return s.ID == id })
}

// visible drops deleted snapshots and duplicates.
func (n *naiveStore) visible(list []*model.Snapshot) []*model.Snapshot {
	var kept []*model.Snapshot
	for _, row := range list {
		again := slices.ContainsFunc(kept, func(s *model.Snapshot) bool { return s.ID == row.ID })
		if !again && (!slices.Contains(n.deleted, row.ID) || slices.Contains(n.listedSince, row.ID)) {
			kept = append(kept, row)
		}
	}
	return kept
}

func (n *naiveStore) load(list []*model.Snapshot) {
	if !n.complete {
		n.rows = n.visible(list)
	}
}

func (n *naiveStore) apply(list []*model.Snapshot) {
	fresh := n.visible(list)
	var missing []string
	changed := !n.complete || len(n.missing) > 0 || len(n.deleted) > 0 || len(fresh) != len(n.rows)
	for i, row := range fresh {
		if at := n.find(row.ID); at < 0 {
			changed = true
		} else if n.rows[at].Raw.String() == row.Raw.String() {
			fresh[i] = n.rows[at]
		} else {
			changed = true
		}
	}
	if !changed {
		return // the order alone is no change
	}
	for _, old := range n.rows {
		if slices.ContainsFunc(fresh, func(s *model.Snapshot) bool { return s.ID == old.ID }) {
			continue
		}
		if n.complete && old.State != model.StateRemoving && !slices.Contains(n.missing, old.ID) {
			missing = append(missing, old.ID)
			fresh = append(fresh, old)
		}
	}
	n.deleted = slices.DeleteFunc(slices.Clone(n.deleted), func(id string) bool { return slices.Contains(n.listedSince, id) })
	n.listedSince = slices.Clone(n.deleted)
	n.rows, n.missing, n.complete = fresh, missing, true
}

func (n *naiveStore) with(row *model.Snapshot) {
	if slices.Contains(n.deleted, row.ID) {
		return
	}
	at := n.find(row.ID)
	switch {
	case at < 0:
		n.rows = append(slices.Clone(n.rows), row)
	case !n.rows[at].Raw.Equal(row.Raw):
		n.rows = slices.Clone(n.rows)
		n.rows[at] = row
	}
	n.missing = slices.DeleteFunc(slices.Clone(n.missing), func(id string) bool { return id == row.ID })
}

func (n *naiveStore) without(id string) {
	n.deleted = append(n.deleted, id)
	n.rows = slices.DeleteFunc(slices.Clone(n.rows), func(s *model.Snapshot) bool { return s.ID == id })
	n.missing = slices.DeleteFunc(slices.Clone(n.missing), func(m string) bool { return m == id })
}

func (n *naiveStore) deactivatesAt(of *model.Snapshot, timeout time.Duration) (at time.Time, ok bool) {
	if of.General || of.State != model.StateActive {
		return time.Time{}, false
	}
	for _, row := range n.rows {
		same := row.ID == of.ID || of.Ref.Value != "" && row.Ref.Value == of.Ref.Value && row.State == model.StateActive
		for _, t := range []time.Time{row.CreatedAt.Time(), row.LastUsedAt.Time()} {
			if same && t.After(at) {
				at = t
			}
		}
	}
	return at.Add(timeout), !at.IsZero()
}
