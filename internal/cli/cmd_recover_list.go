package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/text"
)

// list prints the unfinished actions. It sends nothing: the notes come from the journal
// and the credentials.
func (r *recovery) list(output string) error {
	all, err := r.open()
	if err != nil {
		return err
	}
	if output == "json" {
		return r.listJSON(all)
	}
	if len(all) == 0 {
		return printLine(r.Err, text.Lit("no unfinished actions"))
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
	return exitError{fmt.Errorf("unfinished %ss: %d", commonAction(all), len(all)), exitUnfinished}
}

// commonAction returns the action of the entries, see [model.CommonAction]. That of a damaged one
// is not known.
func commonAction(all []rebuild.ListedEntry) string {
	var modes []model.RebuildMode
	for _, listed := range all {
		if listed.Err != nil {
			return model.CommonAction(nil)
		}
		modes = append(modes, listed.Entry.Mode)
	}
	return model.CommonAction(modes)
}

// unfinishedItem is an entry of the journal, as -o json prints it. Of one that cannot be read
// only the id and the note are known.
type unfinishedItem struct {
	ID           string    `json:"id"`
	Name         string    `json:"name"`
	Kind         string    `json:"kind"` // rebuild, restore or create
	Mode         string    `json:"mode"`
	Step         string    `json:"step"`
	Started      time.Time `json:"started,omitzero"`
	APIURL       string    `json:"apiUrl"`
	Organization string    `json:"organization"`
	Note         string    `json:"note"` // why it cannot be resumed here, or what stopped it
}

func (r *recovery) listJSON(all []rebuild.ListedEntry) error {
	items := make([]unfinishedItem, len(all))
	for i, listed := range all {
		items[i] = unfinishedItem{ID: listed.ID, Note: strings.TrimPrefix(noteFor(listed, r.here()), notSet)}
		if e := listed.Entry; listed.Err == nil {
			items[i].Name, items[i].Kind, items[i].Mode, items[i].Step = e.Old.Name, string(cmp.Or(e.Kind, rebuild.KindRebuild)), string(e.Mode), string(e.Step)
			items[i].Started, items[i].APIURL, items[i].Organization = e.Started, e.Target.APIURL, e.Target.OrganizationID
		}
	}
	if err := r.printJSON(items); err != nil || len(all) == 0 {
		return err
	}
	return exitError{fmt.Errorf("unfinished %ss: %d", commonAction(all), len(all)), exitUnfinished}
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
