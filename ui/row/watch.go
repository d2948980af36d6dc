package row

import (
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/text"
)

// WatchedDone stops watching the snapshots that these changes finish, and says how each
// ended. In a rebuild the deletion of the old snapshot is not its end.
func (v *ViewState) WatchedDone(changes []model.Change) []string {
	var lines []string
	for _, change := range changes {
		changed := change.Snapshot()
		if op := v.Pending[changed.ID]; op != nil && op.Workflow {
			continue
		}
		if !v.Watched[changed.ID] || change.Kind == model.FieldsChanged || change.Kind != model.Deleted && changed.State.InTransition() {
			continue
		}
		delete(v.Watched, changed.ID)
		outcome := changed.State.Label()
		if change.Kind == model.Deleted {
			outcome = "deleted"
		}
		lines = append(lines, text.Sprintf("%s is %s", changed.Name, outcome).String())
	}
	return lines
}

// WatchedEnded stops watching a workflow that has ended, and says how it ended.
func (v *ViewState) WatchedEnded(op *Pending, reason string) []string {
	if !v.Watched[op.ID] {
		return nil
	}
	delete(v.Watched, op.ID)
	if reason != "" {
		return []string{text.Sprintf("%s was not %s: %s", op.Name, op.Past, reason).String()}
	}
	return []string{text.Sprintf("%s is %s", op.Name, op.Past).String()}
}
