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

// Outcome is the outcome of a rebuild.
type Outcome string

// The outcomes.
const (
	// OutcomeUntouched means that this rebuild did not touch the old snapshot. It can be
	// deleted elsewhere, see [RebuildResult.OldUnchanged].
	OutcomeUntouched Outcome = "untouched"
	// OutcomeUnfinished means that the rebuild can be resumed from the journal.
	OutcomeUnfinished Outcome = "unfinished"
	// OutcomeAccepted means that the create was accepted, but the new snapshot was not
	// observed to be active.
	OutcomeAccepted Outcome = "accepted"
	// OutcomeRebuilt means that the new snapshot is active.
	OutcomeRebuilt Outcome = "rebuilt"
	// OutcomeBuildFailed means that the create was accepted, but the build or the pull
	// failed.
	OutcomeBuildFailed Outcome = "failed"
)

// RebuildResult is the result of a rebuild.
type RebuildResult struct {
	Outcome Outcome
	// Old is the old snapshot as of the last GET of a rebuild that did not touch it, nil if
	// it was not read or is deleted.
	Old *Snapshot
	// OldDeleted means that this GET found that the old snapshot was deleted elsewhere.
	OldDeleted bool
	// NameTaken means that another snapshot has the name, so resuming does not help. Without
	// an entry it is a restore that was refused: it needs another name.
	NameTaken bool
	// Entry is the id of the remaining journal entry, "" if there is none. An entry can
	// remain after any outcome: a candidate may still have to be removed.
	Entry string
	// New is the new snapshot as of the last GET, nil if there is none.
	New *Snapshot
	// Replaced is the path of the file with the old Dockerfile, "" unless an edited one
	// replaces it.
	Replaced string
}

// Accepted reports whether the new snapshot exists.
func (r RebuildResult) Accepted() bool {
	return r.Outcome == OutcomeAccepted || r.Outcome == OutcomeRebuilt || r.Outcome == OutcomeBuildFailed
}

// OldUnchanged reports whether the old snapshot was there and nothing removed it.
func (r RebuildResult) OldUnchanged() bool { return r.Old != nil && r.Old.State != StateRemoving }

// UnfinishedRebuild is a rebuild that was interrupted by a crash or a missing response.
type UnfinishedRebuild struct {
	ID         string    // of its journal entry
	SnapshotID string    // of the old snapshot
	Old        *Snapshot // as listed before the rebuild, nil if it cannot be decoded
	Name       string
	Started    time.Time
	Err        string // what stopped it; may quote the server
	NameTaken  bool   // another snapshot had the name then
	Mode       RebuildMode
}
