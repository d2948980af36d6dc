package rebuild

import (
	"context"
	"errors"
	"time"

	"daytona/snapdeck/model"
)

// deleteOld asks the server to remove the old snapshot. Where it was not seen a
// moment ago, it may be gone already, or something that must not be deleted.
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
				return "", &untouchedError{proof: oldExists(r.locked.entry, old), cause: err}
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

// standing is the old snapshot where it is there to stay, else nil and where to go on.
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
func (r *run) remove(ctx context.Context, which deleteTarget) error {
	var (
		p       retryPolicy
		unknown bool // an earlier delete may still arrive
		id      = which.id(r.locked.entry)
	)
	for {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		sent := r.o.Now()
		err := r.remote.delete(ctx, r.locked, which)
		if errors.Is(err, errEntryNotSaved) || errors.Is(err, errNothingToDelete) {
			return err // nothing was sent
		}
		r.called("DELETE "+model.SnapshotPath(id), sent, err)
		switch {
		case err == nil, codeOf(err) == model.NotFound:
			return nil
		case isDefinite(err) && which == targetOld:
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
				return nil // it was carried out, only the answer got lost
			}
		}
	}
}

// refusedDelete looks whether a delete that was refused left the snapshot alone.
func (r *run) refusedDelete(ctx context.Context, cause error, unknown bool) error {
	if unknown {
		if err := r.sleep(ctx, settleTime); err != nil {
			return err
		}
	}
	return r.abandon(ctx, cause)
}

// waitForName waits until the old snapshot is gone.
func (r *run) waitForName(ctx context.Context) error {
	err := r.waitUntilGone(ctx, r.locked.entry.Old.ID)
	if errors.As(err, new(*RevertedError)) {
		return r.abandon(ctx, err)
	}
	return err
}

// waitUntilGone polls a snapshot that is being removed until a GET says that it
// is not there. It gives up after a while ([ErrStays]), and when the snapshot is
// back for good ([*CameBackError]): a row that is back on one look may still go.
func (r *run) waitUntilGone(ctx context.Context, id string) error {
	var (
		started = r.o.Now()
		back    time.Time // since when it is seen to be back
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
			back = time.Time{}
		case back.IsZero():
			back = now
		case now.Sub(back) >= settleTime:
			return &RevertedError{State: s.State}
		}
		if now.Sub(started) >= removalTimeout && back.IsZero() {
			return ErrStillRemoving
		}
		if err := r.sleep(ctx, pollRemoval); err != nil {
			return err
		}
	}
}
