package rebuild

import (
	"cmp"
	"daytona/snapdeck/model"

	"context"
	"errors"
	"fmt"
	"time"
)

// The pace of a workflow.
const (
	pollRemoval    = time.Second      // a removed row goes at a full 10 s
	pollBuild      = 3 * time.Second  // states change at full 10 s, too
	removalTimeout = time.Minute      // when a removal is not waited for any longer
	settleTime     = 15 * time.Second // how long a row that came back must stay to be believed: over a full 10 s
)

// Options are what a workflow works with.
type Options struct {
	API     API
	Journal *Journal
	Target  Target // where API leads

	// Now and Sleep are the clock; a nil Now is the real one. Sleep returns early,
	// with the cause of the context's end.
	Now   func() time.Time
	Sleep func(ctx context.Context, d time.Duration) error

	// Patience is how long a step goes on while the server does not answer; 0 is
	// a minute. CallTimeout is for one call, should the API itself have no bound;
	// 0 is 90 s.
	RetryTimeout time.Duration
	CallTimeout  time.Duration

	// AcceptOnly ends a workflow as soon as the create was accepted, without
	// waiting for the build.
	AcceptOnly bool
}

// Workflow rebuilds snapshots. It may run any number of rebuilds at once.
type Workflow struct {
	o Options
}

// New returns a workflow.
func New(o Options) *Workflow {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.RetryTimeout == 0 {
		o.RetryTimeout = time.Minute
	}
	if o.CallTimeout == 0 {
		o.CallTimeout = 90 * time.Second
	}
	return &Workflow{o: o}
}

// Run carries out a plan. The error is nil only where the snapshot was rebuilt, is
// active (but with [Options.AcceptOnly]), and nothing is left to clean up; the
// result tells in any case where it ended. A [*RefusedError] is a rebuild that was
// not begun.
//
// The receiver of the events may be nil. When ctx ends the workflow stops where it
// is, without another call, and leaves its entry in the journal; see [model.ErrStopped]
// for another way.
func (w *Workflow) Run(ctx context.Context, p model.Plan, report func(model.RebuildEvent)) (model.RebuildResult, error) {
	r := w.run(report)
	r.o.Target.OrganizationID = cmp.Or(r.o.Target.OrganizationID, p.OrganizationID)
	fresh, err := r.check(ctx, p)
	if err != nil {
		return r.result(model.OutcomeUntouched), r.stepFailed(err)
	}
	r.startStep(model.StepSave)
	locked, err := w.o.Journal.create(newEntry(p, fresh, r.o.Target.withOrganization(fresh), w.o.Now()))
	if err != nil {
		return r.result(model.OutcomeUntouched), r.stepFailed(fmt.Errorf("nothing was deleted, since the recipe cannot be saved: %w", err))
	}
	defer locked.release()
	r.locked, r.oldChecked = locked, p.Mode == model.InPlace
	r.recipeSaved()
	return r.advance(ctx, locked.entry.Step)
}

// Finish carries on what is left in the journal, from wherever it stopped. It
// asks the server first what has become of the steps that were begun. Besides the
// errors of [Workflow.Run] it returns those of [Target.Accepts], and [ErrNoEntry] or
// [ErrInUse]; nothing was done then.
func (w *Workflow) Resume(ctx context.Context, id string, report func(model.RebuildEvent)) (model.RebuildResult, error) {
	r := w.run(report)
	locked, err := w.open(id)
	if errors.Is(err, ErrNoEntry) {
		return model.RebuildResult{Outcome: model.OutcomeUnfinished}, err
	}
	if err != nil {
		return model.RebuildResult{Outcome: model.OutcomeUnfinished, Entry: id}, err
	}
	defer locked.release()
	r.locked, r.resumed = locked, true
	return r.advance(ctx, resumeStep(locked.entry))
}

// Discard forgets an operation: it removes the candidate, if there is one, and
// then the entry with the recipe. It returns the same errors as [Workflow.Finish], and
// a [*LeftError] where the candidate, and so the entry, is left.
// What belongs to another place can be discarded with [Journal.Discard] only,
// which leaves a candidate alone.
func (w *Workflow) Discard(ctx context.Context, id string, report func(model.RebuildEvent)) error {
	r := w.run(report)
	locked, err := w.open(id)
	if err != nil {
		return err
	}
	defer locked.release()
	r.locked = locked
	if locked.entry.Candidate != nil {
		r.startStep(model.StepCleanup)
		if err := r.removeCandidate(ctx); err != nil {
			return r.stepFailed(locked.entry.Candidate.Left(err))
		}
		r.stepDone()
	}
	return locked.discard()
}

// take locks an entry that belongs here.
func (w *Workflow) open(id string) (*lockedEntry, error) {
	locked, err := w.o.Journal.open(id)
	if err != nil {
		return nil, err
	}
	if err := w.o.Target.Accepts(locked.entry.Target); err != nil {
		locked.release()
		return nil, err
	}
	return locked, nil
}
