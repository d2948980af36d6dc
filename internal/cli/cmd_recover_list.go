package cli

import (
	"fmt"
	"slices"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/ui/text"
)

// list prints the unfinished rebuilds. It sends nothing: the notes come from the journal
// and the credentials.
func (r *recovery) list() error {
	all, err := r.open()
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return printLine(r.Err, text.Lit("no unfinished rebuilds"))
	}
	if err := writeUnfinished(r.Out, all, r.here()); err != nil {
		return err
	}
	more := ""
	if slices.ContainsFunc(all, canRestore) {
		more = "; --original ID restores the old Dockerfile"
	}
	if err := printLine(r.Err, text.Sprintf("%s resumes those of this server; --discard ID discards one%s", r.flags.resumeCommand(), more)); err != nil {
		return err
	}
	return exitError{fmt.Errorf("unfinished rebuilds: %d", len(all)), exitUnfinished}
}

// here returns the target of the credentials, zero if there are none.
func (r *recovery) here() rebuild.Target {
	c, err := config.Credentials(r.flags.overrides, r.Getenv, r.DaytonaCLIDir)
	if err != nil {
		return rebuild.Target{}
	}
	t := rebuild.Target{APIURL: c.APIURL}
	if c.JWT {
		t.OrganizationID = c.OrganizationID
	}
	return t
}
