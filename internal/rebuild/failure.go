package rebuild

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"daytona/snapdeck/model"
)

// What stops a workflow, besides errors of the server ([*model.Error]), of the
// disk and of the context.
var (
	// ErrStays tells that the server is not done with a removal in time.
	ErrStillRemoving = errors.New("it is still being removed")
	// ErrAsleep tells that somebody deactivated what was just made.
	ErrDeactivated = errors.New("it was deactivated before it was active")
	// ErrVanished tells that somebody deleted what was just made.
	ErrDeleted = errors.New("it is gone: somebody deleted it meanwhile")
)

// CameBackError is a delete that the server accepted and took back: somebody
// deactivated the snapshot, or a running job wrote over its state.
type RevertedError struct{ State model.State }

// Error implements error.
func (e *RevertedError) Error() string {
	if e.State == model.StateInactive {
		return "the delete was cancelled: somebody deactivated it while it was being removed"
	}
	return fmt.Sprintf("the delete was accepted, but it is back and %s: a job of the server wrote over it", e.State.Label())
}

// TakenError is a name that somebody else took while it was free.
type NameTakenError struct {
	By *model.Snapshot
	// Edited tells that we took it ourselves: the rebuild has gone back to the old
	// Dockerfile, but a create with the edited one was accepted before that.
	Edited bool
}

// Error implements error.
func (e *NameTakenError) Error() string {
	if e.Edited {
		return fmt.Sprintf("the server had accepted the edited Dockerfile after all (%s): discard this rebuild to keep that, or delete that and finish again", e.By.ShortID())
	}
	return fmt.Sprintf("somebody made another snapshot of the same name meanwhile (%s)", e.By.ShortID())
}

// BuildError is a snapshot that failed to build or to be pulled.
type BuildError struct{ Snapshot *model.Snapshot }

// Error implements error.
func (e *BuildError) Error() string {
	why := strings.Join(strings.Fields(e.Snapshot.ErrorReason.Value), " ")
	if why == "" {
		why = "the server does not say why"
	}
	return e.Snapshot.Name + " failed: " + why
}

// LeftError is a candidate that could not be removed, so that the operation is not
// forgotten either.
type CandidateLeftError struct {
	Name string
	ID   string // "" where the server was not seen to have it
	Err  error
}

// Left is the error that tells why the candidate stays where it is.
func (c *CandidateBuild) Left(why error) *CandidateLeftError {
	return &CandidateLeftError{Name: c.Recipe.Name, ID: c.ID, Err: why}
}

// Error implements error.
func (e *CandidateLeftError) Error() string {
	return fmt.Sprintf("its candidate %s cannot be removed: %v", e.Candidate(), e.Err)
}

// Candidate is its name, and its id where that is known.
func (e *CandidateLeftError) Candidate() string {
	if e.ID == "" {
		return e.Name
	}
	return e.Name + " (" + e.ID + ")"
}

// Unwrap returns the cause.
func (e *CandidateLeftError) Unwrap() error { return e.Err }

// keptError is an error after which the old snapshot is known to be there.
type untouchedError struct {
	proof proof
	cause error
}

func (e *untouchedError) Error() string { return e.cause.Error() }
func (e *untouchedError) Unwrap() error { return e.cause }

// codeOf is the kind of an error of a call: "" for none, and no answer for
// whatever has no kind.
func codeOf(err error) model.ErrorCode {
	if err == nil {
		return ""
	}
	return cmp.Or(model.CodeOf(err), model.Network)
}

// isDefinite reports whether the server refused a call, so that it certainly did
// not carry it out and would not the next time either.
func isDefinite(err error) bool {
	switch codeOf(err) {
	case model.Unauthorized, model.Forbidden, model.NotFound, model.Conflict, model.Invalid:
		return true
	default:
		return false
	}
}

// isUnknown reports whether a call may have been carried out all the same.
func isUnknown(err error) bool {
	return err != nil && !isDefinite(err) && codeOf(err) != model.RateLimited
}

// silence is how long the server wants to hear nothing.
func retryAfter(err error) time.Duration {
	if e, ok := errors.AsType[*model.Error](err); ok {
		return e.RetryAfter
	}
	return 0
}
