package deleted

import (
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
)

// UnderCursor returns the deleted snapshot that a list shows or has under its cursor, or why
// there is none. listed reports whether a snapshot exists.
func (r *Recipes) UnderCursor(list any, listed func(id string) bool) (d model.DeletedSnapshot, reason string) {
	switch list := list.(type) {
	case *Recipe:
		return list.of, ""
	case *List:
		if d, ok := list.Cursor(); ok {
			return d, ""
		}
		return d, "no deleted snapshots"
	case *activity.List:
		e, _ := list.Cursor()
		if d, ok := r.Find(e.SnapshotID); ok && !listed(e.SnapshotID) {
			return d, ""
		}
	}
	return d, "this entry is not about a deleted snapshot"
}
