package row

import (
	"slices"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

// Pending is a running action as a row shows it.
type Pending struct {
	ID      string      // of the snapshot
	Name    string      // of the snapshot
	Action  string      // "delete"
	Past    string      // "deleted"
	Shows   model.State // the state to show once the server has accepted it
	Started time.Time
	Sent    time.Time // when the server accepted it, zero before that
	Unknown string    // what came instead of an answer, "" unless the outcome is unknown
	AskAt   time.Time // when an unknown outcome is asked for again

	Workflow    bool                 // a rebuild, restore or create, which reports its steps
	Steps       []model.RebuildEvent // the latest event of each step
	Events      int                  // number of events so far
	LastEvent   time.Time
	RelatedIDs  []string        // other snapshots that belong to it
	Placeholder *model.Snapshot // shown while the list has no row for it, nil if unknown
}

// Accepted reports whether the server accepted the request.
func (p *Pending) Accepted() bool { return !p.Sent.IsZero() }

// Answered reports whether the request has ended, with an answer or without.
func (p *Pending) Answered() bool { return p.Accepted() || p.Unknown != "" }

// Saved reports whether it is a workflow that can be resumed later.
func (p *Pending) Saved() bool { return len(p.Steps) > 0 && p.Steps[len(p.Steps)-1].Saved }

// Revertible reports whether a deactivate can still revert the action.
func (p *Pending) Revertible() bool {
	return !p.Workflow && p.Shows == model.StateRemoving && p.Answered()
}

// Progress summarizes the progress of the action.
func (p *Pending) Progress(now time.Time) text.Safe {
	switch {
	case p.Workflow:
		if len(p.Steps) == 0 {
			return text.Sprintf("%s starting", p.Action)
		}
		step := p.Steps[len(p.Steps)-1]
		return text.Sprintf("%s %s · %s", p.Action, format.Age(now.Sub(p.Started)), step.Step.Label())
	case p.Unknown != "" && p.AskAt.After(now):
		return text.Sprintf("outcome unknown · asked again in %s", format.Wait(p.AskAt.Sub(now)))
	case p.Unknown != "":
		return text.Lit("outcome unknown · asking")
	case !p.Accepted():
		return text.Sprintf("sending %s · %s", p.Action, format.Age(now.Sub(p.Started)))
	case p.Shows == model.StateRemoving:
		return text.Sprintf("DELETE sent %s ago · waiting for 404", format.Age(now.Sub(p.Sent)))
	default:
		return text.Sprintf("%s sent %s ago", p.Action, format.Age(now.Sub(p.Sent)))
	}
}

// Building returns the snapshot that is being built from a Dockerfile: s itself, or the one
// that its rebuild creates. It returns nil if there is none.
func (v *ViewState) Building(s *model.Snapshot) *model.Snapshot {
	if s == nil {
		return nil
	}
	if pending := v.Pending[s.ID]; pending != nil && len(pending.Steps) > 0 {
		if other, ok := v.Data.Store.Get(pending.Steps[len(pending.Steps)-1].SnapshotID); ok {
			s = other
		}
	}
	if s.State != model.StateBuilding || s.BuildInfo.Presence != model.Present {
		return nil
	}
	return s
}

// Builds returns the ids of the snapshots that are built from a Dockerfile: that of the
// selected row first, if it is one, then those of the visible rows.
func (v *ViewState) Builds(selected *model.Snapshot, visible []*model.Snapshot) []string {
	var ids []string
	for _, s := range append([]*model.Snapshot{selected}, visible...) {
		if built := v.Building(s); built != nil && !slices.Contains(ids, built.ID) {
			ids = append(ids, built.ID)
		}
	}
	return ids
}

// LogTarget returns the id of the snapshot with the build log of a row: the one that its
// rebuild builds, else the row's own. "" is none, or none yet. A note says why there is no
// log to read.
func (v *ViewState) LogTarget(id string) (target string, note text.Safe) {
	p := v.Pending[id]
	if p != nil && p.Workflow {
		built, gone := p.built()
		switch {
		case built != "":
			id = built
		case gone:
			return "", text.Lit("waiting for the new build")
		}
	}
	s, listed := v.Data.Store.Get(id)
	switch {
	case !listed && p == nil:
		return "", text.Lit("no log: the snapshot does not exist")
	case listed && builtFromCache(s):
		return id, text.Lit("no log: served from the cache, nothing was built")
	default:
		return id, text.Safe{}
	}
}

// built returns the snapshot that a rebuild built last, "" for none, and whether the old
// snapshot is deleted or about to be.
func (p *Pending) built() (id string, gone bool) {
	for _, step := range p.Steps {
		switch step.Step {
		case model.StepCandidate, model.StepCreate, model.StepFollow:
			if step.SnapshotID != "" && step.SnapshotID != p.ID {
				id = step.SnapshotID
			}
		case model.StepWait:
			gone = true
		}
	}
	return id, gone || p.Accepted()
}

// builtFromCache reports whether a snapshot was active at once, because another one had
// the same ref: no runner has a log of it.
func builtFromCache(s *model.Snapshot) bool {
	return s.State == model.StateActive && s.BuildInfo.Presence == model.Present &&
		s.InitialRunnerID.Presence != model.Absent && s.InitialRunnerID.Value == ""
}

// WatchID returns the id under which a snapshot is watched. During a rebuild it is the id
// of the old snapshot.
func (v *ViewState) WatchID(s *model.Snapshot) string {
	if pending := v.Pending[s.ID]; pending != nil && pending.Workflow {
		return pending.ID
	}
	return s.ID
}

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
