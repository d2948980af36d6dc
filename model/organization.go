package model

import (
	"slices"
	"strings"
	"time"
)

// Permissions of an API key for snapshots. Reading needs none.
const (
	PermissionWrite  = "write:snapshots"  // create, activate, deactivate
	PermissionDelete = "delete:snapshots" // delete
	PermissionLimits = "read:limits"      // read the quota, since 0.198
)

// Region is a location of sandboxes. The id and the name of custom and dedicated regions
// differ.
type Region struct {
	ID             string           `json:"id"`
	Name           string           `json:"name"`
	Type           string           `json:"regionType"` // shared, dedicated or custom
	OrganizationID Optional[string] `json:"organizationId"`
}

// Organization is the owner of snapshots.
type Organization struct {
	ID        string
	Name      string
	Suspended bool
	// DefaultRegionID is the region of a create without one, "" if unknown.
	DefaultRegionID string
	// DeactivationTimeout is how long an unused snapshot stays active, 0 if unknown.
	DeactivationTimeout time.Duration
}

// Access is what the credential permits. The zero value is unknown access.
type Access struct {
	Known       bool
	Permissions []string
	ExpiresAt   OptionalTime
}

// OrganizationInfo is what a server says about the organization, the credential and itself.
// What could not be read has its zero value, which means unknown.
type OrganizationInfo struct {
	Regions       []Region // nil if unknown
	Organizations []Organization
	Access        Access
	SnapshotQuota ReportedQuota
	Server        Server
}

// MissingPermission says that the credential lacks permissions, in the words that every
// screen and command uses.
func MissingPermission(names ...string) string {
	switch len(names) {
	case 0:
		return "the credential lacks the permission for this request"
	case 1:
		return "the credential lacks the permission " + names[0]
	default:
		return "the credential lacks the permissions " + strings.Join(names, " and ")
	}
}

// Can reports whether the credential has a permission. Unknown access has all: the server
// checks each request anyway.
func (a Access) Can(permission string) bool {
	return !a.Known || slices.Contains(a.Permissions, permission)
}
