package model

import (
	"errors"
	"time"
)

// ErrStopped is the cancel cause of a rebuild that the user stopped, see
// [context.WithCancelCause]. Before the delete is sent, the candidate is removed and the
// recipe dropped. Afterwards it is too late to stop, and the journal keeps the recipe as
// with any other cause, such as the end of the program.
var ErrStopped = errors.New("stopped")

// Outcome is where a rebuild ended.
type Outcome string

// The outcomes.
const (
	// OutcomeUntouched means that the old snapshot still exists, with its id.
	OutcomeUntouched Outcome = "untouched"
	// OutcomeUnfinished means that the journal has what is needed to resume.
	OutcomeUnfinished Outcome = "unfinished"
	// OutcomeAccepted means that the create was accepted and the new snapshot was not
	// seen active.
	OutcomeAccepted Outcome = "accepted"
	// OutcomeRebuilt means that the new snapshot is active.
	OutcomeRebuilt Outcome = "rebuilt"
	// OutcomeBuildFailed means that the create was accepted and the build or the pull
	// failed.
	OutcomeBuildFailed Outcome = "failed"
)

// RebuildResult is how a rebuild ended.
type RebuildResult struct {
	Outcome Outcome
	// Entry is the id of the journal entry that is left, "" where none is. An entry can
	// be left after any outcome: a candidate may still have to be removed.
	Entry string
	// New is the new snapshot at the last GET, nil where there is none.
	New *Snapshot
	// Replaced is the path of the file with the old Dockerfile, "" where no edited one
	// replaces it.
	Replaced string
	Elapsed  time.Duration
}

// Accepted reports whether the new snapshot exists.
func (r RebuildResult) Accepted() bool {
	return r.Outcome == OutcomeAccepted || r.Outcome == OutcomeRebuilt || r.Outcome == OutcomeBuildFailed
}

// UnfinishedRebuild is a rebuild that was interrupted, by a crash or for lack of an
// answer.
type UnfinishedRebuild struct {
	ID         string    // of its journal entry
	SnapshotID string    // of the old snapshot
	Old        *Snapshot // as listed before the rebuild, nil where that cannot be decoded
	Name       string
	Started    time.Time
	Err        string // what stopped it; may quote the server
}
