package rebuild

import (
	"context"

	"daytona/snapdeck/model"
)

// followNew waits until the new snapshot is active. A failure is returned at the end of
// the run: the create was accepted, so the candidate is removed first.
func (r *run) followNew(ctx context.Context) (model.Step, error) {
	s, err := r.follow(ctx, r.locked.entry.NewID, r.created)
	if s != nil {
		r.created = s
	}
	if err != nil {
		if ctx.Err() != nil {
			return "", err
		}
		r.failure = r.stepFailed(err)
	}
	if r.locked.entry.Candidate != nil {
		return model.StepCleanup, nil
	}
	return "", nil
}

// follow polls a snapshot until it is active. It returns a [*BuildError] if it failed,
// [ErrDeleted] if it was deleted, and the snapshot at the last GET in any case. There
// is no time limit: the server ends a build after an hour, and one that waits for a
// free runner can wait forever.
func (r *run) follow(ctx context.Context, id string, s *model.Snapshot) (*model.Snapshot, error) {
	for {
		if s != nil {
			r.saw(s)
			if settled, err := outcomeOf(s); settled {
				return s, err
			}
			if err := r.sleep(ctx, pollBuild); err != nil {
				return s, err
			}
		}
		now, err := r.get(ctx, id)
		if err != nil {
			return s, err
		}
		if now == nil {
			return s, ErrDeleted
		}
		s = now
	}
}

// outcomeOf reports whether a new snapshot has settled, and the error if it is not
// active. An unknown state counts as a transition.
func outcomeOf(s *model.Snapshot) (settled bool, err error) {
	switch {
	case s.State == model.StateActive:
		return true, nil
	case s.State.Failed():
		return true, &BuildError{Snapshot: s}
	case s.State == model.StateRemoving:
		return true, ErrDeleted
	case s.State == model.StateInactive:
		return true, ErrDeactivated
	default:
		return false, nil
	}
}
