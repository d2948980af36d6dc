package rebuild

import (
	"daytona/snapdeck/model"

	"context"
	"errors"
	"fmt"
)

// deletes is how often the delete of a candidate is tried: a build that is under
// way can write over it.
const maxCandidateDeletes = 3

var (
	errCandidateLeft = errors.New("the candidate is left")
	errAbandoned     = errors.New("it was given up before anything was deleted")
	errOldDeleted    = errors.New("the old snapshot is gone, and this rebuild did not delete it: discard it if nobody wants it back")
)

// buildCandidate makes the candidate and waits until it is active. Nothing else is
// touched before that.
func (r *run) buildCandidate(ctx context.Context) (model.Step, error) {
	if r.resumed {
		// The step on the disk may be older than the truth.
		if old, next, err := r.findOld(ctx); old == nil {
			return next, err
		}
	}
	made, err := r.make(ctx, r.locked.entry.Candidate.Recipe)
	if err == nil {
		r.locked.entry.Candidate.ID = made.ID
		r.note(model.StepCandidate)
		_, err = r.follow(ctx, made.ID, made)
	}
	switch {
	case err == nil:
		return model.StepDelete, nil
	case isFinal(err):
		return "", r.abandon(ctx, err)
	default:
		return "", err // it may yet be built: a later run goes on here
	}
}

// isVerdict reports whether an error says that there will be no candidate, and not
// just that the server cannot be reached.
func isFinal(err error) bool {
	return isDefinite(err) || errors.As(err, new(*BuildError)) || errors.As(err, new(*NameTakenError)) ||
		errors.Is(err, ErrDeleted) || errors.Is(err, ErrDeactivated) || errors.Is(err, ErrStillRemoving)
}

// cleanUp removes the candidate and then the entry.
func (r *run) cleanUp(ctx context.Context) error {
	if err := r.removeCandidate(ctx); err != nil {
		return err
	}
	e := r.locked.entry
	if e.NewID != "" {
		r.drop(createAccepted(e))
		return nil
	}
	old, err := r.get(ctx, e.Old.ID)
	if err != nil {
		return err
	}
	p := oldExists(e, old)
	if !p.holds {
		return errOldDeleted
	}
	r.drop(p)
	r.failure = errAbandoned
	return nil
}

// withoutCandidate removes the candidate after a failure, and returns the reason of
// the failure, together with [errCandidateLeft] where it could not be removed.
func (r *run) withoutCandidate(ctx context.Context, cause error) error {
	r.startStep(model.StepCleanup)
	if err := r.removeCandidate(ctx); err != nil {
		return r.stepFailed(fmt.Errorf("%w; %w: %w", cause, errCandidateLeft, err))
	}
	r.stepDone()
	return cause
}

// removeCandidate deletes the candidate and waits until it is gone.
func (r *run) removeCandidate(ctx context.Context) error {
	var last error
	for range maxCandidateDeletes {
		known, err := r.findCandidate(ctx)
		if err != nil || !known {
			return err
		}
		if err := r.remove(ctx, targetCandidate); err != nil {
			return err
		}
		if last = r.waitUntilGone(ctx, r.locked.entry.Candidate.ID); !errors.As(last, new(*RevertedError)) {
			return last
		}
	}
	return last
}

// findCandidate makes sure that the entry knows the id of the candidate; false
// where there is none, or where something else has its name.
func (r *run) findCandidate(ctx context.Context) (bool, error) {
	c := r.locked.entry.Candidate
	if c.ID != "" {
		return true, nil
	}
	s, err := r.getByName(ctx, c.Recipe.Name)
	if err == nil && s == nil {
		// Its create may still be on its way.
		if err := r.sleep(ctx, settleTime); err != nil {
			return false, err
		}
		s, err = r.getByName(ctx, c.Recipe.Name)
	}
	if err != nil || s == nil || s.ID == r.locked.entry.Old.ID || !madeFrom(c.Recipe, s) {
		return false, err
	}
	c.ID = s.ID
	return true, nil
}
