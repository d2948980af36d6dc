package cli

import (
	"errors"
	"fmt"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/ui/text"
)

// original restores the old Dockerfile of an unfinished rebuild. It sends nothing:
// --resume does.
func (r *recovery) original(id string) error {
	e, err := r.find(id)
	if err != nil {
		return err
	}
	log := r.actionLog(actionOriginal, e)
	file, err := r.journal.RestoreDockerfile(id, r.Now())
	log.ended("old Dockerfile restored", err)
	if err != nil {
		if old := r.journal.ReplacedDockerfile(e); old != "" && errors.Is(err, rebuild.ErrAlreadyAccepted) {
			err = fmt.Errorf("%w; the old Dockerfile is in %s", err, old)
		}
		return fmt.Errorf("%s is unchanged: %w", id, err)
	}
	r.printText(text.Sprintf("%s: old Dockerfile restored, edited one saved in %s", e.Old.Name, file))
	return printLine(r.Err, text.Sprintf("nothing sent yet · resume with %s", r.flags.resumeCommand()))
}
