package rebuild

import (
	"context"
	"errors"
	"fmt"
	"time"

	"daytona/snapdeck/model"
)

// Errors of [Journal.RestoreDockerfile], besides those of [Journal.Discard].
var (
	ErrNotEdited       = errors.New("its Dockerfile was not edited: there is none to restore")
	ErrAlreadyRestored = errors.New("its old Dockerfile is restored already: resume it")
	ErrAlreadyAccepted = errors.New("the server has accepted the edited Dockerfile: resume it, then edit the Dockerfile again")
	ErrAbandoned       = errors.New("it was abandoned and the old snapshot is unchanged: resume it to remove its candidate")
)

// errOldKept ends a rebuild with a restored Dockerfile if nothing was deleted.
var errOldKept = errors.New("the old Dockerfile was restored before anything was deleted: nothing to do")

// RestoreDockerfile makes an unfinished rebuild use the old snapshot's Dockerfile
// instead of the edited one: the next [Workflow.Resume] sends it. If the old snapshot
// still exists, Resume leaves it unchanged. The candidate keeps its recipe, which is
// needed to find and remove it.
//
// The edited Dockerfile stays in the entry and is saved to its own file. The path of
// that file is returned.
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
		return "", err // the file stays: the entry may be on the disk in spite of the error
	}
	return j.path(name), nil
}

// resumeStep returns the step at which a rebuild resumes. With a restored Dockerfile it
// needs no candidate.
func resumeStep(e Entry) model.Step {
	switch {
	case newSeen(e).holds:
		return model.StepFollow
	case e.NewID != "":
		return model.StepCreate // accepted, but no GET showed it
	case e.Edited != nil && e.Step == model.StepCandidate:
		return model.StepDelete
	default:
		return e.Step
	}
}

// keepOld ends a rebuild with a restored Dockerfile if the old snapshot still exists. It
// waits first, since a delete of an earlier run may arrive late.
func (r *run) keepOld(ctx context.Context) (model.Step, error) {
	old, err := r.settleDelete(ctx)
	if err != nil {
		return "", err
	}
	if next := nextStep(old); next != "" {
		return next, nil
	}
	return "", &untouchedError{proof: oldExists(r.locked.entry, old, r.o.Now()), old: old, err: errOldKept}
}

// refusedCreate adds to the error of a create that the server does not accept how to choose
// another region, or how to restore the old Dockerfile in the place of an edited one.
func (r *run) refusedCreate(err error) error {
	if hint := r.otherRegionHint(err); hint != "" {
		return fmt.Errorf("%w%s", err, hint)
	}
	if codeOf(err) != model.Invalid || !r.locked.entry.CanRestoreDockerfile() {
		return err
	}
	return fmt.Errorf("%w · snapdeck recover --original %s restores the old Dockerfile", err, r.locked.entry.ID)
}
