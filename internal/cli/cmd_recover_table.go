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
		text.Lit("ID"), text.Lit("NAME"), text.Lit("MODE"), text.Lit("STEP"), text.Lit("STARTED"),
		text.Lit("SERVER"), text.Lit("ORGANIZATION"), text.Lit("NOTE"),
	}}
	for _, listed := range all {
		rows = append(rows, unfinishedRow(listed, here))
	}
	return writeColumns(w, rows)
}

func unfinishedRow(listed rebuild.ListedEntry, here rebuild.Target) []text.Safe {
	row := []text.Safe{text.Cell(listed.ID)}
	cells := []string{notSet, notSet, notSet, notSet, notSet, notSet}
	if e := listed.Entry; listed.Err == nil {
		cells = []string{e.Old.Name, string(e.Mode), e.Step.Label(), e.Started.UTC().Format("2006-01-02 15:04Z"), e.Target.APIURL, orNotSet(e.Target.OrganizationID)}
	}
	for _, cell := range append(cells, noteFor(listed, here)) {
		row = append(row, text.Cell(cell))
	}
	return row
}

// noteFor returns why an entry cannot be resumed here, or what stopped it.
func noteFor(listed rebuild.ListedEntry, here rebuild.Target) string {
	note := listed.Entry.Err
	if note == "" && listed.Entry.Edited != nil {
		note = "old Dockerfile restored"
	}
	elsewhere := here.Accepts(listed.Entry.Target)
	switch {
	case listed.Err != nil:
		return listed.Err.Error()
	case listed.InUse:
		return rebuild.ErrInUse.Error()
	case here.APIURL == "":
		return orNotSet(note)
	case errors.Is(elsewhere, rebuild.ErrOtherServer):
		return rebuild.ErrOtherServer.Error()
	case errors.Is(elsewhere, rebuild.ErrOtherOrganization):
		return rebuild.ErrOtherOrganization.Error()
	}
	return orNotSet(note)
}

func orNotSet(s string) string { return cmp.Or(s, notSet) }

// notSet is the cell of an unknown value.
const notSet = "–"
