package rebuild

import (
	"context"
	"errors"
	"time"

	"daytona/snapdeck/model"
)

// deleteOld asks the server to remove the old snapshot. If that was not read a moment
// ago, it is read and checked again first.
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
				return "", &untouchedError{proof: oldExists(r.locked.entry, old), err: err}
			}
			return "", err
		}
	}
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	r.oldChecked, r.deleteSent = false, true
	return model.StepWait, r.remove(ctx, targetOld)
}

// findOld returns the old snapshot, or nil and the next step if it is deleted or being
// removed.
func (r *run) findOld(ctx context.Context) (*model.Snapshot, model.Step, error) {
	old, err := r.get(ctx, r.locked.entry.Old.ID)
	switch {
	case err != nil:
		return nil, "", err
	case old == nil:
		return nil, model.StepCreate, nil
	case old.State == model.StateRemoving:
		return nil, model.StepWait, nil
	default:
		return old, "", nil
	}
}

// remove sends a delete until the server has accepted or refused it.
func (r *run) remove(ctx context.Context, target deleteTarget) error {
	var (
		p       retryPolicy
		unknown bool // an earlier delete may still arrive
		id      = target.id(r.locked.entry)
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
		r.called("DELETE "+model.SnapshotPath(id), sent, err)
		switch {
		case err == nil, codeOf(err) == model.NotFound:
			return nil
		case isDefinite(err) && target == targetOld:
			return r.refusedDelete(ctx, err, unknown)
		case isDefinite(err):
			return err
		}
		if err := p.wait(ctx, r, err); err != nil {
			return err
		}
		if isUnknown(err) {
			unknown = true
			s, err := r.get(ctx, id)
			if err != nil {
				return err
			}
			if s == nil || s.State == model.StateRemoving {
				return nil // it was carried out and the answer lost
			}
		}
	}
}

// refusedDelete abandons the rebuild after a refused delete, unless an earlier delete
// was carried out.
func (r *run) refusedDelete(ctx context.Context, refusal error, unknown bool) error {
	if unknown {
		if err := r.sleep(ctx, settleTime); err != nil {
			return err
		}
	}
	return r.abandon(ctx, refusal)
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
