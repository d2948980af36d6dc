package ui

import (
	"cmp"
	"context"
	"slices"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/ui/row"
)

// Rowless are the running rebuilds of which the list has no row, in the order of
// their names.
func (k *ViewState) Rowless() []*Pending {
	var found []*Pending
	for id, op := range k.Pending {
		if id == op.ID && op.Workflow && !slices.ContainsFunc(append([]string{op.ID}, op.RelatedIDs...), k.Listed) {
			found = append(found, op)
		}
	}
	slices.SortFunc(found, func(x, y *Pending) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID)) })
	return found
}

// Listed reports whether the list has a snapshot of that id.
func (k *ViewState) Listed(id string) bool {
	_, ok := k.Data.Store.Get(id)
	return ok
}

// rebuilding is a snapshot as its row shows it meanwhile. A filter for a state means
// what is shown.
func rebuilding(old *model.Snapshot) *model.Snapshot {
	if old == nil {
		return nil
	}
	shown := *old
	shown.State = row.StateRebuilding
	return &shown
}

// refuseMark says why the row cannot be marked.
func refuseMark(a *App) string {
	s := a.selected()
	switch {
	case s == nil:
		return "no snapshot is selected"
	case !a.state.Listed(s.ID):
		return "it is being rebuilt"
	default:
		return ""
	}
}

// withBetween puts the snapshots without a row among the rows, where the filter shows
// them and it is known what they were.
func (a *App) insertPlaceholders(rows []*model.Snapshot) []*model.Snapshot {
	var between []*model.Snapshot
	for _, op := range a.state.Rowless() {
		if op.Placeholder != nil {
			between = append(between, op.Placeholder)
		}
	}
	a.shown.placeholders = 0
	if len(between) == 0 {
		return rows
	}
	store := model.NewStore().Load(between)
	found, err := query.NewIndex(store).Search(context.Background(), a.state.Query, a.state.QueryContext())
	if err != nil {
		return rows
	}
	rows = slices.Clone(rows)
	compare := a.state.Comparator(a.order)
	for _, s := range found.Snapshots {
		at := 0 // the best match is first
		if !a.state.Query.HasWords() {
			at, _ = slices.BinarySearchFunc(rows, s, compare)
		}
		rows = slices.Insert(rows, at, s)
	}
	a.shown.placeholders = len(found.Snapshots)
	return rows
}
