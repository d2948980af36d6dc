package rebuild

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"daytona/snapdeck/model"
)

// Errors that stop a workflow, besides those of the server ([*model.Error]), the disk
// and the context.
var (
	// ErrStillRemoving means that a removal took longer than a minute.
	ErrStillRemoving = errors.New("it is still being removed")
	// ErrDeactivated means that the new snapshot was deactivated elsewhere.
	ErrDeactivated = errors.New("it was deactivated before it was active")
	// ErrDeleted means that the new snapshot was deleted elsewhere.
	ErrDeleted = errors.New("it was deleted elsewhere")
)

// RevertedError is a delete that the server accepted and then reverted: the snapshot
// was deactivated, or a running job overwrote its state.
type RevertedError struct{ State model.State }

// Error implements error.
func (e *RevertedError) Error() string {
	if e.State == model.StateInactive {
		return "the delete was reverted: it was deactivated elsewhere while it was being removed"
	}
	return fmt.Sprintf("the delete was accepted and then reverted: it is %s again, a job of the server overwrote its state", e.State.Label())
}

// errNotShown means that the server accepted a create and does not show the snapshot.
var errNotShown = errors.New("the server accepted the create, but does not show a snapshot with this name and recipe")

// EntryLeftError is a journal entry that could not be removed when it was no longer
// needed.
type EntryLeftError struct {
	File string
	Err  error
}

// Error implements error.
func (e *EntryLeftError) Error() string {
	return fmt.Sprintf("its journal entry %s cannot be removed: %v · remove that file", e.File, e.Err)
}

// Unwrap returns the reason.
func (e *EntryLeftError) Unwrap() error { return e.Err }

// NameTakenError is a name that another snapshot took while it was free.
type NameTakenError struct {
	By    *model.Snapshot
	Entry string // the id of the entry
	// Edited means that this rebuild created the other snapshot: a create with the
	// edited Dockerfile was accepted before the old one was restored.
	Edited bool
}

// Error implements error.
func (e *NameTakenError) Error() string {
	if e.Edited {
		return fmt.Sprintf("the server did accept the edited Dockerfile (%s): discard this rebuild to keep that snapshot, or delete it and resume", e.By.ShortID())
	}
	return fmt.Sprintf("another snapshot has its name (%s): discard this, or rename: snapdeck recover --discard %s prints the recipe, create it under another name", e.By.ShortID(), e.Entry)
}

// BuildError is a snapshot that failed to build or to be pulled.
type BuildError struct{ Snapshot *model.Snapshot }

// Error implements error.
func (e *BuildError) Error() string {
	reason := strings.Join(strings.Fields(e.Snapshot.ErrorReason.Value), " ")
	return e.Snapshot.Name + " failed: " + cmp.Or(reason, "no reason given by the server")
}

// CandidateLeftError is a candidate that could not be removed. The rebuild is not
// discarded then.
type CandidateLeftError struct {
	Name string
	ID   string // "" if it is not known to exist
	Err  error
}

// Left returns the error for a candidate that could not be removed.
func (c *CandidateBuild) Left(err error) *CandidateLeftError {
	return &CandidateLeftError{Name: c.Recipe.Name, ID: c.ID, Err: err}
}

// Error implements error.
func (e *CandidateLeftError) Error() string {
	return fmt.Sprintf("its candidate %s cannot be removed: %v", e.Candidate(), e.Err)
}

// Candidate returns the name, with the id if it is known.
func (e *CandidateLeftError) Candidate() string {
	if e.ID == "" {
		return e.Name
	}
	return e.Name + " (" + e.ID + ")"
}

// Unwrap returns the reason.
func (e *CandidateLeftError) Unwrap() error { return e.Err }

// untouchedError is an error after which the old snapshot is known to exist.
type untouchedError struct {
	proof proof
	old   *model.Snapshot
	err   error
}

func (e *untouchedError) Error() string { return e.err.Error() }
func (e *untouchedError) Unwrap() error { return e.err }

// codeOf returns the code of an error: "" for nil, [model.Network] for an error
// without one.
func codeOf(err error) model.ErrorCode {
	if err == nil {
		return ""
	}
	return cmp.Or(model.CodeOf(err), model.Network)
}

// isDefinite reports whether the server refused a call: it did not carry it out and
// will refuse it again.
func isDefinite(err error) bool {
	switch codeOf(err) {
	case model.Unauthorized, model.Forbidden, model.NotFound, model.Conflict, model.Invalid:
		return true
	default:
		return false
	}
}

// isUnknown reports whether the server may have carried out a failed call.
func isUnknown(err error) bool {
	return err != nil && !isDefinite(err) && codeOf(err) != model.RateLimited
}

// retryAfter returns how long the server wants no request, 0 if it does not say.
func retryAfter(err error) time.Duration {
	if e, ok := errors.AsType[*model.Error](err); ok {
		return e.RetryAfter
	}
	return 0
}
