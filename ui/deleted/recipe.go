package deleted

import (
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/inspect"
	"daytona/snapdeck/ui/row"
)

// Recipe is a screen with the recipe of a deleted snapshot.
type Recipe struct {
	*inspect.Screen
	of model.DeletedSnapshot
}

// NewRecipe returns the recipe of a deleted snapshot.
func NewRecipe(of model.DeletedSnapshot, view *row.ViewState) *Recipe {
	return &Recipe{Screen: inspect.NewRecipe(view, of.Snapshot), of: of}
}

// UnderCursor returns the deleted snapshot that a list shows or has under its cursor, or why
// there is none. The store has the snapshots that exist.
func (r *Recipes) UnderCursor(list any, store *model.Store) (d model.DeletedSnapshot, reason string) {
	switch list := list.(type) {
	case *Recipe:
		if !r.has(list.of.Snapshot.ID, store) {
			return d, "it was restored, or its recipe removed"
		}
		return list.of, ""
	case *List:
		if d, ok := list.Cursor(); ok {
			return d, ""
		}
		return d, "no deleted snapshots"
	case *activity.List:
		e, _ := list.Cursor()
		if d, ok := r.Find(e.SnapshotID); ok && r.has(e.SnapshotID, store) {
			return d, ""
		}
	}
	return d, "this entry is not about a deleted snapshot"
}
