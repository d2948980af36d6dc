package cli

import (
	"cmp"
	"errors"
	"io"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/ui/text"
)

// writeUnfinished writes a heading and a line for each entry of the journal.
func writeUnfinished(w io.Writer, all []rebuild.ListedEntry, here rebuild.Target) error {
	rows := [][]text.Safe{{
		text.Lit("ID"), text.Lit("NAME"), text.Lit("MODE"), text.Lit("STEP"), text.Lit("BEGUN"),
		text.Lit("SERVER"), text.Lit("ORGANIZATION"), text.Lit("NOTE"),
	}}
	for _, one := range all {
		rows = append(rows, unfinishedRow(one, here))
	}
	return writeColumns(w, rows)
}

func unfinishedRow(one rebuild.ListedEntry, here rebuild.Target) []text.Safe {
	row := []text.Safe{text.Cell(one.ID)}
	cells := []string{notSet, notSet, notSet, notSet, notSet, notSet}
	if e := one.Entry; one.Err == nil {
		cells = []string{e.Old.Name, string(e.Mode), e.Step.Label(), e.Started.UTC().Format("2006-01-02 15:04Z"), e.Target.APIURL, orNotSet(e.Target.OrganizationID)}
	}
	for _, cell := range append(cells, noteFor(one, here)) {
		row = append(row, text.Cell(cell))
	}
	return row
}

// noteOn says what keeps an entry from being finished here, else what stopped it.
func noteFor(one rebuild.ListedEntry, here rebuild.Target) string {
	err := one.Entry.Err
	if err == "" && one.Entry.Edited != nil {
		err = "goes back to the old Dockerfile"
	}
	elsewhere := here.Accepts(one.Entry.Target)
	switch {
	case one.Err != nil:
		return "left alone: " + one.Err.Error()
	case one.InUse:
		return rebuild.ErrInUse.Error()
	case here.APIURL == "":
		return orNotSet(err)
	case errors.Is(elsewhere, rebuild.ErrOtherServer):
		return rebuild.ErrOtherServer.Error()
	case errors.Is(elsewhere, rebuild.ErrOtherOrganization):
		return rebuild.ErrOtherOrganization.Error()
	}
	return orNotSet(err)
}

func orNotSet(s string) string { return cmp.Or(s, notSet) }

// notSet stands for what is not known.
const notSet = "–"
