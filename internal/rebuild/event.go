package rebuild

import (
	"time"

	"daytona/snapdeck/model"
)

// Phase is how far a step is.
type Phase string

// The phases of a step. A step that goes on for long reports Going from time to
// time.
const (
	Begun  Phase = "begun"
	Going  Phase = "going"
	Done   Phase = "done"
	Failed Phase = "failed"
)

// Event is one report of a running workflow. Events come one after the other, in
// the goroutine of the workflow, which waits for the receiver.
type Event struct {
	Step    Step
	Phase   Phase
	At      time.Time     // UTC
	Elapsed time.Duration // since the step was begun
	Detail  string        // one line; may quote the server
	// Call is the request that has just been answered, as in "DELETE
	// /snapshots/3fa2…", for those that change something; Detail is what came of
	// it then, Took how long the answer took, and Err is nil where it was accepted.
	// They are zero in all other events.
	Call string
	Took time.Duration
	Err  error
	// SnapshotID is the snapshot that the step is about: the old one, the
	// candidate or the new one; "" where it has no id yet. A snapshot that
	// builds has logs.
	SnapshotID string
	State      model.State // of that snapshot when it was seen last, "" where it was not
}

// Outcome is where a rebuild ended.
type Outcome string

// The outcomes.
const (
	// Untouched: the old snapshot is there, with its id.
	Untouched Outcome = "untouched"
	// Unfinished: the journal holds what is needed to finish it.
	Unfinished Outcome = "unfinished"
	// Accepted: the create was accepted, and the new snapshot was not seen active.
	Accepted Outcome = "accepted"
	// Rebuilt: the new snapshot is active.
	Rebuilt Outcome = "rebuilt"
	// BuildFailed: the create was accepted, and the build or the pull failed.
	BuildFailed Outcome = "failed"
)

// Result is what came of a rebuild.
type Result struct {
	Outcome Outcome
	// Entry is the id of the journal entry that is left, "" where none is. An
	// entry can be left after any outcome: a candidate may still have to be
	// removed.
	Entry string
	// New is the new snapshot as it was seen last, nil where there is none.
	New *model.Snapshot
	// Replaced is the path of the file with the old Dockerfile, "" where no edited
	// one replaces it.
	Replaced string
	Elapsed  time.Duration
}

// Accepted reports whether the new snapshot exists.
func (r Result) Accepted() bool {
	return r.Outcome == Accepted || r.Outcome == Rebuilt || r.Outcome == BuildFailed
}
