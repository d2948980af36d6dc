package ui

import (
	"context"
	"io"

	"daytona/snapdeck/model"
)

// API is what the dashboard needs from a server. All errors are *model.Error.
type API interface {
	// List reads all snapshots and reports on the way how far it has come.
	List(ctx context.Context, progress func(model.ListProgress)) (model.Listing, error)
	// Get reads one snapshot.
	Get(ctx context.Context, id string) (*model.Snapshot, error)
	// Delete asks the server to remove a snapshot. Success is a promise, not
	// proof: only a Get that says not found is.
	Delete(ctx context.Context, id string) error
	// Activate makes an inactive snapshot usable again and returns it.
	Activate(ctx context.Context, id string) (*model.Snapshot, error)
	// Deactivate puts a snapshot to sleep; of one that is being removed it takes
	// the removal back.
	Deactivate(ctx context.Context, id string) error
	// BuildLogs writes the log of a build to a writer, and follows it while it
	// grows where that is asked for.
	BuildLogs(ctx context.Context, id string, follow bool, to io.Writer) error
	// Regions are those that the organization can use.
	Regions(ctx context.Context) ([]model.Region, error)
	// Organizations are those of the user; only a JWT may ask.
	Organizations(ctx context.Context) ([]model.Organization, error)
	// Access is what the credential may do; only an API key may ask.
	Access(ctx context.Context) (model.Access, error)
	// Server is what the server tells about itself.
	Server(ctx context.Context) (model.Server, error)
}
