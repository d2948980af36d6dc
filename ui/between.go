package ui

import (
	"context"
	"slices"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
)

// stateRebuilding is shown of a snapshot between its delete and its create. The
// server has none then, and whoever watches the rebuild should not lose its row.
const stateRebuilding = model.State("rebuilding")

// between are the snapshots that are being rebuilt and that no row of the list shows
// at present, as they were.
func (k *knowledge) between() []*model.Snapshot {
	var found []*model.Snapshot
	for id, op := range k.operations {
		if id != op.id || op.old == nil {
			continue // the same operation stands under its further ids too
		}
		if slices.ContainsFunc(append([]string{op.id}, op.also...), k.listed) {
			continue
		}
		if op.old.State != stateRebuilding {
			ghost := *op.old
			ghost.State = stateRebuilding // so that a filter for a state means what is shown
			op.old = &ghost
		}
		found = append(found, op.old)
	}
	slices.SortFunc(found, model.CompareName)
	return found
}

func (k *knowledge) listed(id string) bool {
	_, ok := k.deck.store.Get(id)
	return ok
}

// refuseMark says why the row cannot be marked.
func refuseMark(a *App) string {
	s := a.selected()
	switch {
	case s == nil:
		return "no snapshot is selected"
	case !a.known.listed(s.ID):
		return "it is being rebuilt"
	default:
		return ""
	}
}

// withBetween puts those snapshots among the rows, where the filter shows them.
func (a *App) withBetween(rows []*model.Snapshot) []*model.Snapshot {
	between := a.known.between()
	a.shown.between = 0
	if len(between) == 0 {
		return rows
	}
	store := model.NewStore().Load(between)
	found, err := query.NewIndex(store).Search(context.Background(), a.known.query, a.known.search())
	if err != nil {
		return rows
	}
	rows = slices.Clone(rows)
	compare := a.known.comparator(a.order)
	for _, s := range found.Snapshots {
		at := 0 // the best match is first
		if !a.known.query.HasWords() {
			at, _ = slices.BinarySearchFunc(rows, s, compare)
		}
		rows = slices.Insert(rows, at, s)
	}
	a.shown.between = len(found.Snapshots)
	return rows
}
