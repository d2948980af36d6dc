package cli

import (
	"errors"
	"fmt"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/ui/text"
)

// original gives one unfinished rebuild its old Dockerfile back. It asks no server:
// what is sent is decided now, and sent by --finish.
func (r *recoverCommand) original(id string) error {
	e, err := r.find(id)
	if err != nil {
		return err
	}
	log := r.actionLog(actionOriginal, e)
	file, err := r.journal.RestoreDockerfile(id, r.Now())
	log.ended("goes back to the old Dockerfile", err)
	if err != nil {
		if old := r.journal.ReplacedFile(e); old != "" && errors.Is(err, rebuild.ErrAlreadyAccepted) {
			err = fmt.Errorf("%w; the old Dockerfile is in %s", err, old)
		}
		return fmt.Errorf("%s is left as it is: %w", id, err)
	}
	r.printText(text.Sprintf("%s goes back to the old Dockerfile; the edited one is kept in %s", e.Old.Name, file))
	return printLine(r.Err, text.Sprintf("nothing is sent yet: %s does it", r.flags.recoverCommand()))
}
