package cli

import (
	"slices"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/ui/text"
)

// listCommand prints what is unfinished. It asks no server: what it knows about ours is
// where the credentials lead, if there are any.
func (r *recoverCommand) list() error {
	all, err := r.open()
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return printLine(r.Err, text.Lit("no rebuild is unfinished"))
	}
	if err := writeUnfinished(r.Out, all, r.here()); err != nil {
		return err
	}
	more := ""
	if slices.ContainsFunc(all, isEdited) {
		more = "; --original ID goes back to the old Dockerfile"
	}
	return printLine(r.Err, text.Sprintf("%s carries on what belongs here; --discard ID forgets one%s", r.flags.recoverCommand(), more))
}

// here is where the credentials lead, the zero value where there are none.
func (r *recoverCommand) here() rebuild.Target {
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
