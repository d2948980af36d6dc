package row

import (
	"cmp"
	"context"
	"slices"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
)

// isPlaceholder reports whether a snapshot is that of a placeholder row.
func isPlaceholder(s *model.Snapshot) bool {
	return s.State == StateRebuilding || s.State == StateRestoring || s.State == StateCreating
}

// UnlistedRebuilds returns the running rebuilds without a snapshot in the list, by name.
func (v *ViewState) UnlistedRebuilds() []*Pending {
	var found []*Pending
	for id, pending := range v.Pending {
		if id == pending.ID && pending.Workflow && !slices.ContainsFunc(append([]string{pending.ID}, pending.RelatedIDs...), v.Listed) {
			found = append(found, pending)
		}
	}
	slices.SortFunc(found, func(x, y *Pending) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID)) })
	return found
}

// Listed reports whether the list has a snapshot with the id.
func (v *ViewState) Listed(id string) bool {
	_, ok := v.Data.Store.Get(id)
	return ok
}

// Placeholder returns a copy of a snapshot for its placeholder row, in the state of an action:
// rebuild, restore or create. It returns nil if old is nil. A filter by state matches the state
// of the copy.
func Placeholder(old *model.Snapshot, action string) *model.Snapshot {
	if old == nil {
		return nil
	}
	shown := *old
	switch action {
	case "restore":
		shown.State = StateRestoring
	case "create":
		shown.State = StateCreating
	default:
		shown.State = StateRebuilding
	}
	return &shown
}

// InsertPlaceholders adds a row for each unlisted rebuild if its old snapshot is known and
// matches the filter. It also returns how many it added.
func (v *ViewState) InsertPlaceholders(rows []*model.Snapshot, by Sort) ([]*model.Snapshot, int) {
	var placeholders []*model.Snapshot
	for _, pending := range v.UnlistedRebuilds() {
		if pending.Placeholder != nil {
			placeholders = append(placeholders, pending.Placeholder)
		}
	}
	if len(placeholders) == 0 {
		return rows, 0
	}
	store := model.NewStore().Load(placeholders)
	found, err := query.NewIndex(store).Search(context.Background(), v.Query, v.QueryContext())
	if err != nil {
		return rows, 0
	}
	rows = slices.Clone(rows)
	compare := v.Comparator(by)
	for _, s := range found.Snapshots {
		at := 0 // the best match is first
		if !v.Query.HasWords() {
			soon := *s // in the place of the snapshot that it becomes, so that the row does not jump
			soon.State = model.StateBuilding
			at, _ = slices.BinarySearchFunc(rows, &soon, compare)
		}
		rows = slices.Insert(rows, at, s)
	}
	return rows, len(found.Snapshots)
}
