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
	report  func(Event)
	started time.Time

	held    *lease // nil until the recipe is saved
	resumed bool   // an earlier run may have sent what this one is about to send
	looked  bool   // the old snapshot was seen a moment ago
	sent    bool   // its delete was sent, so it is too late to stop

	step  Step // the one under way
	begun time.Time
	over  bool // the end of the step was reported
	seen  *model.Snapshot

	created *model.Snapshot // the new snapshot as it was seen last
	failure error           // what to end with once everything is cleaned up
}

func (w *Workflow) run(report func(Event)) *run {
	if report == nil {
		report = func(Event) {}
	}
	return &run{
		o: w.o, report: report, started: w.o.Now(),
		remote: remote{api: w.o.API, timeout: w.o.CallTimeout},
	}
}

// advance goes from step to step to the end.
func (r *run) advance(ctx context.Context, step Step) (Result, error) {
	for step != "" {
		r.begin(step)
		next, err := r.perform(ctx, step)
		if err != nil {
			return r.stopped(ctx, r.fail(err))
		}
		r.done()
		r.reach(next)
		step = next
	}
	return r.result(r.outcome(Untouched)), r.failure
}

// outcome tells how far the new snapshot is; where there is none, the outcome is
// the other one.
func (r *run) outcome(otherwise Outcome) Outcome {
	switch {
	case r.held.entry.NewID == "":
		return otherwise
	case errors.As(r.failure, new(*BuildError)):
		return BuildFailed
	case r.created != nil && r.created.State == model.StateActive:
		return Rebuilt
	default:
		return Accepted
	}
}

// perform carries out one step and returns the next, "" at the end.
func (r *run) perform(ctx context.Context, step Step) (Step, error) {
	switch step {
	case StepCandidate:
		return r.buildCandidate(ctx)
	case StepDelete:
		return r.deleteOld(ctx)
	case StepWait:
		return StepCreate, r.waitForName(ctx)
	case StepCreate:
		return r.createNew(ctx)
	case StepFollow:
		return r.followNew(ctx)
	case StepCleanup:
		return "", r.cleanUp(ctx)
	default:
		return "", fmt.Errorf("no such step: %s", step)
	}
}

// reach notes in the journal how far the operation is. This is only a hint for a
// later run, and all that matters is on the disk since before the delete: a disk
// that is full by now must not keep us from finishing.
func (r *run) reach(next Step) {
	e := &r.held.entry
	switch {
	case e.NewID != "" && e.Candidate == nil:
		r.drop(isAccepted(*e))
	case e.NewID != "":
		r.note(StepCleanup)
	default:
		r.note(next)
	}
}

func (r *run) note(step Step) {
	if r.held.dropped {
		return
	}
	r.held.entry.Step = step
	r.held.entry.Updated = r.o.Now().UTC()
	if err := r.held.save(); err != nil {
		r.going("the journal could not be updated, which does no harm: " + err.Error())
	}
}

func (r *run) drop(p proof) {
	if r.held.dropped {
		return
	}
	if err := r.held.drop(p); err != nil {
		r.going("the journal entry is of no use any more, but stays: " + err.Error())
	}
}

// stopped ends a run that an error stopped.
func (r *run) stopped(ctx context.Context, err error) (Result, error) {
	if errors.Is(err, model.ErrStopped) && !r.sent && (r.step == StepCandidate || r.step == StepDelete) {
		clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		ctx, err = clean, r.abandon(clean, err)
	}
	if kept, ok := errors.AsType[*keptError](err); ok {
		return r.giveUp(ctx, kept)
	}
	e := &r.held.entry
	if errors.As(err, new(*TakenError)) && e.Candidate != nil {
		err = r.withoutCandidate(ctx, err) // it cannot be finished soon, so the candidate must not wait for it
	}
	e.Trouble = err.Error()
	r.note(e.Step)
	return r.result(r.outcome(Unfinished)), err
}

// abandon turns an error into one that lets go of the recipe, provided that the
// old snapshot is seen to be there.
func (r *run) abandon(ctx context.Context, cause error) error {
	old, err := r.look(ctx, r.held.entry.Old.ID)
	if err != nil {
		return fmt.Errorf("%w; then %w", cause, err)
	}
	if p := isAlive(r.held.entry, old); p.holds {
		return &keptError{proof: p, cause: cause}
	}
	return cause
}

// giveUp ends an operation that left the old snapshot as it was.
func (r *run) giveUp(ctx context.Context, kept *keptError) (Result, error) {
	err := kept.cause
	if r.held.entry.Candidate != nil {
		r.note(StepCleanup)
		if err = r.withoutCandidate(ctx, err); errors.Is(err, errCandidateLeft) {
			r.held.entry.Trouble = err.Error()
			r.note(StepCleanup)
			return r.result(Untouched), err
		}
	}
	r.drop(kept.proof)
	return r.result(Untouched), err
}

// result tells where the run ended.
func (r *run) result(o Outcome) Result {
	result := Result{Outcome: o, New: r.created, Elapsed: r.o.Now().Sub(r.started)}
	if r.held != nil && !r.held.dropped {
		result.Entry = r.held.entry.ID
	}
	if r.held != nil && r.held.entry.Edited == nil && o != Untouched {
		result.Replaced = r.held.journal.ReplacedFile(r.held.entry)
	}
	return result
}
