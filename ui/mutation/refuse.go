package mutation

import (
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
)

// StillRunning is the reason why a second action on a snapshot is refused.
const StillRunning = "an action on this snapshot is still running"

// refuseDelete returns why the snapshot cannot be deleted.
func refuseDelete(v *row.ViewState, s *model.Snapshot) string {
	switch {
	case s.General:
		return "a general snapshot belongs to Daytona and cannot be deleted"
	case blocked(v, s):
		return StillRunning
	case s.State == model.StateRemoving:
		return "it is being removed already"
	default:
		return ""
	}
}

// refuseActivate returns why the snapshot cannot be activated.
func refuseActivate(v *row.ViewState, s *model.Snapshot) string {
	switch {
	case blocked(v, s):
		return StillRunning
	case foreign(v, s):
		return "a general snapshot belongs to Daytona and cannot be activated"
	case s.State != model.StateInactive:
		return "only an inactive snapshot can be activated; it is " + s.State.Label()
	}
	if updated, ok := s.UpdatedAt.Get(); ok {
		if rest := model.ActivationCooldown - v.Now.Sub(updated); rest > 0 {
			rest = min(rest, model.ActivationCooldown) // unless the clocks differ
			return "the server refuses it for 10 minutes after a change: " + format.Wait(rest) + " left"
		}
	}
	return ""
}

// refuseDeactivate returns why the snapshot cannot be deactivated. During a delete it can be,
// which reverts the delete.
func refuseDeactivate(v *row.ViewState, s *model.Snapshot) string {
	op := v.Pending[s.ID]
	switch {
	case blocked(v, s) && !op.Revertible():
		return StillRunning
	case foreign(v, s):
		return "a general snapshot belongs to Daytona and cannot be deactivated"
	case s.State != model.StateActive && s.State != model.StateRemoving && op == nil:
		return "only an active snapshot can be deactivated; it is " + s.State.Label()
	default:
		return ""
	}
}

// blocked reports whether a running action blocks another one. One with an unknown outcome
// does not: the same request can be sent again, each names the snapshot by its id.
func blocked(v *row.ViewState, s *model.Snapshot) bool {
	op := v.Pending[s.ID]
	return op != nil && op.Unknown == ""
}

// foreign reports whether a general snapshot belongs to another organization.
func foreign(v *row.ViewState, s *model.Snapshot) bool {
	return s.General && (s.OrganizationID.Value == "" || s.OrganizationID.Value != v.OrganizationID())
}
