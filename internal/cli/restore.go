package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/text"
)

// restoreRun is one run of restore.
type restoreRun struct {
	confirmFlags
	name, output string
	logs         bool
}

func (r *restoreRun) run(ctx context.Context, s *session, arg string) error {
	dir, err := s.openState(s.flags.demo)
	if err != nil {
		return err
	}
	defer dir.close()
	engine := s.rebuilder(dir)
	defer engine.journal.settle()
	deleted, err := engine.Deleted(ctx)
	if err != nil && (len(deleted) == 0 || arg != "") {
		return err
	}
	if arg == "" {
		return s.listDeleted(deleted, r.output)
	}
	if err := s.checkWritable(); err != nil {
		return err
	}
	saved, err := findDeleted(deleted, arg)
	if err != nil {
		return err
	}
	all, err := s.readAll(ctx)
	if err != nil {
		return err
	}
	v := all.view
	plan := engine.Plan(model.RebuildRequest{
		Snapshot: saved.Snapshot, Mode: model.Restore, Name: r.name, Entry: saved.Entry, Now: s.Now(),
		Store: v.Data.Store, Regions: v.Regions, Access: s.access(ctx, v), Organization: v.Organization,
	})
	if plan.Refused() {
		return refusedError(saved.Snapshot.Name, "restored", plan)
	}
	q := question{verb: "restore", count: 1, lines: mutation.PlanLines(v, saved.Snapshot, plan, false)}
	q.title = text.Join(text.Lit("Restore ").As(theme.Title), text.Styled(plan.Recipe.Name, theme.Title, nil),
		text.Sprintf("  deleted %s  in %s", saved.At.UTC().Format("2006-01-02 15:04Z"), s.connectionText(v)).As(theme.Dim))
	if err := s.ask(ctx, q, r.confirmFlags); err != nil {
		return err
	}
	run := &workflowRun{session: s, engine: engine, action: "restore", past: "restored", logs: r.logs, record: s.recorder(dir)}
	return run.runPlans(ctx, []model.Plan{plan}, r.output)
}

// restoreNote says why a snapshot cannot be restored, "" if nothing known refuses it. It sends
// nothing.
func restoreNote(s *model.Snapshot) string {
	for _, refusal := range rebuild.Preflight(model.RebuildRequest{Snapshot: s, Mode: model.Restore}).Refusals {
		if refusal.Reason != model.ReasonName { // --name helps
			return "cannot be restored: " + refusal.Text
		}
	}
	return ""
}

// listDeleted prints the deleted snapshots that have a saved recipe.
func (s *session) listDeleted(deleted []model.DeletedSnapshot, output string) error {
	if output == "json" {
		type item struct {
			ID       string          `json:"id"` // of the deleted snapshot
			Name     string          `json:"name"`
			Deleted  time.Time       `json:"deleted"`
			Note     string          `json:"note"` // why it cannot be restored
			Snapshot json.RawMessage `json:"snapshot"`
		}
		items := make([]item, len(deleted))
		for i, d := range deleted {
			items[i] = item{d.Snapshot.ID, d.Snapshot.Name, d.At.UTC(), restoreNote(d.Snapshot), json.RawMessage(d.Snapshot.Raw.String())}
		}
		return s.printJSON(items)
	}
	if len(deleted) == 0 {
		return printLine(s.Err, text.Lit("no deleted snapshots with a saved recipe"))
	}
	rows := [][]text.Safe{{text.Lit("NAME"), text.Lit("DELETED"), text.Lit("ID"), text.Lit("NOTE")}}
	for _, d := range deleted {
		rows = append(rows, []text.Safe{text.Cell(d.Snapshot.Name), text.Cell(d.At.UTC().Format("2006-01-02 15:04Z")), text.Cell(d.Snapshot.ID), text.Cell(orNotSet(restoreNote(d.Snapshot)))})
	}
	return writeColumns(s.Out, rows)
}

var errNoSavedRecipe = errors.New("no saved recipe of a deleted snapshot has this name or id")

// findDeleted returns the deleted snapshot with a name or an id.
func findDeleted(deleted []model.DeletedSnapshot, arg string) (model.DeletedSnapshot, error) {
	found := slices.DeleteFunc(slices.Clone(deleted), func(d model.DeletedSnapshot) bool {
		return d.Snapshot.Name != arg && d.Snapshot.ID != arg && d.Entry != arg && (!isIDPart(arg) || !strings.HasPrefix(d.Snapshot.ID, arg))
	})
	switch len(found) {
	case 0:
		return model.DeletedSnapshot{}, fmt.Errorf("%s: %w", arg, errNoSavedRecipe)
	case 1:
		return found[0], nil
	}
	var ids []string
	for _, d := range found {
		ids = append(ids, d.Snapshot.ID)
	}
	return model.DeletedSnapshot{}, fmt.Errorf("%q matches %d deleted snapshots: use one of the ids %s", arg, len(found), strings.Join(ids, ", "))
}
