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
	ErrNotEdited       = errors.New("its Dockerfile was not edited: there is no other to go back to")
	ErrAlreadyRestored = errors.New("it has gone back to the old Dockerfile already: finish it")
	ErrAlreadyAccepted = errors.New("the server has accepted the edited Dockerfile: finish it, and edit that again")
	ErrAbandoned       = errors.New("it was given up, and the old snapshot left as it was: finish it, so that its candidate is removed")
)

// errSpared is where a rebuild that went back ends if nothing was deleted.
var errOldKept = errors.New("it went back to the old Dockerfile before anything was deleted: nothing is left to do")

// Revert gives an unfinished rebuild the Dockerfile back that the old snapshot was
// made from, for good: the next [Workflow.Finish] uses it. Where the old snapshot
// turns out to be still there, that is left as it is. A candidate stays what it is,
// since it has to be found to be removed.
//
// The edited Dockerfile stays in the entry, and in a file of its own, whose path is
// returned. Besides the reasons above the errors are those of [Journal.Discard].
func (j *Journal) RestoreDockerfile(id string, now time.Time) (file string, err error) {
	locked, err := j.open(id)
	if err != nil {
		return "", err
	}
	defer locked.release()
	if err := locked.entry.restoreErr(); err != nil {
		return "", err
	}
	original, edited, _ := locked.entry.Recipes()
	name, err := j.saveDockerfile(edited, "-edited", now, id)
	if err != nil {
		return "", err
	}
	e := &locked.entry
	e.Recipe, e.Edited, e.Err, e.Updated = original, &edited, "", now.UTC()
	if err := locked.save(); err != nil {
		return "", err // the file stays: it cannot be told which of the two the disk has
	}
	return j.path(name), nil
}

// resumeAt is the step from which an entry is carried on. One that went back has no
// use for a candidate.
func resumeStep(e Entry) model.Step {
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
func (r *run) keepOld(ctx context.Context) (model.Step, error) {
	if err := r.sleep(ctx, settleTime); err != nil {
		return "", err
	}
	old, next, err := r.findOld(ctx)
	if old == nil {
		return next, err
	}
	return "", &untouchedError{proof: oldExists(r.locked.entry, old), cause: errOldKept}
}

// refusedCreate adds the way back to a create that the server refuses because of
// what is in it, where that was edited: sending it again would not help.
func (r *run) refusedCreate(err error) error {
	if codeOf(err) != model.Invalid || !r.locked.entry.CanRestoreDockerfile() {
		return err
	}
	return fmt.Errorf("%w · snapdeck recover --original %s goes back to the old Dockerfile", err, r.locked.entry.ID)
}
