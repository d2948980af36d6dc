package rebuild

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"daytona/snapdeck/model"
)

// stopTimeout bounds the cleanup after the user stopped a workflow.
const stopTimeout = 2 * time.Minute

// run is one running rebuild.
type run struct {
	o      Options
	remote remote
	report func(model.RebuildEvent)

	locked  *lockedEntry // nil until the recipe is saved
	resumed bool         // an earlier run may have sent the same calls
	// maybeCreated means that a create of this run or an earlier one was accepted or got no
	// clear answer.
	maybeCreated bool
	checkUnclear bool      // the server check may have created the new snapshot
	oldChecked   bool      // the old snapshot was read a moment ago
	deleteSent   bool      // too late to stop
	unanswered   time.Time // when the last delete of the old snapshot without an answer was sent, see [Entry]

	step        model.Step // the current one
	stepStarted time.Time
	stepEnded   bool // the end of the step was reported
	seen        *model.Snapshot

	old        *model.Snapshot // the old snapshot at the last GET before its delete, nil in a resumed run
	oldDeleted bool            // it was deleted elsewhere
	created    *model.Snapshot // the new snapshot at the last GET
	failure    error           // returned after the cleanup
	dropErr    error           // why the entry could not be removed
}

func (w *Workflow) run(report func(model.RebuildEvent)) *run {
	if report == nil {
		report = func(model.RebuildEvent) {}
	}
	return &run{
		o: w.o, report: report,
		remote: remote{api: w.o.API, timeout: w.o.CallTimeout},
	}
}

// advance performs the steps from the given one to the last.
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
	return r.result(r.outcome(model.OutcomeUntouched)), joined(r.failure, r.dropErr)
}

// outcome returns the outcome of the new snapshot, or the other one if there is none.
func (r *run) outcome(otherwise model.Outcome) model.Outcome {
	switch {
	case !newSeen(r.locked.entry).holds:
		return otherwise
	case errors.As(r.failure, new(*BuildError)):
		return model.OutcomeBuildFailed
	case r.created != nil && r.created.State == model.StateActive:
		return model.OutcomeRebuilt
	default:
		return model.OutcomeAccepted
	}
}

// perform performs one step and returns the next, "" after the last.
func (r *run) perform(ctx context.Context, step model.Step) (model.Step, error) {
	switch step {
	case model.StepCandidate:
		return r.buildCandidate(ctx)
	case model.StepServerCheck:
		return r.askServer(ctx)
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
		return "", fmt.Errorf("unknown step: %s", step)
	}
}

// reach updates the journal with the next step. A full disk does not stop the rebuild:
// the step is only a hint for a later run, and the recipe is on the disk already.
func (r *run) reach(next model.Step) {
	e := &r.locked.entry
	switch {
	case e.NewID != "" && e.Candidate == nil:
		r.dropRestored(newSeen(*e))
		r.drop(newSeen(*e))
	case e.NewID != "":
		r.note(model.StepCleanup)
	case e.Step != next: // else it is on the disk already
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
		r.progress("the journal could not be updated (this does no harm): " + err.Error())
	}
}

// drop removes the entry. If it cannot be removed, the run fails: the next start would find an
// unfinished rebuild.
func (r *run) drop(p proof) {
	if r.locked.removed {
		return
	}
	r.dropErr = nil
	if err := r.locked.drop(p); err != nil {
		r.dropErr = &EntryLeftError{File: r.locked.journal.path(r.locked.entry.ID + entrySuffix), Err: err}
		r.note(r.locked.entry.Step) // the next start sees that only this is left to do
	}
}

// joined joins two errors in one line. Each can be nil.
func joined(first, second error) error {
	switch {
	case first == nil:
		return second
	case second == nil:
		return first
	default:
		return fmt.Errorf("%w; %w", first, second)
	}
}

// stopped ends a run after an error.
func (r *run) stopped(ctx context.Context, err error) (model.RebuildResult, error) {
	if errors.Is(err, model.ErrStopped) && r.canStop() {
		clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		ctx, err = clean, r.abandon(clean, err)
	}
	if kept, ok := errors.AsType[*untouchedError](err); ok {
		return r.giveUp(ctx, kept)
	}
	if p := r.recipeKept(err); p.holds {
		r.drop(p)
		result := r.result(model.OutcomeUntouched)
		result.NameTaken = errors.As(err, new(*NameTakenError))
		return result, joined(err, r.dropErr)
	}
	e := &r.locked.entry
	if errors.As(err, new(*NameTakenError)) && e.Candidate != nil {
		err = r.withoutCandidate(ctx, err) // the rebuild may stay unfinished for long
	}
	e.Err, e.NameTaken = err.Error(), errors.As(err, new(*NameTakenError))
	r.note(e.Step)
	return r.result(r.outcome(model.OutcomeUnfinished)), err
}

// canStop reports whether nothing was deleted yet.
func (r *run) canStop() bool {
	return !r.deleteSent && slices.Contains([]model.Step{model.StepCandidate, model.StepServerCheck, model.StepDelete}, r.step)
}

// abandon returns the failure as an [*untouchedError] if the old snapshot still exists,
// so that the entry is removed.
func (r *run) abandon(ctx context.Context, failure error) error {
	if !r.deleteSent {
		r.locked.entry.DeleteSent = r.unanswered
	}
	old, err := r.settleDelete(ctx)
	if err != nil {
		return fmt.Errorf("%w; then %w", failure, err)
	}
	if p := oldExists(r.locked.entry, old, r.o.Now()); p.holds {
		return &untouchedError{proof: p, old: old, err: failure}
	}
	return failure
}

// giveUp ends a rebuild that did not touch the old snapshot.
func (r *run) giveUp(ctx context.Context, untouched *untouchedError) (model.RebuildResult, error) {
	err := untouched.err
	if r.locked.entry.Candidate != nil {
		r.note(model.StepCleanup)
		if err = r.withoutCandidate(ctx, err); errors.Is(err, errCandidateLeft) {
			r.locked.entry.Err = err.Error()
			r.note(model.StepCleanup)
			result := r.result(model.OutcomeUntouched)
			result.Old = untouched.old
			return result, err
		}
	}
	r.drop(untouched.proof)
	result := r.result(model.OutcomeUntouched)
	result.Old = untouched.old
	return result, joined(err, r.dropErr)
}

// result returns the result with the outcome.
func (r *run) result(o model.Outcome) model.RebuildResult {
	result := model.RebuildResult{Outcome: o, OldDeleted: r.oldDeleted, New: r.created}
	if r.locked != nil && !r.locked.removed {
		result.Entry, result.NameTaken = r.locked.entry.ID, r.locked.entry.NameTaken
	}
	if r.locked != nil && r.locked.entry.Edited == nil && o != model.OutcomeUntouched {
		result.Replaced = r.locked.journal.ReplacedDockerfile(r.locked.entry)
	}
	return result
}
