package rebuild

import (
	"fmt"
	"strings"

	"daytona/snapdeck/model"
)

// refusals collects them.
type refusals []model.Refusal

func (r *refusals) add(reason model.RefusalReason, text string) {
	*r = append(*r, model.Refusal{Reason: reason, Text: text})
}

// RefusedError is a rebuild that was not begun: the snapshot was not touched.
type RefusedError struct {
	Refusals []model.Refusal
}

// Error is all reasons in one line. It does not say that nothing was rebuilt: whoever
// shows it says of what it speaks, and most say so there.
func (e *RefusedError) Error() string {
	if len(e.Refusals) == 0 {
		return "the plan names no snapshot"
	}
	texts := make([]string, len(e.Refusals))
	for i, refusal := range e.Refusals {
		texts[i] = refusal.Text
	}
	return strings.Join(texts, "; ")
}

// snapshot adds what is wrong with the snapshot itself.
func (r *refusals) snapshot(s *model.Snapshot) {
	if s.General {
		r.add(model.ReasonGeneral, "general snapshots are the vendor's and cannot be deleted")
	}
	switch {
	case s.State == model.StateRemoving:
		r.add(model.ReasonState, "it is being removed already")
	case s.State.Starting():
		r.add(model.ReasonState, fmt.Sprintf("it is %s: a delete can be undone by the job that is at work on it; wait until it settles", s.State.Label()))
	case !s.State.Known():
		r.add(model.ReasonState, fmt.Sprintf("this version does not know what the state %q means", s.State))
	}
}

// region adds what is wrong with the place where it would be created.
func (r *refusals) region(id string, known []model.Region) {
	if id != "" && !isRegion(known, id) {
		r.add(model.ReasonRegion, fmt.Sprintf("the organization cannot use its region %s any more", id))
	}
}

// access adds which permissions are missing.
func (r *refusals) access(a model.Access) {
	var missing []string
	for _, permission := range []string{model.PermissionDelete, model.PermissionWrite} {
		if !a.Can(permission) {
			missing = append(missing, permission)
		}
	}
	if len(missing) > 0 {
		r.add(model.ReasonPermission, "the API key lacks "+strings.Join(missing, " and "))
	}
}

// quota adds the limits that a create would exceed.
func (r *refusals) quota(q model.Quota, s *model.Snapshot, recipe model.Recipe, mode model.RebuildMode) {
	used := q.Used + 1
	if mode == model.VerifyFirst {
		used++ // the candidate is still there
	}
	if countsAgainstQuota(s.State) {
		used-- // its own place becomes free
	}
	if q.Snapshots > 0 && used > q.Snapshots {
		r.add(model.ReasonQuota, fmt.Sprintf("the organization may have %d snapshots and uses %d", q.Snapshots, q.Used))
	}
	limits := q.Limits(recipe)
	r.limit("CPU", recipe.CPU, limits.CPU)
	r.limit("memory", recipe.Memory, limits.Memory)
	r.limit("disk", recipe.Disk, limits.Disk)
	region := q.Region(recipe)
	if region != nil && region.GPU.Presence == model.Present && region.GPU.Value == 0 && recipe.GPU != nil && *recipe.GPU > 0 {
		r.add(model.ReasonQuota, "the organization may have no GPU in its region")
	}
}

func (r *refusals) limit(what string, wants *int, limit int) {
	if wants != nil && limit > 0 && *wants > limit {
		r.add(model.ReasonQuota, fmt.Sprintf("its %s of %d is over the organization's limit of %d", what, *wants, limit))
	}
}

// counts reports whether a snapshot in the state counts against the quota.
func countsAgainstQuota(s model.State) bool {
	return s == model.StateActive || s == model.StateBuilding || s == model.StatePending || s == model.StatePulling
}
