package rebuild

import (
	"context"

	"daytona/snapdeck/model"
)

// createNew creates the new snapshot. The journal keeps the recipe until a GET shows it.
func (r *run) createNew(ctx context.Context) (model.Step, error) {
	created, err := r.make(ctx, r.locked.entry.Recipe)
	if err != nil {
		return "", r.refusedCreate(err)
	}
	r.created = created
	r.locked.entry.NewID, r.locked.entry.NewSeen = created.ID, true
	r.saw(created)
	switch {
	case !r.o.AcceptOnly:
		return model.StepFollow, nil
	case r.locked.entry.Candidate != nil:
		return model.StepCleanup, nil
	default:
		return "", nil
	}
}

// make creates a snapshot exactly once, and returns it as a GET shows it. If an earlier
// create may have been accepted, of this run or the one before, it looks for the name before
// it sends another.
func (r *run) make(ctx context.Context, recipe model.Recipe) (*model.Snapshot, error) {
	var p retryPolicy
	for maybeSent := r.resumed || r.checkUnclear; ; maybeSent = true {
		if maybeSent {
			if made, err := r.find(ctx, recipe); made != nil || err != nil {
				return made, err
			}
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		sent := r.o.Now()
		made, err := r.remote.create(ctx, recipe)
		if err != nil {
			r.called("POST /snapshots", "", sent, err)
		} else {
			r.called("POST /snapshots", made.ID, sent, nil)
			r.maybeCreated = true
			if c := r.locked.entry.Candidate; c != nil && recipe.Name == c.Recipe.Name {
				c.ID = made.ID // to remove it, even if no GET shows it
			}
			return r.confirm(ctx, recipe, made.ID)
		}
		if isDefinite(err) && codeOf(err) != model.Conflict {
			return nil, err
		}
		r.maybeCreated = r.maybeCreated || isUnknown(err)
		if err := p.wait(ctx, r, err); err != nil {
			return nil, err
		}
	}
}

// confirm returns the snapshot of an accepted create once a GET by id or by name shows it
// with the recipe, or [errNotShown].
func (r *run) confirm(ctx context.Context, recipe model.Recipe, id string) (*model.Snapshot, error) {
	started := r.o.Now()
	for {
		s, err := r.get(ctx, id)
		if err == nil && s == nil {
			s, err = r.getByName(ctx, recipe.Name)
		}
		if err != nil {
			return nil, err
		}
		if s != nil && s.ID != r.locked.entry.Old.ID && madeFrom(recipe, s) {
			return s, nil
		}
		if r.o.Now().Sub(started) >= settleTime {
			return nil, errNotShown
		}
		if err := r.sleep(ctx, pollRemoval); err != nil {
			return nil, err
		}
	}
}

// isEdited reports whether a snapshot is made from the edited Dockerfile that the
// entry had before the old one was restored: its create was accepted and the answer
// lost.
func (r *run) isEdited(s *model.Snapshot) bool {
	edited := r.locked.entry.Edited
	return edited != nil && madeFrom(*edited, s)
}

// find looks for a snapshot that was made from the recipe. It returns nil if the name
// is free and a [*NameTakenError] if another snapshot has it. It waits for a removal
// to end.
func (r *run) find(ctx context.Context, recipe model.Recipe) (*model.Snapshot, error) {
	started := r.o.Now()
	for {
		s, err := r.getByName(ctx, recipe.Name)
		if err != nil || s == nil {
			return nil, err
		}
		r.saw(s)
		switch {
		case s.ID == r.locked.entry.Old.ID:
			if err := r.waitForName(ctx); err != nil {
				return nil, err
			}
		case s.State == model.StateRemoving:
		case replacedBy(recipe, s):
			return s, nil
		default:
			return nil, &NameTakenError{By: s, Entry: r.locked.entry.ID, Edited: r.isEdited(s)}
		}
		if r.o.Now().Sub(started) >= removalTimeout {
			return nil, ErrStillRemoving
		}
		if err := r.sleep(ctx, pollRemoval); err != nil {
			return nil, err
		}
	}
}
