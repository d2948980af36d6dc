package model

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
)

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

// CountsAgainstQuota reports whether a snapshot in the state counts against the quota of
// snapshots.
func (s State) CountsAgainstQuota() bool {
	return s == StateActive || s == StateBuilding || s == StatePending || s == StatePulling
}

// The server's refusal of a create over the quota is "Snapshot quota exceeded. Maximum
// allowed: 120". No other answer names the quota to an API key.
const (
	quotaExceeded = "snapshot quota exceeded"
	quotaMaximum  = "maximum allowed:"
)

// ExceededSnapshotQuota reports whether an error is the server's refusal of one more
// snapshot, and the quota that it names, 0 if it names none.
func ExceededSnapshotQuota(err error) (limit int, ok bool) {
	e, isAPI := errors.AsType[*Error](err)
	if !isAPI || e.Code != Invalid {
		return 0, false
	}
	_, rest, ok := strings.Cut(strings.ToLower(e.Message), quotaExceeded)
	if !ok {
		return 0, false
	}
	if _, number, named := strings.Cut(rest, quotaMaximum); named {
		number = strings.TrimSpace(number)
		digits := strings.IndexFunc(number, func(r rune) bool { return r < '0' || r > '9' })
		if digits >= 0 {
			number = number[:digits]
		}
		if n, err := strconv.Atoi(number); err == nil {
			limit = n
		}
	}
	return limit, true
}
