package ui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/buildlog"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/use"
)

// API manages the snapshots of an organization. All errors are *model.Error.
type API interface {
	// List returns all snapshots, and reports its progress.
	List(ctx context.Context, progress func(model.ListProgress)) (model.Listing, error)
	// Budget returns how many requests polling may send at present.
	Budget() model.Budget
	// Check returns the newest snapshots, and those with the ids, as far as the budget of
	// polling allows.
	Check(ctx context.Context, ids []string) (model.Check, error)
	// Get returns one snapshot.
	Get(ctx context.Context, id string) (*model.Snapshot, error)
	// Activate activates an inactive snapshot and returns it.
	Activate(ctx context.Context, id string) (*model.Snapshot, error)
	// Deactivate deactivates a snapshot. It reverts the deletion of one that is being
	// removed.
	Deactivate(ctx context.Context, id string) error
}

// LogAPI reads build logs. All errors are *model.Error.
type LogAPI interface {
	buildlog.Source
	buildlog.Peeker
}

// Trash deletes snapshots and keeps their recipes. It is the only way to send a delete.
type Trash interface {
	mutation.Deleter
	// Deleted returns the saved recipes of this server and organization, newest first.
	Deleted(ctx context.Context) ([]model.DeletedSnapshot, error)
}

// mutationAPI is what a mutation calls.
type mutationAPI struct {
	API
	Trash
}

// OrganizationAPI describes the organization, the credential and the server.
type OrganizationAPI interface {
	// Sandboxes returns who uses the snapshots with the names, WarmPools the warm pools.
	use.API
	// OrganizationInfo reads the rest. What cannot be read stays unknown.
	OrganizationInfo(ctx context.Context, organizationID string) model.OrganizationInfo
	// Audit returns the newest part of an organization's audit log. It reads only what is
	// newer than the known part. With an error, a *model.Error, it returns what is known or
	// was read.
	Audit(ctx context.Context, organizationID string, known model.AuditLog) (model.AuditLog, error)
}

// Clock is the only source of time in the dashboard.
type Clock interface {
	Now() time.Time
	// After is a command that answers with msg once d has passed.
	After(d time.Duration, msg tea.Msg) tea.Cmd
}
