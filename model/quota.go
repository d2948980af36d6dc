package model

import "cmp"

// Quota is the part of an organization's quota that a create request needs. A limit of 0
// is unknown.
type Quota struct {
	Snapshots     int           // limit of snapshots that are active or starting
	Used          int           // number of these, as counted by the server
	Sandbox       Limits        // for one sandbox, unless its region has others
	DefaultRegion string        // region of a create request without one
	Regions       []RegionQuota // regions with their own limits
}

// Limits are the limits for one sandbox; 0 is unknown.
type Limits struct {
	CPU    int // cores
	Memory int // GiB
	Disk   int // GiB
}

// RegionQuota is the quota for one class of sandboxes in one region.
type RegionQuota struct {
	RegionID     string
	SandboxClass string
	GPU          Optional[int] // number of GPUs for all sandboxes together
	Sandbox      Limits        // for one sandbox; 0 is that of the organization
	GPUSandbox   Limits        // for one with a GPU; 0 is that of Sandbox
}

// defaultSandboxClass is the class of a create request without one.
const defaultSandboxClass = "container"

// Region returns the quota that applies to the recipe, nil if only the organization's
// limits apply.
func (q Quota) Region(r Recipe) *RegionQuota {
	id, class := cmp.Or(r.RegionID, q.DefaultRegion), cmp.Or(r.SandboxClass, defaultSandboxClass)
	for i, region := range q.Regions {
		if region.RegionID == id && region.SandboxClass == class {
			return &q.Regions[i]
		}
	}
	return nil
}

// Limits returns the limits for a sandbox of the recipe. They take precedence in the order
// of the server's getEffectivePerSandboxLimits
// (apps/api/src/organization/utils/sandbox-limits.util.ts, v0.190.0).
func (q Quota) Limits(r Recipe) Limits {
	limits := q.Sandbox
	region := q.Region(r)
	if region == nil {
		return limits
	}
	limits = region.Sandbox.or(limits)
	if r.GPU != nil && *r.GPU > 0 {
		limits = region.GPUSandbox.or(limits)
	}
	return limits
}

// or returns the limits with fallback for those that are 0.
func (l Limits) or(fallback Limits) Limits {
	return Limits{CPU: cmp.Or(l.CPU, fallback.CPU), Memory: cmp.Or(l.Memory, fallback.Memory), Disk: cmp.Or(l.Disk, fallback.Disk)}
}
