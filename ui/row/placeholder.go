package row

import (
	"cmp"
	"context"
	"slices"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
)

// Rowless are the running rebuilds of which the list has no row, in the order of
// their names.
func (v *ViewState) Rowless() []*Pending {
	var found []*Pending
	for id, op := range v.Pending {
		if id == op.ID && op.Workflow && !slices.ContainsFunc(append([]string{op.ID}, op.RelatedIDs...), v.Listed) {
			found = append(found, op)
		}
	}
	slices.SortFunc(found, func(x, y *Pending) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID)) })
	return found
}

// Listed reports whether the list has a snapshot of that id.
func (v *ViewState) Listed(id string) bool {
	_, ok := v.Data.Store.Get(id)
	return ok
}

// Rebuilding is a snapshot as its placeholder row shows it: a filter for a state means
// the shown state. It is nil where old is.
func Rebuilding(old *model.Snapshot) *model.Snapshot {
	if old == nil {
		return nil
	}
	shown := *old
	shown.State = StateRebuilding
	return &shown
}

// InsertPlaceholders adds the rebuilds without a row to the rows that the filter
// shows, where their old snapshots are known, and reports how many it added.
func (v *ViewState) InsertPlaceholders(rows []*model.Snapshot, by Sort) ([]*model.Snapshot, int) {
	var placeholders []*model.Snapshot
	for _, op := range v.Rowless() {
		if op.Placeholder != nil {
			placeholders = append(placeholders, op.Placeholder)
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
			at, _ = slices.BinarySearchFunc(rows, s, compare)
		}
		rows = slices.Insert(rows, at, s)
	}
	return rows, len(found.Snapshots)
}
