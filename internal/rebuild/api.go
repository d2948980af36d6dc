package rebuild

import (
	"context"
	"time"

	"daytona/snapdeck/model"
)

// API is what a rebuild needs from a server. Errors are [*model.Error]; any other
// error counts as "no answer".
type API interface {
	// Get reads one snapshot by id or by name.
	Get(ctx context.Context, idOrName string) (*model.Snapshot, error)
	// Create makes a snapshot and returns it as the server accepted it.
	Create(ctx context.Context, recipe model.Recipe) (*model.Snapshot, error)
	// Delete asks the server to remove the snapshot with the id.
	Delete(ctx context.Context, id string) error
	// Regions are those that the organization can use.
	Regions(ctx context.Context) ([]model.Region, error)
	// Access is what the credential may do.
	Access(ctx context.Context) (model.Access, error)
	// Quota is how much the organization may use.
	Quota(ctx context.Context) (model.Quota, error)
}

// remote is the API as the workflow may use it: every call has a deadline, and
// nothing can be deleted that no entry on the disk names.
type remote struct {
	api     API
	timeout time.Duration // of one call
}

// victim is what of an entry is to be deleted.
type deleteTarget uint8

const (
	targetOld deleteTarget = iota
	targetCandidate
)

func (v deleteTarget) id(e Entry) string {
	if v == targetCandidate {
		return e.Candidate.ID
	}
	return e.Old.ID
}

// delete asks the server to remove the old snapshot of an entry, or its
// candidate. There is no way to name anything else. It refuses where the entry is
// not on the disk.
func (r remote) delete(ctx context.Context, of *lockedEntry, which deleteTarget) error {
	if err := of.checkSaved(); err != nil {
		return err
	}
	id := which.id(of.entry)
	if id == "" {
		return errNothingToDelete
	}
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	return r.api.Delete(ctx, id)
}

// byID reads a snapshot by id; nil where there is none. The server looks among
// names too, so an answer with another id is no answer.
func (r remote) byID(ctx context.Context, id string) (*model.Snapshot, error) {
	s, err := r.get(ctx, id)
	if s != nil && s.ID != id {
		return nil, err
	}
	return s, err
}

// byName reads the organization's own snapshot of that name; nil where there is
// none. The server looks among ids and general snapshots too.
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

func (r remote) regions(ctx context.Context) ([]model.Region, error) {
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	return r.api.Regions(ctx)
}

func (r remote) access(ctx context.Context) (model.Access, error) {
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	return r.api.Access(ctx)
}

func (r remote) quota(ctx context.Context) (model.Quota, error) {
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	return r.api.Quota(ctx)
}
