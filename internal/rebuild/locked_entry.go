package rebuild

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/model"
)

// lockedEntry is an entry on the disk that this process has locked. A delete takes it as an
// argument, and only the journal creates one.
type lockedEntry struct {
	journal *Journal
	lock    *durable.Lock
	entry   Entry
	removed bool
}

var (
	errEntryNotSaved   = errors.New("refused to delete: the recipe is not on the disk")
	errNoProof         = errors.New("the recipe is kept: it may still be needed")
	errNothingToDelete = errors.New("refused to delete: the entry does not name it")
)

// checkSaved reads the entry from the disk and returns an error if it is not there.
func (l *lockedEntry) checkSaved() error {
	if l == nil || l.journal == nil {
		return errEntryNotSaved
	}
	saved, err := l.journal.read(l.entry.ID)
	if err != nil {
		return fmt.Errorf("%w: %w", errEntryNotSaved, err)
	}
	if saved.Old.ID != l.entry.Old.ID {
		return errEntryNotSaved
	}
	return nil
}

// save writes the entry to the disk.
func (l *lockedEntry) save() error {
	data, err := entryFormat().Encode(l.entry)
	if err != nil {
		return err
	}
	return l.journal.dir.Write(l.entry.ID+entrySuffix, data)
}

// proof shows that the recipe of an entry is no longer needed. Only the two functions below
// and [run.recipeKept] make one that holds.
type proof struct{ holds bool }

// newSeen proves that a GET showed the new snapshot, to this run or an earlier one. That
// the create was accepted is no proof.
func newSeen(e Entry) proof { return proof{e.NewID != "" && e.NewSeen} }

// oldExists proves that the old snapshot exists, is not being removed, and that no delete
// without an answer can still be carried out.
func oldExists(e Entry, seen *model.Snapshot, now time.Time) proof {
	return proof{seen != nil && seen.ID == e.Old.ID && seen.State != model.StateRemoving && e.lateUntil(now).IsZero()}
}

// lateUntil returns the time until which a delete without an answer may still be carried out,
// zero if there is none.
func (e Entry) lateUntil(now time.Time) time.Time {
	until := e.DeleteSent.Add(lateDelete)
	if e.DeleteSent.IsZero() || !now.Before(until) {
		return time.Time{}
	}
	return until
}

// drop removes the entry if there is proof that its recipe is no longer needed.
func (l *lockedEntry) drop(p proof) error {
	if !p.holds {
		return errNoProof
	}
	return l.discard()
}

// discard removes the entry without proof. If only the removal is not permanent yet, a
// power cut can bring the entry back, and a resume finds nothing to do.
func (l *lockedEntry) discard() error {
	err := l.journal.dir.Remove(l.entry.ID + entrySuffix)
	if l.removed = err == nil || errors.Is(l.journal.readErr(l.entry.ID), ErrNoEntry); l.removed {
		return nil
	}
	return err
}

// release unlocks the entry.
func (l *lockedEntry) release() { _ = l.lock.Release() } // the kernel does it at the end of the process, too

// validate refuses an entry that this program cannot have written: acting on part of
// one could do harm.
func (e Entry) validate(id string) error {
	switch {
	case e.Kind != "" && e.Kind != KindRebuild && !e.deletesNothing():
		return fmt.Errorf("%w: %q", errOtherKind, e.Kind)
	case e.ID != id, e.Old.ID == "", e.Old.Name == "", e.Recipe.Name != e.Old.Name, e.Target.APIURL == "":
		return fmt.Errorf("%w: a field is missing", durable.ErrForeign)
	case !slices.Contains([]model.Step{model.StepCandidate, model.StepServerCheck, model.StepDelete, model.StepWait, model.StepCreate, model.StepCleanup}, e.Step):
		return fmt.Errorf("%w: step %q", durable.ErrForeign, e.Step)
	case (e.Mode == model.VerifyFirst) != (e.Candidate != nil), !slices.Contains([]model.RebuildMode{model.InPlace, model.VerifyFirst, model.Restore, model.Create}, e.Mode):
		return fmt.Errorf("%w: mode %q", durable.ErrForeign, e.Mode)
	case e.Candidate == nil && (e.Step == model.StepCandidate || e.Step == model.StepCleanup):
		return fmt.Errorf("%w: step %q without a candidate", durable.ErrForeign, e.Step)
	case e.Candidate != nil && e.Candidate.Recipe.Name == e.Old.Name:
		return fmt.Errorf("%w: the candidate has the old name", durable.ErrForeign)
	case e.Edited != nil && e.Edited.Name != e.Old.Name:
		return fmt.Errorf("%w: the edited recipe has another name", durable.ErrForeign)
	default:
		return e.validateKind()
	}
}

// validateKind refuses a mode or a step that an entry of its kind cannot have.
func (e Entry) validateKind() error {
	switch {
	case (e.Kind == KindRestore) != (e.Mode == model.Restore), (e.Kind == KindCreate) != (e.Mode == model.Create):
		return fmt.Errorf("%w: mode %q of a %s", durable.ErrForeign, e.Mode, e.Kind)
	case e.Step == model.StepServerCheck && e.Mode != model.InPlace:
		return fmt.Errorf("%w: step %q of the mode %q", durable.ErrForeign, e.Step, e.Mode)
	case e.deletesNothing() && e.Step != model.StepWait && e.Step != model.StepCreate:
		return fmt.Errorf("%w: step %q of a %s", durable.ErrForeign, e.Step, e.Kind)
	default:
		return nil
	}
}
