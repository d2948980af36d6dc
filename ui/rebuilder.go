package ui

import (
	"context"
	"time"

	"daytona/snapdeck/model"
)

// Rebuilder makes snapshots again. The API has no such call, so it is a workflow:
// save the recipe, delete, wait until the name is free, create, follow.
type Rebuilder interface {
	// Plan tells what a rebuild would do and cost. It asks nobody.
	Plan(RebuildRequest) RebuildPlan
	// Run carries a plan out and reports each step. It returns only when the
	// rebuild has ended, one way or another.
	Run(ctx context.Context, plan RebuildPlan, report func(RebuildStep)) RebuildResult
	// Unfinished are the rebuilds of this server and organization whose recipe is
	// still in the journal and that nobody works on.
	Unfinished(ctx context.Context) ([]UnfinishedRebuild, error)
	// Finish carries on an unfinished rebuild.
	Finish(ctx context.Context, id string, report func(RebuildStep)) RebuildResult
}

// RebuildRequest is what somebody wants, and what is known from the polls.
type RebuildRequest struct {
	Snapshot     *model.Snapshot
	VerifyFirst  bool    // build a candidate under another name before anything is deleted
	Dockerfile   *string // an edited one; nil is the snapshot's own
	Now          time.Time
	Store        *model.Store
	Regions      []model.Region // nil where unknown
	Access       model.Access
	Organization model.Organization
}

// RebuildPlan is what a rebuild would do. Its texts may quote the server.
type RebuildPlan struct {
	Refusals []string // why not; none means that it can be begun
	Calls    []RebuildCall
	Impact   []RebuildImpact
	Carried  any // what the Rebuilder needs to run it
}

// RebuildCall is one request of a plan.
type RebuildCall struct{ Request, Text string }

// RebuildLoss is one thing that a rebuild changes or loses.
type RebuildImpact struct {
	Warning bool // somebody may be sorry about it
	Text    string
	Bulk    string // what follows the number of those that lose it, as in "12 lose regions"
}

// RebuildStep is a report of a running rebuild.
type RebuildStep struct {
	Name       string
	Done       bool
	Failed     bool
	Elapsed    time.Duration // since the step was begun
	Detail     string
	Request    string        // "DELETE /snapshots/3fa2…" where one was answered
	Took       time.Duration // of the request, from sending it to its answer
	Refused    bool          // the request was not accepted
	SnapshotID string        // the snapshot that the step is about, "" where it has no id
	Saved      bool          // the recipe is in the journal: who stops now can finish later
	Gone       bool          // the server said that this snapshot does not exist any more
}

// RebuildResult is how a rebuild ended.
type RebuildResult struct {
	Rebuilt   bool   // the new snapshot is active
	Kept      bool   // the recipe is still in the journal
	Untouched bool   // the old snapshot is there as it was
	NewID     string // the new snapshot, "" where there is none
	Replaced  string // the file with the old Dockerfile, "" where no edited one replaces it
	Err       error
}

// UnfinishedRebuild is one that a crash or a lost connection left behind.
type UnfinishedRebuild struct {
	ID         string          // of its entry in the journal
	SnapshotID string          // of the old snapshot
	Old        *model.Snapshot // as it was, nil where that cannot be read any more
	Name       string
	Started    time.Time
	Err        string // what stopped it
}
