package rebuild

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"daytona/snapdeck/model"
)

// refusals collects the reasons against a rebuild.
type refusals []model.Refusal

func (r *refusals) add(reason model.RefusalReason, text string) {
	*r = append(*r, model.Refusal{Reason: reason, Text: text})
}

// RefusedError is a rebuild that did not start. The snapshot was not touched.
type RefusedError struct {
	Refusals []model.Refusal
}

// Error returns all reasons in one line, without "was not rebuilt", which the caller adds
// with the name.
func (e *RefusedError) Error() string {
	if len(e.Refusals) == 0 {
		return "the plan has no snapshot"
	}
	texts := make([]string, len(e.Refusals))
	for i, refusal := range e.Refusals {
		texts[i] = refusal.Text
	}
	return strings.Join(texts, "; ")
}

// isRefusedFor reports whether the error is a refusal for a reason.
func isRefusedFor(err error, reason model.RefusalReason) bool {
	refused, ok := errors.AsType[*RefusedError](err)
	return ok && slices.ContainsFunc(refused.Refusals, func(r model.Refusal) bool { return r.Reason == reason })
}

// snapshot adds why the snapshot cannot be deleted.
func (r *refusals) snapshot(s *model.Snapshot) {
	if s.General {
		r.add(model.ReasonGeneral, "general snapshots belong to Daytona and cannot be deleted")
	}
	switch {
	case s.State == model.StateRemoving:
		r.add(model.ReasonState, "it is being removed already")
	case s.State.Starting():
		r.add(model.ReasonState, fmt.Sprintf("it is %s, and the running job can revert a delete: wait until it is done", s.State.Label()))
	case !s.State.Known():
		r.add(model.ReasonState, fmt.Sprintf("this version does not know the state %q", s.State))
	}
}

// region adds a refusal for a region that the snapshot is not in, or that the
// organization cannot use.
func (r *refusals) region(id string, s *model.Snapshot, known []model.Region) {
	switch {
	case id == "":
	case !s.InRegion(id):
		r.add(model.ReasonRegion, fmt.Sprintf("it is not in region %s", regionName(id, known)))
	case !isRegion(known, id):
		r.add(model.ReasonRegion, fmt.Sprintf("the organization cannot use region %s", id))
	}
}

// access adds which permissions of a rebuild are missing.
func (r *refusals) access(a model.Access) {
	r.permissions(a, model.PermissionDelete, model.PermissionWrite)
}

// permissions adds which of them are missing.
func (r *refusals) permissions(a model.Access, needed ...string) {
	var missing []string
	for _, permission := range needed {
		if !a.Can(permission) {
			missing = append(missing, permission)
		}
	}
	if len(missing) > 0 {
		r.add(model.ReasonPermission, model.MissingPermission(missing...))
	}
}

// quota adds the limits that a create would exceed.
func (r *refusals) quota(q model.Quota, s *model.Snapshot, recipe model.Recipe, mode model.RebuildMode) {
	used := q.Used + 1
	if mode == model.VerifyFirst {
		used++ // the candidate is still there
	}
	if mode != model.Restore && mode != model.Create && s.State.CountsAgainstQuota() {
		used-- // deleted before the create
	}
	if q.Snapshots > 0 && used > q.Snapshots {
		r.add(model.ReasonQuota, fmt.Sprintf("the organization uses %d of %d snapshots", q.Used, q.Snapshots))
	}
	limits := q.Limits(recipe)
	r.limit("CPU", recipe.CPU, limits.CPU)
	r.limit("memory", recipe.Memory, limits.Memory)
	r.limit("disk", recipe.Disk, limits.Disk)
	region := q.Region(recipe)
	if region != nil && region.GPU.Presence == model.Present && region.GPU.Value == 0 && recipe.GPU != nil && *recipe.GPU > 0 {
		r.add(model.ReasonQuota, "the organization has no GPU quota in its region")
	}
}

func (r *refusals) limit(what string, wants *int, limit int) {
	if wants != nil && limit > 0 && *wants > limit {
		r.add(model.ReasonQuota, fmt.Sprintf("its %s of %d is over the organization's limit of %d", what, *wants, limit))
	}
}
