package rebuild

import (
	"errors"
	"fmt"
	"slices"

	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/model"
)

// lease is an entry that is on the disk and that nobody else works on. It is what
// a delete takes. Only the journal makes one.
type lockedEntry struct {
	journal *Journal
	lock    *durable.Lock
	entry   Entry
	removed bool
}

var (
	errEntryNotSaved   = errors.New("refused to delete: the recipe is not on the disk")
	errNoProof         = errors.New("the recipe is kept: nothing proves that it is not needed")
	errNothingToDelete = errors.New("refused to delete: the entry does not name it")
)

// check makes sure that the entry is on the disk, by reading it there.
func (h *lockedEntry) checkSaved() error {
	if h == nil || h.journal == nil {
		return errEntryNotSaved
	}
	saved, err := h.journal.read(h.entry.ID)
	if err != nil {
		return fmt.Errorf("%w: %w", errEntryNotSaved, err)
	}
	if saved.Old.ID != h.entry.Old.ID {
		return errEntryNotSaved
	}
	return nil
}

// save writes the entry as it is now.
func (h *lockedEntry) save() error {
	data, err := entryFormat().Encode(h.entry)
	if err != nil {
		return err
	}
	return h.journal.folder.Write(h.entry.ID+entrySuffix, data)
}

// proof is that the recipe need not be kept any longer. Only the functions below
// make one that is worth something.
type proof struct{ holds bool }

// isAccepted is the proof that a create was accepted, now or by an earlier run.
func createAccepted(e Entry) proof { return proof{e.NewID != ""} }

// isAlive is the proof that the old snapshot is there and stays.
func oldExists(e Entry, seen *model.Snapshot) proof {
	return proof{seen != nil && seen.ID == e.Old.ID && seen.State != model.StateRemoving}
}

// drop removes the entry from the journal.
func (h *lockedEntry) drop(p proof) error {
	if !p.holds {
		return errNoProof
	}
	return h.discard()
}

// forget removes the entry without a proof: somebody wants it so.
func (h *lockedEntry) discard() error {
	err := h.journal.folder.Remove(h.entry.ID + entrySuffix)
	h.removed = err == nil
	return err
}

// release lets others work on the entry.
func (h *lockedEntry) release() { _ = h.lock.Release() } // the kernel does it at the end of the process, too

// validate refuses entries that this program could not have written: acting on
// half of one could do harm.
func (e Entry) validate(id string) error {
	switch {
	case e.ID != id, e.Old.ID == "", e.Old.Name == "", e.Recipe.Name != e.Old.Name, e.Target.APIURL == "":
		return fmt.Errorf("%w: something is missing", durable.ErrForeign)
	case !slices.Contains([]model.Step{model.StepCandidate, model.StepDelete, model.StepWait, model.StepCreate, model.StepCleanup}, e.Step):
		return fmt.Errorf("%w: step %q", durable.ErrForeign, e.Step)
	case (e.Mode == model.VerifyFirst) != (e.Candidate != nil), e.Mode != model.VerifyFirst && e.Mode != model.InPlace:
		return fmt.Errorf("%w: mode %q", durable.ErrForeign, e.Mode)
	case e.Candidate == nil && (e.Step == model.StepCandidate || e.Step == model.StepCleanup):
		return fmt.Errorf("%w: step %q without a candidate", durable.ErrForeign, e.Step)
	case e.Candidate != nil && e.Candidate.Recipe.Name == e.Old.Name:
		return fmt.Errorf("%w: the candidate has the old name", durable.ErrForeign)
	case e.Edited != nil && e.Edited.Name != e.Old.Name:
		return fmt.Errorf("%w: the edited recipe has another name", durable.ErrForeign)
	default:
		return nil
	}
}
