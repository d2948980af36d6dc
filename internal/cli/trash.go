package cli

import (
	"cmp"
	"context"
	"errors"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// Delete implements [ui.Trash]. It saves the recipe, and then sends the delete.
func (r *rebuilder) Delete(ctx context.Context, s *model.Snapshot) error {
	w, err := r.workflow(ctx)
	if err != nil {
		return err
	}
	saved, err := w.SaveRecipe(s)
	if err != nil {
		return err
	}
	r.report(saved.Evicted)
	if err := w.Delete(ctx, saved); err != nil {
		return err
	}
	r.mu.Lock() // the key is of this organization, also when its last snapshot is deleted
	r.organizationID = cmp.Or(r.organizationID, s.OrganizationID.Value)
	r.mu.Unlock()
	return nil
}

// DeleteUnsaved implements [ui.Trash].
func (r *rebuilder) DeleteUnsaved(ctx context.Context, s *model.Snapshot) error {
	w, err := r.workflow(ctx)
	if err != nil && !errors.As(err, new(*model.UnsavedError)) {
		return err
	}
	return w.Delete(ctx, w.WithoutRecipe(s))
}

// workflow returns a workflow that deletes. If the journal cannot be opened, it returns one
// that can save nothing, and a [*model.UnsavedError] unless nothing is to be saved.
func (r *rebuilder) workflow(ctx context.Context) (*rebuild.Workflow, error) {
	if r.readOnly {
		return nil, errReadOnly
	}
	options, err := r.options(ctx)
	if err != nil && !options.TrashOff {
		return rebuild.New(options), &model.UnsavedError{Err: err}
	}
	return rebuild.New(options), nil
}

// Deleted implements [ui.Trash]. If the organization of the key is not known, it returns the
// recipes of all organizations of the server: a restore checks again.
func (r *rebuilder) Deleted(ctx context.Context) ([]model.DeletedSnapshot, error) {
	journal, err := r.journal.wait(ctx)
	if err != nil {
		return nil, err
	}
	r.report(journal.EvictDeleted(r.base.Now()))
	all, err := journal.Deleted()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	target := r.target(ctx)
	var deleted []model.DeletedSnapshot
	var unreadable error
	for _, saved := range all {
		switch {
		case saved.Err != nil:
			unreadable = saved.Err
		case mayBelong(target, saved.Target):
			deleted = append(deleted, model.DeletedSnapshot{Entry: saved.ID, Snapshot: saved.Snapshot, At: saved.Deleted, Elsewhere: saved.Elsewhere})
		}
	}
	return deleted, unreadable
}

// report reports recipes that were removed to keep the limits.
func (r *rebuilder) report(evicted []rebuild.Evicted) {
	if len(evicted) == 0 || r.evicted == nil {
		return
	}
	lines := make([]string, len(evicted))
	for i, e := range evicted {
		lines[i] = e.String()
	}
	r.evicted(lines)
}
