package rebuild

import (
	"context"
	"errors"
	"fmt"
	"time"

	"daytona/snapdeck/model"
)

// Why a rebuild cannot go back to the old Dockerfile.
var (
	ErrNotEdited = errors.New("its Dockerfile was not edited: there is no other to go back to")
	ErrReverted  = errors.New("it has gone back to the old Dockerfile already: finish it")
	ErrAccepted  = errors.New("the server has accepted the edited Dockerfile: finish it, and edit that again")
	ErrUnneeded  = errors.New("it was given up, and the old snapshot left as it was: finish it, so that its candidate is removed")
)

// errSpared is where a rebuild that went back ends if nothing was deleted.
var errSpared = errors.New("it went back to the old Dockerfile before anything was deleted: nothing is left to do")

// Revert gives an unfinished rebuild the Dockerfile back that the old snapshot was
// made from, for good: the next [Workflow.Finish] uses it. Where the old snapshot
// turns out to be still there, that is left as it is. A candidate stays what it is,
// since it has to be found to be removed.
//
// The edited Dockerfile stays in the entry, and in a file of its own, whose path is
// returned. Besides the reasons above the errors are those of [Journal.Discard].
func (j *Journal) Revert(id string, now time.Time) (file string, err error) {
	held, err := j.take(id)
	if err != nil {
		return "", err
	}
	defer held.release()
	if err := held.entry.cannotRevert(); err != nil {
		return "", err
	}
	original, edited, _ := held.entry.Edit()
	name, err := j.keep(edited, "-edited", now, id)
	if err != nil {
		return "", err
	}
	e := &held.entry
	e.Recipe, e.Edited, e.Err, e.Updated = original, &edited, "", now.UTC()
	if err := held.save(); err != nil {
		return "", err // the file stays: it cannot be told which of the two the disk has
	}
	return j.path(name), nil
}

// resumeAt is the step from which an entry is carried on. One that went back has no
// use for a candidate.
func resumeAt(e Entry) model.Step {
	switch {
	case e.NewID != "":
		return model.StepFollow
	case e.Edited != nil && e.Step == model.StepCandidate:
		return model.StepDelete
	default:
		return e.Step
	}
}

// spare ends a rebuild that went back to what the old snapshot is made from, where
// that is still there. A delete that an earlier run sent may arrive late.
func (r *run) spare(ctx context.Context) (model.Step, error) {
	if err := r.sleep(ctx, settle); err != nil {
		return "", err
	}
	old, next, err := r.standing(ctx)
	if old == nil {
		return next, err
	}
	return "", &keptError{proof: isAlive(r.held.entry, old), cause: errSpared}
}

// refusedCreate adds the way back to a create that the server refuses because of
// what is in it, where that was edited: sending it again would not help.
func (r *run) refusedCreate(err error) error {
	if codeOf(err) != model.Invalid || !r.held.entry.MayRevert() {
		return err
	}
	return fmt.Errorf("%w · snapdeck recover --original %s goes back to the old Dockerfile", err, r.held.entry.ID)
}
