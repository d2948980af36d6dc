package rebuild

import (
	"context"
	"errors"
	"fmt"

	"daytona/snapdeck/model"
)

// maxCandidateDeletes bounds how often a candidate is deleted: a running build can
// revert a delete.
const maxCandidateDeletes = 3

var (
	errCandidateLeft = errors.New("the candidate was not removed")
	errAbandoned     = errors.New("the rebuild was abandoned before anything was deleted")
	errOldDeleted    = errors.New("the old snapshot was deleted, but not by this rebuild: discard the rebuild unless you want the snapshot back")
)

// buildCandidate creates the candidate and waits until it is active. Nothing else
// changes before that.
func (r *run) buildCandidate(ctx context.Context) (model.Step, error) {
	if r.resumed {
		// The journal may be behind the server.
		if old, next, err := r.findOld(ctx); old == nil {
			return next, err
		}
	}
	made, err := r.make(ctx, r.locked.entry.Candidate.Recipe)
	if err == nil {
		r.locked.entry.Candidate.ID = made.ID // of an earlier run, perhaps
		r.note(model.StepCandidate)
		_, err = r.follow(ctx, made.ID, made)
	}
	switch {
	case err == nil:
		return model.StepDelete, nil
	case isFinal(err):
		return "", r.abandon(ctx, err)
	default:
		return "", err // it may still become active: a later run resumes here
	}
}

// isFinal reports whether an error means that the candidate will not become active,
// and not just that the server did not answer.
func isFinal(err error) bool {
	return isDefinite(err) || errors.As(err, new(*BuildError)) || errors.As(err, new(*NameTakenError)) ||
		errors.Is(err, errNotShown) || errors.Is(err, ErrDeleted) || errors.Is(err, ErrDeactivated) || errors.Is(err, ErrStillRemoving)
}

// cleanUp removes the candidate and then the entry.
func (r *run) cleanUp(ctx context.Context) error {
	if err := r.removeCandidate(ctx); err != nil {
		return err
	}
	e := r.locked.entry
	if e.NewID != "" {
		r.drop(newSeen(e))
		return nil
	}
	old, err := r.settleDelete(ctx)
	if err != nil {
		return err
	}
	p := oldExists(e, old, r.o.Now())
	if !p.holds {
		return errOldDeleted
	}
	r.failure = errAbandoned
	r.drop(p)
	return nil
}

// withoutCandidate removes the candidate after a failure. It returns the failure,
// joined with [errCandidateLeft] if the candidate could not be removed.
func (r *run) withoutCandidate(ctx context.Context, failure error) error {
	r.startStep(model.StepCleanup)
	if err := r.removeCandidate(ctx); err != nil {
		return r.stepFailed(fmt.Errorf("%w; %w: %w", failure, errCandidateLeft, err))
	}
	r.stepDone()
	return failure
}

// removeCandidate deletes the candidate and waits for a 404.
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

// findCandidate looks up the id of the candidate if the entry does not have it. It
// returns false if there is no candidate, or another snapshot has its name.
func (r *run) findCandidate(ctx context.Context) (bool, error) {
	c := r.locked.entry.Candidate
	if c.ID != "" {
		return true, nil
	}
	s, err := r.getByName(ctx, c.Recipe.Name)
	if err == nil && s == nil {
		// Its create may not have reached the server yet.
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
