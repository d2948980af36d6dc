package row

import (
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

// Pending is a running action as a row shows it.
type Pending struct {
	ID      string      // the snapshot that it started on
	Name    string      // of that snapshot
	Action  string      // "delete"
	Shows   model.State // the state to show once the server accepted it
	Started time.Time
	Sent    time.Time // when the server accepted it, zero before

	Workflow    bool                 // a rebuild, which reports its steps
	Steps       []model.RebuildEvent // the latest event of each step
	Events      int                  // how many events there were
	Stepped     time.Time            // when the latest was reported
	RelatedIDs  []string             // further snapshots that belong to it
	Placeholder *model.Snapshot      // its row while the list has none, nil where that is unknown
}

// Accepted reports whether the server accepted the request.
func (p *Pending) Accepted() bool { return !p.Sent.IsZero() }

// Saved reports whether it is a rebuild that can be resumed later.
func (p *Pending) Saved() bool { return len(p.Steps) > 0 && p.Steps[len(p.Steps)-1].Saved }

// Revocable reports whether a deactivate can still revert the action.
func (p *Pending) Revocable() bool {
	return !p.Workflow && p.Shows == model.StateRemoving && p.Accepted()
}

// Progress is the action in a few words.
func (p *Pending) Progress(now time.Time) text.Safe {
	switch {
	case p.Workflow:
		if len(p.Steps) == 0 {
			return text.Sprintf("%s starting", p.Action)
		}
		step := p.Steps[len(p.Steps)-1]
		return text.Sprintf("%s %s · %s", p.Action, format.Age(now.Sub(p.Started)), step.Step.Label())
	case !p.Accepted():
		return text.Sprintf("sending %s · %s", p.Action, format.Age(now.Sub(p.Started)))
	case p.Shows == model.StateRemoving:
		return text.Sprintf("DELETE sent %s ago · waiting for 404", format.Age(now.Sub(p.Sent)))
	default:
		return text.Sprintf("%s sent %s ago", p.Action, format.Age(now.Sub(p.Sent)))
	}
}

// Building returns the snapshot that is being built from a Dockerfile: s, or the one
// that its rebuild is building; nil for none.
func (v *ViewState) Building(s *model.Snapshot) *model.Snapshot {
	if s == nil {
		return nil
	}
	if op := v.Pending[s.ID]; op != nil && len(op.Steps) > 0 {
		if other, ok := v.Data.Store.Get(op.Steps[len(op.Steps)-1].SnapshotID); ok {
			s = other
		}
	}
	if s.State != model.StateBuilding || s.BuildInfo.Presence != model.Present {
		return nil
	}
	return s
}

// WatchID is the id under which a snapshot is watched: in a rebuild, that of the old
// snapshot.
func (v *ViewState) WatchID(s *model.Snapshot) string {
	if op := v.Pending[s.ID]; op != nil && op.Workflow {
		return op.ID
	}
	return s.ID
}
