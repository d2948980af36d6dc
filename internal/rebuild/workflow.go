package rebuild

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"daytona/snapdeck/model"
)

// The server's jobs run every 10 s, at full 10 s.
const (
	lateDelete     = 10 * time.Minute // a delete without an answer is not carried out after that
	pollLateDelete = 10 * time.Second
	pollRemoval    = time.Second
	pollBuild      = 3 * time.Second
	removalTimeout = time.Minute
	settleTime     = 15 * time.Second // a state that stays this long is not of a job that is about to change it
)

// Options configures a [Workflow].
type Options struct {
	API     API
	Journal *Journal
	Target  Target // of API

	// Now and Sleep are the clock; a nil Now is the real one. Sleep returns early with
	// the cause of ctx.
	Now   func() time.Time
	Sleep func(ctx context.Context, d time.Duration) error

	// RetryTimeout is how long a call is retried while the server does not answer; 0 is
	// a minute. CallTimeout bounds one call in case the API does not; 0 is 90 s.
	RetryTimeout time.Duration
	CallTimeout  time.Duration

	// RegionID is the region in which resumed rebuilds create their snapshots, "" for the
	// confirmed one.
	RegionID string

	// TrashOff saves no recipes of deleted snapshots.
	TrashOff bool

	// ServerCheck asks the server before the delete whether it accepts the create; nil for no
	// check. Workflows that run at the same time share it.
	ServerCheck *ServerCheck

	// AcceptOnly ends a rebuild when a GET shows the new snapshot, without waiting for the
	// build.
	AcceptOnly bool
}

// Workflow rebuilds snapshots. It can run several rebuilds at once.
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

// Run carries out a plan. The error is nil only if the new snapshot is active (or
// accepted, with [Options.AcceptOnly]) and nothing is left to clean up; the result is
// valid in any case. A [*RefusedError] means that the rebuild did not start.
//
// The events come one after the other, from the goroutine of the caller; report can be
// nil. When ctx ends, the rebuild stops without another call and leaves its entry in
// the journal; see [model.ErrStopped] for a stop with cleanup.
func (w *Workflow) Run(ctx context.Context, p model.Plan, report func(model.RebuildEvent)) (model.RebuildResult, error) {
	r := w.run(report)
	r.o.Target.OrganizationID = cmp.Or(r.o.Target.OrganizationID, p.OrganizationID)
	if p.Mode == model.Restore || p.Mode == model.Create {
		return w.restore(ctx, p, r)
	}
	fresh, err := r.check(ctx, p)
	if err != nil {
		result := r.result(model.OutcomeUntouched)
		result.Old, result.OldDeleted = fresh, isRefusedFor(err, model.ReasonDeleted)
		return result, r.stepFailed(err)
	}
	r.startStep(model.StepSave)
	if w.o.ServerCheck == nil {
		p.ServerCheck = false
	}
	locked, err := w.o.Journal.create(newEntry(p, fresh, r.o.Target.withOrganization(fresh), w.o.Now()))
	if err != nil {
		return r.result(model.OutcomeUntouched), r.stepFailed(fmt.Errorf("nothing was deleted, because the recipe cannot be saved: %w", inDirectory(err)))
	}
	defer locked.release()
	r.locked, r.old, r.oldChecked = locked, fresh, p.Mode == model.InPlace
	r.recipeSaved()
	return r.advance(ctx, locked.entry.Step)
}

// Resume continues an unfinished rebuild. It first asks the server which steps were
// carried out. Besides the errors of [Workflow.Run] it returns those of
// [Target.Accepts], [ErrNoEntry], [ErrInUse] and [*NotInRegionError], after which nothing
// was changed.
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
	r.locked, r.resumed, r.maybeCreated = locked, true, true
	if err := r.chooseRegion(); err != nil {
		return r.result(model.OutcomeUnfinished), err
	}
	e := &locked.entry
	if e.Step == model.StepServerCheck && w.o.ServerCheck == nil {
		e.Step = model.StepDelete // which is not sent yet
	} else if e.DeleteSent.IsZero() && e.Step == model.StepDelete {
		e.DeleteSent = e.Updated // of an older program, or stopped just before
	}
	e.NameTaken, r.unanswered = false, e.DeleteSent
	return r.advance(ctx, resumeStep(*e))
}

// Discard removes the candidate of a rebuild, if there is one, and then the entry with
// the recipe. It returns the errors of [Workflow.Resume], and a [*CandidateLeftError] if
// the candidate could not be removed; then the entry stays. A rebuild of another target
// can be discarded with [Journal.Discard] only, which leaves the candidate.
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

// open locks an entry of this target.
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
