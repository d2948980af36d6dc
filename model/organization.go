package model

import (
	"slices"
	"time"
)

// Permissions of an API key that concern snapshots; reading needs none.
const (
	PermissionWrite  = "write:snapshots"  // create, activate, deactivate
	PermissionDelete = "delete:snapshots" // delete
)

// Region is a place where sandboxes run. For custom and dedicated regions the
// id and the name differ.
type Region struct {
	ID             string           `json:"id"`
	Name           string           `json:"name"`
	Type           string           `json:"regionType"` // shared, dedicated or custom
	OrganizationID Optional[string] `json:"organizationId"`
}

// Organization owns snapshots.
type Organization struct {
	ID        string
	Name      string
	Suspended bool
	// DeactivationTimeout is how long an unused snapshot stays active, 0 where
	// the server did not say.
	DeactivationTimeout time.Duration
}

// Access is what the credential may do. The zero value knows nothing.
type Access struct {
	Known       bool // false: the server did not tell
	KeyName     string
	Permissions []string
	ExpiresAt   Optional[time.Time]
}

// Can reports whether the credential may do what the permission names. What is
// unknown is allowed: the server has the last word anyway.
func (a Access) Can(permission string) bool {
	return !a.Known || slices.Contains(a.Permissions, permission)
}

// RateLimit is one counter of the server, shared by all clients of the
// organization. The zero value knows nothing.
type RateLimit struct {
	Known     bool
	Limit     int           // requests a window
	Remaining int           // requests left in this window
	Window    time.Duration // length of a window, 0 where unknown
	Reset     time.Duration // until the window ends, at the time of the answer
}

// Server is what the API tells about itself.
type Server struct {
	Version      string
	DashboardURL string
	RateLimit    RateLimit
}

// Progress is how far the reading of a list has come.
type ListProgress struct {
	Snapshots []*Snapshot // all so far
	Total     int         // how many the server says there are
}

// Listing is a complete list and what it cost.
type Listing struct {
	Snapshots []*Snapshot
	Skipped   []error // why items of the list are not among the snapshots, one for each
	Requests  int     // HTTP requests, those answered with 304 included
	Rate      RateLimit
}
