package model

import "cmp"

// Quota is how much an organization may use, as far as a create asks. The zero value
// knows nothing, and neither does a limit of 0.
type Quota struct {
	Snapshots     int           // how many may be active or on their way there
	Used          int           // how many are, as the server counts
	Sandbox       Limits        // of one sandbox, where its region tells no other
	DefaultRegion string        // where a create without a region goes
	Regions       []RegionQuota // of the regions that have limits of their own
}

// Limits is the most that one sandbox may have.
type Limits struct {
	CPU    int // cores
	Memory int // GiB
	Disk   int // GiB
}

// RegionQuota is what holds in one region for one class of sandboxes.
type RegionQuota struct {
	RegionID     string
	SandboxClass string
	GPU          Optional[int] // how many GPUs all sandboxes together may have
	Sandbox      Limits        // of one sandbox; 0 is the organization's
	GPUSandbox   Limits        // of one that has a GPU; 0 is Sandbox's
}

// defaultClass is what the server takes where a create names no class.
const defaultSandboxClass = "container"

// Region is what holds where the recipe would be created, nil where nothing but the
// organization's own limits is known.
func (q Quota) Region(r Recipe) *RegionQuota {
	id, class := cmp.Or(r.RegionID, q.DefaultRegion), cmp.Or(r.SandboxClass, defaultSandboxClass)
	for i, region := range q.Regions {
		if region.RegionID == id && region.SandboxClass == class {
			return &q.Regions[i]
		}
	}
	return nil
}

// Limits is the most that a sandbox of the recipe may have. The order in which the
// limits stand in for each other is that of the server's getEffectivePerSandboxLimits
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

func (l Limits) or(others Limits) Limits {
	return Limits{CPU: cmp.Or(l.CPU, others.CPU), Memory: cmp.Or(l.Memory, others.Memory), Disk: cmp.Or(l.Disk, others.Disk)}
}
