package rebuild

import (
	"context"
	"time"

	"daytona/snapdeck/model"
)

// API is what a rebuild needs from the server. Errors are [*model.Error]; any other
// error counts as no answer.
type API interface {
	// Get reads one snapshot by id or by name.
	Get(ctx context.Context, idOrName string) (*model.Snapshot, error)
	// Create creates a snapshot and returns it as accepted by the server.
	Create(ctx context.Context, recipe model.Recipe) (*model.Snapshot, error)
	// Delete asks the server to remove the snapshot with the id.
	Delete(ctx context.Context, id string) error
	// Regions returns the regions that the organization can use.
	Regions(ctx context.Context) ([]model.Region, error)
	// Access returns the permissions of the credential.
	Access(ctx context.Context) (model.Access, error)
	// Quota returns the limits of the organization.
	Quota(ctx context.Context) (model.Quota, error)
}

// remote is the API for the workflow: every call has a deadline, and a delete takes a
// journal entry that is on the disk.
type remote struct {
	api     API
	timeout time.Duration // of one call
}

// deleteTarget is the snapshot of an entry that is to be deleted.
type deleteTarget uint8

const (
	targetOld deleteTarget = iota
	targetCandidate
)

func (t deleteTarget) id(e Entry) string {
	switch {
	case e.deletesNothing():
		return ""
	case t == targetCandidate:
		return e.Candidate.ID
	default:
		return e.Old.ID
	}
}

// delete asks the server to remove the old snapshot of an entry, or its candidate; it
// can name no other snapshot. It fails if the entry is not on the disk.
func (r remote) delete(ctx context.Context, locked *lockedEntry, target deleteTarget) error {
	if err := locked.checkSaved(); err != nil {
		return err
	}
	id := target.id(locked.entry)
	if id == "" {
		return errNothingToDelete
	}
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	return r.api.Delete(ctx, id)
}

// byID reads a snapshot by id, nil if there is none. The server also looks for the
// name, so an answer with another id is dropped.
func (r remote) byID(ctx context.Context, id string) (*model.Snapshot, error) {
	s, err := r.get(ctx, id)
	if s != nil && s.ID != id {
		return nil, err
	}
	return s, err
}

// byName reads the organization's own snapshot of the name, nil if there is none. The
// server also looks for the id and among general snapshots.
func (r remote) byName(ctx context.Context, name string) (*model.Snapshot, error) {
	s, err := r.get(ctx, name)
	if s != nil && (s.Name != name || s.General) {
		return nil, err
	}
	return s, err
}

func (r remote) get(ctx context.Context, idOrName string) (*model.Snapshot, error) {
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	s, err := r.api.Get(ctx, idOrName)
	if codeOf(err) == model.NotFound {
		return nil, nil
	}
	return s, err
}

func (r remote) create(ctx context.Context, recipe model.Recipe) (*model.Snapshot, error) {
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	return r.api.Create(ctx, recipe)
}
