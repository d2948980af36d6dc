package rebuild

import (
	"bytes"
	"context"
	"encoding/json"

	"daytona/snapdeck/model"
)

// check asks the server whether the snapshot is still the one that was confirmed and
// whether a create would be accepted. It changes nothing. It returns the snapshot as the
// server shows it, also with a refusal, nil if it was not read or does not exist.
func (r *run) check(ctx context.Context, p model.Plan) (*model.Snapshot, error) {
	r.startStep(model.StepCheck)
	if p.Refused() {
		return nil, &RefusedError{Refusals: p.Refusals}
	}
	info, err := r.orgInfo(ctx)
	if err != nil {
		return nil, err
	}
	fresh, err := r.get(ctx, p.Snapshot.ID)
	if err != nil {
		return nil, err
	}
	var refused refusals
	if fresh == nil {
		refused.add(model.ReasonDeleted, "not found: it was deleted elsewhere")
		return nil, &RefusedError{Refusals: refused}
	}
	base, found := RecipeOf(fresh, p.Base.RegionID) // the order of the regions has no meaning
	refused = append(refused, found...)
	refused.snapshot(fresh)
	refused.place(r.o.Target, fresh)
	refused.recipe(p.Recipe)
	refused.orgInfo(info, fresh, p.Recipe, p.Mode)
	if !isSame(base, p.Base) {
		refused.add(model.ReasonChanged, "it changed after the confirmation: confirm again")
	}
	if len(refused) > 0 {
		return fresh, &RefusedError{Refusals: refused}
	}
	r.stepDone()
	return fresh, nil
}

// orgInfo is what a create depends on besides its recipe. Zero values are not known.
type orgInfo struct {
	regions []model.Region
	access  model.Access
	quota   model.Quota
}

// orgInfo reads regions, permissions and quota. An endpoint that refuses leaves them
// not known, which refuses nothing; a server that does not answer is an error.
func (r *run) orgInfo(ctx context.Context) (s orgInfo, err error) {
	if s.regions, err = retry(ctx, r, optional(r.remote, r.remote.api.Regions)); err != nil {
		return s, err
	}
	if s.access, err = retry(ctx, r, optional(r.remote, r.remote.api.Access)); err != nil {
		return s, err
	}
	s.quota, err = retry(ctx, r, optional(r.remote, r.remote.api.Quota))
	return s, err
}

// orgInfo adds why the organization or the credential cannot create the recipe.
func (r *refusals) orgInfo(info orgInfo, old *model.Snapshot, recipe model.Recipe, mode model.RebuildMode) {
	r.region(recipe.RegionID, old, info.regions)
	r.access(info.access)
	r.quota(info.quota, old, recipe, mode)
}

// optional makes a call with a deadline return the zero value if the server refuses it.
func optional[T any](r remote, call func(context.Context) (T, error)) func(context.Context) (T, error) {
	return func(ctx context.Context) (T, error) {
		ctx, cancel := context.WithTimeout(ctx, r.timeout)
		defer cancel()
		answer, err := call(ctx)
		if isDefinite(err) || codeOf(err) == model.NotTheAPI {
			var unknown T
			return unknown, nil
		}
		return answer, err
	}
}

// recheck repeats the check before a delete that comes long after it, perhaps with
// another key.
func (r *run) recheck(ctx context.Context, old *model.Snapshot) error {
	info, err := r.orgInfo(ctx)
	if err != nil {
		return err
	}
	var refused refusals
	refused.snapshot(old)
	refused.place(r.o.Target, old)
	refused.orgInfo(info, old, r.locked.entry.Recipe, model.InPlace) // the quota counts a candidate already
	if len(refused) > 0 {
		return &RefusedError{Refusals: refused}
	}
	return nil
}

// place adds a refusal for a snapshot of another organization.
func (r *refusals) place(t Target, s *model.Snapshot) {
	if own := s.OrganizationID.Value; t.OrganizationID != "" && own != "" && own != t.OrganizationID {
		r.add(model.ReasonOrganization, "it belongs to another organization")
	}
}

// isSame compares two recipes as they are sent.
func isSame(a, b model.Recipe) bool {
	left, errLeft := json.Marshal(a)
	right, errRight := json.Marshal(b)
	return errLeft == nil && errRight == nil && bytes.Equal(left, right)
}
