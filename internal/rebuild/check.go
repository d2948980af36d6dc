package rebuild

import (
	"bytes"
	"context"
	"encoding/json"

	"daytona/snapdeck/model"
)

// check asks the server whether everything is as it was when the plan was
// confirmed, and whether the create would be let through. Nothing is changed.
func (r *run) check(ctx context.Context, p model.Plan) (*model.Snapshot, error) {
	r.startStep(model.StepCheck)
	if p.Refused() {
		return nil, &RefusedError{Refusals: p.Refusals}
	}
	around, err := r.orgInfo(ctx)
	if err != nil {
		return nil, err
	}
	fresh, err := r.get(ctx, p.Snapshot.ID)
	if err != nil {
		return nil, err
	}
	var refused refusals
	if fresh == nil {
		refused.add(model.ReasonGone, "it is not there any more")
		return nil, &RefusedError{Refusals: refused}
	}
	base, found := RecipeOf(fresh, around.regions)
	refused = append(refused, found...)
	refused.snapshot(fresh)
	refused.place(r.o.Target, fresh)
	refused.recipe(p.Recipe)
	refused.orgInfo(around, fresh, p.Recipe, p.Mode)
	if !isSame(base, p.Base) {
		refused.add(model.ReasonChanged, "it is not what was confirmed any more: look again")
	}
	if len(refused) > 0 {
		return nil, &RefusedError{Refusals: refused}
	}
	r.stepDone()
	return fresh, nil
}

// surroundings is what a create depends on beside its recipe.
type orgInfo struct {
	regions []model.Region
	access  model.Access
	quota   model.Quota
}

// surroundings asks for them. What an endpoint refuses to tell is unknown, which is
// allowed; a server that does not answer at all is none to begin a delete on.
func (r *run) orgInfo(ctx context.Context) (s orgInfo, err error) {
	if s.regions, err = retry(ctx, r, optional(r.remote.regions)); err != nil {
		return s, err
	}
	if s.access, err = retry(ctx, r, optional(r.remote.access)); err != nil {
		return s, err
	}
	s.quota, err = retry(ctx, r, optional(r.remote.quota))
	return s, err
}

// around adds what the surroundings have against a create.
func (r *refusals) orgInfo(s orgInfo, old *model.Snapshot, recipe model.Recipe, mode model.RebuildMode) {
	r.region(recipe.RegionID, s.regions)
	r.access(s.access)
	r.quota(s.quota, old, recipe, mode)
}

// optional is a question whose refusal is an answer: the zero value.
func optional[T any](question func(context.Context) (T, error)) func(context.Context) (T, error) {
	return func(ctx context.Context) (T, error) {
		answer, err := question(ctx)
		if isDefinite(err) || codeOf(err) == model.NotTheAPI {
			var unknown T
			return unknown, nil
		}
		return answer, err
	}
}

// allowed asks again before a delete that comes long after the check, perhaps
// with another key.
func (r *run) recheck(ctx context.Context, old *model.Snapshot) error {
	around, err := r.orgInfo(ctx)
	if err != nil {
		return err
	}
	var refused refusals
	refused.snapshot(old)
	refused.place(r.o.Target, old)
	refused.orgInfo(around, old, r.locked.entry.Recipe, model.InPlace) // a candidate has its own place by now
	if len(refused) > 0 {
		return &RefusedError{Refusals: refused}
	}
	return nil
}

// place refuses what belongs to another organization.
func (r *refusals) place(t Target, s *model.Snapshot) {
	if own := s.OrganizationID.Value; t.OrganizationID != "" && own != "" && own != t.OrganizationID {
		r.add(model.ReasonPlace, "it belongs to another organization")
	}
}

// isSame compares recipes as they are sent.
func isSame(a, b model.Recipe) bool {
	left, errLeft := json.Marshal(a)
	right, errRight := json.Marshal(b)
	return errLeft == nil && errRight == nil && bytes.Equal(left, right)
}
