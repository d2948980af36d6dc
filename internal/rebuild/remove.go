package rebuild

import (
	"context"
	"errors"
	"fmt"
	"time"

	"daytona/snapdeck/model"
)

// deleteOld asks the server to remove the old snapshot. Unless this run has just read it, it
// is read and checked again first.
func (r *run) deleteOld(ctx context.Context) (model.Step, error) {
	if !r.oldChecked {
		old, next, err := r.findOld(ctx)
		switch {
		case old == nil:
			return next, err
		case r.locked.entry.Edited != nil:
			return r.keepOld(ctx)
		}
		if err := r.recheck(ctx, old); err != nil {
			if errors.As(err, new(*RefusedError)) {
				return "", r.abandon(ctx, err)
			}
			return "", err
		}
		// If no answer comes, the entry is kept until the delete cannot be carried out
		// any longer.
		r.locked.entry.DeleteSent = r.o.Now().UTC()
		r.note(model.StepDelete)
	}
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	r.oldChecked, r.deleteSent = false, true
	return model.StepWait, r.remove(ctx, targetOld)
}

// settleDelete returns the old snapshot, nil if it does not exist. While a delete without an
// answer may still be carried out, it waits.
func (r *run) settleDelete(ctx context.Context) (*model.Snapshot, error) {
	for waiting := false; ; waiting = true {
		old, err := r.get(ctx, r.locked.entry.Old.ID)
		until := r.locked.entry.lateUntil(r.o.Now())
		if err != nil || nextStep(old) != "" || until.IsZero() {
			return old, err
		}
		if !waiting {
			r.progress("a delete got no answer and may still be carried out: watching until " + until.UTC().Format("15:04:05Z"))
		}
		if err := r.sleep(ctx, min(pollLateDelete, until.Sub(r.o.Now()))); err != nil {
			return nil, err
		}
	}
}

// nextStep returns the step after a delete of the old snapshot that was carried out, "" if the
// snapshot exists.
func nextStep(old *model.Snapshot) model.Step {
	switch {
	case old == nil:
		return model.StepCreate
	case old.State == model.StateRemoving:
		return model.StepWait
	default:
		return ""
	}
}

// findOld returns the old snapshot, or nil and the next step if it is deleted or being
// removed.
func (r *run) findOld(ctx context.Context) (*model.Snapshot, model.Step, error) {
	old, err := r.get(ctx, r.locked.entry.Old.ID)
	if err != nil {
		return nil, "", err
	}
	if next := nextStep(old); next != "" {
		return nil, next, nil
	}
	return old, "", nil
}

// remove sends a delete until the server has accepted or refused it.
func (r *run) remove(ctx context.Context, target deleteTarget) error {
	var (
		p  retryPolicy
		id = target.id(r.locked.entry)
	)
	for {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		sent := r.o.Now()
		err := r.remote.delete(ctx, r.locked, target)
		if errors.Is(err, errEntryNotSaved) || errors.Is(err, errNothingToDelete) {
			return err // nothing was sent
		}
		r.called("DELETE "+model.SnapshotPath(id), "", sent, err)
		if target == targetOld {
			r.noteAnswer(sent, err)
		}
		switch {
		case isDefinite(err) && target == targetOld:
			return r.refusedDelete(ctx, err) // only a GET proves what a 404 says
		case err == nil, codeOf(err) == model.NotFound:
			return nil
		case isDefinite(err):
			return err
		}
		if waited := p.wait(ctx, r, err); waited != nil {
			return r.withLateDelete(waited, target)
		}
		if isUnknown(err) {
			s, err := r.get(ctx, id)
			if err != nil {
				return r.withLateDelete(err, target)
			}
			if s == nil || s.State == model.StateRemoving {
				return nil // it was carried out and the answer lost
			}
		}
	}
}

// noteAnswer records in the entry whether the delete of the old snapshot, sent at that time,
// may still be carried out.
func (r *run) noteAnswer(sent time.Time, err error) {
	if isUnknown(err) {
		r.unanswered = sent.UTC()
	}
	r.locked.entry.DeleteSent = r.unanswered
	if isUnknown(err) {
		r.note(model.StepDelete)
	}
}

// withLateDelete adds to an error that the old snapshot may still be deleted.
func (r *run) withLateDelete(err error, target deleteTarget) error {
	if target != targetOld || r.locked.entry.lateUntil(r.o.Now()).IsZero() {
		return err
	}
	return fmt.Errorf("%w · the delete got no answer and may still be carried out", err)
}

// refusedDelete abandons the rebuild after a refused delete, unless an earlier delete
// without an answer is carried out.
func (r *run) refusedDelete(ctx context.Context, refusal error) error {
	old, err := r.settleDelete(ctx)
	if err != nil {
		return r.withLateDelete(fmt.Errorf("%w; then %w", refusal, err), targetOld)
	}
	if nextStep(old) != "" {
		return nil
	}
	return &untouchedError{proof: oldExists(r.locked.entry, old, r.o.Now()), old: old, err: refusal}
}

// waitForName waits until the old snapshot is deleted.
func (r *run) waitForName(ctx context.Context) error {
	err := r.waitUntilGone(ctx, r.locked.entry.Old.ID)
	if errors.As(err, new(*RevertedError)) {
		return r.abandon(ctx, err)
	}
	return err
}

// waitUntilGone polls a snapshot that is being removed until a GET says 404. It returns
// [ErrStillRemoving] after a minute, and a [*RevertedError] if the snapshot has another
// state for longer than [settleTime].
func (r *run) waitUntilGone(ctx context.Context, id string) error {
	var (
		started  = r.o.Now()
		reverted time.Time // since when it is no longer removing, zero while it is
	)
	for {
		s, err := r.get(ctx, id)
		if err != nil {
			return err
		}
		if s == nil {
			return nil
		}
		r.saw(s)
		now := r.o.Now()
		switch {
		case s.State == model.StateRemoving:
			reverted = time.Time{}
		case reverted.IsZero():
			reverted = now
		case now.Sub(reverted) >= settleTime:
			return &RevertedError{State: s.State}
		}
		if now.Sub(started) >= removalTimeout && reverted.IsZero() {
			return ErrStillRemoving
		}
		if err := r.sleep(ctx, pollRemoval); err != nil {
			return err
		}
	}
}
