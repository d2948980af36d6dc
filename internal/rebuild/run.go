package rebuild

import (
	"context"
	"errors"
	"fmt"
	"time"

	"daytona/snapdeck/model"
)

// stopTimeout bounds what is done after somebody stopped a workflow.
const stopTimeout = 2 * time.Minute

// run is one operation under way.
type run struct {
	o       Options
	remote  remote
	report  func(model.RebuildEvent)
	started time.Time

	locked     *lockedEntry // nil until the recipe is saved
	resumed    bool         // an earlier run may have sent what this one is about to send
	oldChecked bool         // the old snapshot was seen a moment ago
	deleteSent bool         // its delete was sent, so it is too late to stop

	step        model.Step // the one under way
	stepStarted time.Time
	stepEnded   bool // the end of the step was reported
	seen        *model.Snapshot

	created *model.Snapshot // the new snapshot as it was seen last
	failure error           // what to end with once everything is cleaned up
}

func (w *Workflow) run(report func(model.RebuildEvent)) *run {
	if report == nil {
		report = func(model.RebuildEvent) {}
	}
	return &run{
		o: w.o, report: report, started: w.o.Now(),
		remote: remote{api: w.o.API, timeout: w.o.CallTimeout},
	}
}

// advance goes from step to step to the end.
func (r *run) advance(ctx context.Context, step model.Step) (model.RebuildResult, error) {
	for step != "" {
		r.startStep(step)
		next, err := r.perform(ctx, step)
		if err != nil {
			return r.stopped(ctx, r.stepFailed(err))
		}
		r.reach(next)
		r.stepDone()
		step = next
	}
	return r.result(r.outcome(model.OutcomeUntouched)), r.failure
}

// outcome tells how far the new snapshot is; where there is none, the outcome is
// the other one.
func (r *run) outcome(otherwise model.Outcome) model.Outcome {
	switch {
	case r.locked.entry.NewID == "":
		return otherwise
	case errors.As(r.failure, new(*BuildError)):
		return model.OutcomeBuildFailed
	case r.created != nil && r.created.State == model.StateActive:
		return model.OutcomeRebuilt
	default:
		return model.OutcomeAccepted
	}
}

// perform carries out one step and returns the next, "" at the end.
func (r *run) perform(ctx context.Context, step model.Step) (model.Step, error) {
	switch step {
	case model.StepCandidate:
		return r.buildCandidate(ctx)
	case model.StepDelete:
		return r.deleteOld(ctx)
	case model.StepWait:
		return model.StepCreate, r.waitForName(ctx)
	case model.StepCreate:
		return r.createNew(ctx)
	case model.StepFollow:
		return r.followNew(ctx)
	case model.StepCleanup:
		return "", r.cleanUp(ctx)
	default:
		return "", fmt.Errorf("no such step: %s", step)
	}
}

// reach notes in the journal how far the operation is. This is only a hint for a
// later run, and all that matters is on the disk since before the delete: a disk
// that is full by now must not keep us from finishing.
func (r *run) reach(next model.Step) {
	e := &r.locked.entry
	switch {
	case e.NewID != "" && e.Candidate == nil:
		r.drop(createAccepted(*e))
	case e.NewID != "":
		r.note(model.StepCleanup)
	default:
		r.note(next)
	}
}

func (r *run) note(step model.Step) {
	if r.locked.removed {
		return
	}
	r.locked.entry.Step = step
	r.locked.entry.Updated = r.o.Now().UTC()
	if err := r.locked.save(); err != nil {
		r.progress("the journal could not be updated, which does no harm: " + err.Error())
	}
}

func (r *run) drop(p proof) {
	if r.locked.removed {
		return
	}
	if err := r.locked.drop(p); err != nil {
		r.progress("the journal entry is of no use any more, but stays: " + err.Error())
	}
}

// stopped ends a run that an error stopped.
func (r *run) stopped(ctx context.Context, err error) (model.RebuildResult, error) {
	if errors.Is(err, model.ErrStopped) && !r.deleteSent && (r.step == model.StepCandidate || r.step == model.StepDelete) {
		clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		ctx, err = clean, r.abandon(clean, err)
	}
	if kept, ok := errors.AsType[*untouchedError](err); ok {
		return r.giveUp(ctx, kept)
	}
	e := &r.locked.entry
	if errors.As(err, new(*NameTakenError)) && e.Candidate != nil {
		err = r.withoutCandidate(ctx, err) // it cannot be finished soon, so the candidate must not wait for it
	}
	e.Err = err.Error()
	r.note(e.Step)
	return r.result(r.outcome(model.OutcomeUnfinished)), err
}

// abandon turns an error into one that lets go of the recipe, provided that the
// old snapshot is seen to be there.
func (r *run) abandon(ctx context.Context, cause error) error {
	old, err := r.get(ctx, r.locked.entry.Old.ID)
	if err != nil {
		return fmt.Errorf("%w; then %w", cause, err)
	}
	if p := oldExists(r.locked.entry, old); p.holds {
		return &untouchedError{proof: p, cause: cause}
	}
	return cause
}

// giveUp ends an operation that left the old snapshot as it was.
func (r *run) giveUp(ctx context.Context, kept *untouchedError) (model.RebuildResult, error) {
	err := kept.cause
	if r.locked.entry.Candidate != nil {
		r.note(model.StepCleanup)
		if err = r.withoutCandidate(ctx, err); errors.Is(err, errCandidateLeft) {
			r.locked.entry.Err = err.Error()
			r.note(model.StepCleanup)
			return r.result(model.OutcomeUntouched), err
		}
	}
	r.drop(kept.proof)
	return r.result(model.OutcomeUntouched), err
}

// result tells where the run ended.
func (r *run) result(o model.Outcome) model.RebuildResult {
	result := model.RebuildResult{Outcome: o, New: r.created, Elapsed: r.o.Now().Sub(r.started)}
	if r.locked != nil && !r.locked.removed {
		result.Entry = r.locked.entry.ID
	}
	if r.locked != nil && r.locked.entry.Edited == nil && o != model.OutcomeUntouched {
		result.Replaced = r.locked.journal.ReplacedFile(r.locked.entry)
	}
	return result
}
