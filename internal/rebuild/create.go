package rebuild

import (
	"context"

	"daytona/snapdeck/model"
)

// createNew makes the snapshot again. The recipe goes from the journal only when
// this was accepted.
func (r *run) createNew(ctx context.Context) (model.Step, error) {
	created, err := r.make(ctx, r.locked.entry.Recipe)
	if err != nil {
		return "", r.refusedCreate(err)
	}
	r.created = created
	r.locked.entry.NewID = created.ID
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

// make creates a snapshot once. A create whose answer was lost is looked for by
// name before it is sent again, and so is one that an earlier run may have sent.
func (r *run) make(ctx context.Context, recipe model.Recipe) (*model.Snapshot, error) {
	var p retryPolicy
	for look := r.resumed; ; look = true {
		if look {
			if made, err := r.find(ctx, recipe); made != nil || err != nil {
				return made, err
			}
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		sent := r.o.Now()
		made, err := r.remote.create(ctx, recipe)
		r.called("POST /snapshots", sent, err)
		if err == nil {
			return made, nil
		}
		if isDefinite(err) && codeOf(err) != model.Conflict {
			return nil, err
		}
		if err := p.wait(ctx, r, err); err != nil {
			return nil, err
		}
	}
}

// isEdited reports whether a snapshot is what the create would have made before the
// rebuild went back to the old Dockerfile: it was accepted, and only the answer lost.
func (r *run) isEdited(s *model.Snapshot) bool {
	edited := r.locked.entry.Edited
	return edited != nil && madeFrom(*edited, s)
}

// find looks for a snapshot that was made from the recipe: nil where the name is
// free, [*TakenError] where something else has it. It waits for a removal to end.
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
		case madeFrom(recipe, s):
			return s, nil
		case r.isEdited(s):
			return nil, &NameTakenError{By: s, Edited: true}
		default:
			return nil, &NameTakenError{By: s}
		}
		if r.o.Now().Sub(started) >= removalTimeout {
			return nil, ErrStillRemoving
		}
		if err := r.sleep(ctx, pollRemoval); err != nil {
			return nil, err
		}
	}
}
