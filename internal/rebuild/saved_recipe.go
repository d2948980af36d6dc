package rebuild

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/model"
)

// SavedRecipe permits the delete of one snapshot: its recipe is on the disk, or the user agreed
// to delete it without one ([Workflow.WithoutRecipe]). [Workflow.Delete] takes one, so a delete
// without either does not compile. The zero value permits nothing.
type SavedRecipe struct {
	snapshotID string
	file       deletedFile // zero without a recipe
	unsaved    bool        // without a recipe
	hadRecipe  bool        // a recipe of an earlier delete was there
	// Evicted are the recipes that were removed to make room.
	Evicted []Evicted
}

// SaveRecipe saves the recipe of a snapshot before its delete, as the server sent it. An
// error is a [*model.UnsavedError]. With [Options.TrashOff] it saves nothing.
func (w *Workflow) SaveRecipe(s *model.Snapshot) (SavedRecipe, error) {
	if w.o.TrashOff {
		return w.WithoutRecipe(s), nil
	}
	now := w.o.Now()
	file, again, err := w.o.Journal.saveDeleted(newDeleted(s, w.o.Target.withOrganization(s), now))
	if err != nil {
		return SavedRecipe{}, &model.UnsavedError{Err: inDirectory(err)}
	}
	return SavedRecipe{
		snapshotID: s.ID, file: file, hadRecipe: again,
		Evicted: w.o.Journal.evictDeleted(now, file.name),
	}, nil
}

// inDirectory returns an error of a temporary file or a lock file with only its directory,
// because the name says nothing.
func inDirectory(err error) error {
	failed, ok := errors.AsType[*fs.PathError](err)
	if !ok {
		return err
	}
	if dir, name := filepath.Split(failed.Path); strings.HasPrefix(name, ".") || strings.HasSuffix(name, durable.LockSuffix) {
		return fmt.Errorf("%w in %s", failed.Err, filepath.Clean(dir))
	}
	return err
}

// WithoutRecipe permits a delete that cannot be undone. The user must have confirmed that.
func (w *Workflow) WithoutRecipe(s *model.Snapshot) SavedRecipe {
	return SavedRecipe{snapshotID: s.ID, unsaved: true}
}

// Delete asks the server once to remove the snapshot of a recipe. The delete is done when a
// GET says 404; without an answer its outcome is unknown. If the server refuses, the recipe
// is removed. If the recipe is no longer on the disk, nothing is sent, and the error is a
// [*model.UnsavedError].
func (w *Workflow) Delete(ctx context.Context, saved SavedRecipe) error {
	r := remote{api: w.o.API, timeout: w.o.CallTimeout}
	err := r.deleteSaved(ctx, w.o.Journal, saved)
	notDone := codeOf(err) == model.RateLimited || isDefinite(err) && codeOf(err) != model.NotFound
	if notDone && !saved.unsaved && !saved.hadRecipe && !errors.As(err, new(*model.UnsavedError)) {
		_ = w.o.Journal.removeDeleted(saved.file.name) // it does no harm
	}
	return err
}

// deleteSaved is the only delete besides [remote.delete].
func (r remote) deleteSaved(ctx context.Context, j *Journal, saved SavedRecipe) error {
	if saved.snapshotID == "" {
		return errNothingToDelete
	}
	if !saved.unsaved {
		if err := j.checkDeleted(saved); err != nil {
			return &model.UnsavedError{Err: err}
		}
	}
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	return r.api.Delete(ctx, saved.snapshotID)
}

// checkDeleted returns an error if the recipe is not on the disk. Another dashboard that
// deletes the same snapshot replaces its file.
func (j *Journal) checkDeleted(saved SavedRecipe) error {
	onDisk, err := j.readDeleted(saved.file)
	if errors.Is(err, fs.ErrNotExist) {
		onDisk, err = j.deletedEntry(saved.file.id)
	}
	switch {
	case errors.Is(err, errNoRecipe):
		return errEntryNotSaved
	case err != nil:
		return fmt.Errorf("%w: %w", errEntryNotSaved, err)
	case onDisk.Snapshot.ID != saved.snapshotID:
		return errEntryNotSaved
	default:
		return nil
	}
}
