package rebuild

import "daytona/snapdeck/model"

// Recipes returns the recipe with the old snapshot's Dockerfile and the one with the
// edited Dockerfile. ok is false if the Dockerfile was not edited; the comment of
// [model.VerifyFirst] is not an edit. It compares with the old snapshot as the server
// sent it, so it works for entries of older versions too.
func (e Entry) Recipes() (original, edited model.Recipe, ok bool) {
	if e.Edited != nil {
		return e.Recipe, *e.Edited, true
	}
	old, err := model.Decode(e.Old.JSON)
	if err != nil || e.Recipe.BuildInfo == nil {
		return e.Recipe, e.Recipe, false
	}
	before, known := old.Dockerfile()
	after := e.Recipe.BuildInfo.DockerfileContent
	same := before == after || e.Mode == model.VerifyFirst && withoutComment(before) == withoutComment(after)
	if !known || same {
		return e.Recipe, e.Recipe, false
	}
	return withDockerfile(e.Recipe, before), e.Recipe, true
}

// CanRestoreDockerfile reports whether [Journal.RestoreDockerfile] can restore the
// old Dockerfile.
func (e Entry) CanRestoreDockerfile() bool { return e.restoreErr() == nil }

// restoreErr returns why the old Dockerfile cannot be restored, nil if it can.
func (e Entry) restoreErr() error {
	_, _, edited := e.Recipes()
	switch {
	case !edited:
		return ErrNotEdited
	case e.NewID != "":
		return ErrAlreadyAccepted
	case e.Edited != nil:
		return ErrAlreadyRestored
	case e.Step == model.StepCleanup:
		return ErrAbandoned
	default:
		return nil
	}
}
