package rebuild

import (
	"strings"

	"daytona/snapdeck/model"
)

// Edit tells what somebody who edited the Dockerfile chose between: the recipe with
// the old snapshot's own Dockerfile and the one with the edited Dockerfile. It is
// false where the Dockerfile is the old snapshot's own, perhaps but for the comment
// of [VerifyFirst]. It reads the old snapshot as the server sent it, so it knows this
// of entries too that a program left which did not care.
func (e Entry) Recipes() (original, edited model.Recipe, ok bool) {
	if e.Edited != nil {
		return e.Recipe, *e.Edited, true
	}
	old, err := model.Decode(e.Old.JSON)
	if err != nil || e.Recipe.BuildInfo == nil {
		return e.Recipe, e.Recipe, false
	}
	was, known := old.Dockerfile()
	is := e.Recipe.BuildInfo.DockerfileContent
	same := was == is || e.Mode == model.VerifyFirst && withoutComment(was) == withoutComment(is)
	if !known || same {
		return e.Recipe, e.Recipe, false
	}
	return withDockerfile(e.Recipe, was), e.Recipe, true
}

// MayRevert reports whether there is an old Dockerfile that [Journal.Revert] could go
// back to.
func (e Entry) CanRestoreDockerfile() bool { return e.restoreErr() == nil }

// cannotRevert is why there is none.
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

// unstamped is a Dockerfile without the comment of a rebuild, with a line end at its
// end.
func withoutComment(dockerfile string) string {
	content := commentPattern.ReplaceAllString(dockerfile, "\n")
	if content != "" && !strings.HasSuffix(content, "\n") {
		content += "\n"
	}
	return content
}
