package cli

import (
	"context"
	"fmt"
	"slices"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

// purgeAll is the argument of --purge for all recipes.
const purgeAll = "all"

// purge removes the saved recipes of deleted snapshots: all of them, or those with a name or
// an id. Unfinished rebuilds and saved Dockerfiles stay.
func (r *recovery) purge(ctx context.Context, which string, yes bool) error {
	if which == "" {
		return usagef("--purge needs the name or the id of a deleted snapshot, or %q", purgeAll)
	}
	if !yes && r.promptTerminal() == nil {
		return usagef("--purge asks before it removes anything: use --yes without a terminal")
	}
	if _, err := r.open(); err != nil {
		return err
	}
	all, err := r.journal.Deleted()
	if err != nil {
		return err
	}
	todo := slices.DeleteFunc(all, func(s rebuild.SavedSnapshot) bool { return which != purgeAll && !isNamed(s, which) })
	switch {
	case len(todo) == 0 && which == purgeAll:
		return printLine(r.Err, text.Lit("no saved recipes"))
	case len(todo) == 0:
		return fmt.Errorf("no saved recipe of %s · snapdeck restore lists them", which)
	}
	if !yes {
		ctx, stop := withSignals(ctx)
		defer stop()
		agreed, err := r.confirmPurge(ctx, todo)
		if err != nil || !agreed {
			return err
		}
	}
	for _, saved := range todo {
		if err := r.journal.Purge(saved.ID); err != nil {
			return err
		}
	}
	return printLine(r.Err, text.Sprintf("removed %s: these snapshots cannot be restored", format.Plural(len(todo), "recipe")))
}

// isNamed reports whether a recipe is that of a snapshot with a name or an id.
func isNamed(s rebuild.SavedSnapshot, which string) bool {
	return which == s.ID || s.Snapshot != nil && (which == s.Name || which == s.Snapshot.ID)
}

// confirmPurge lists what is about to be removed and asks.
func (r *recovery) confirmPurge(ctx context.Context, todo []rebuild.SavedSnapshot) (bool, error) {
	screen := r.promptTerminal()
	rows := [][]text.Safe{{text.Lit("NAME"), text.Lit("DELETED"), text.Lit("SERVER"), text.Lit("ORGANIZATION")}}
	for _, saved := range todo {
		name, server, organization := saved.Name, saved.Target.APIURL, orNotSet(saved.Target.OrganizationID)
		if saved.Err != nil {
			name, server = saved.Err.Error(), notSet
		}
		rows = append(rows, []text.Safe{text.Cell(name), text.Cell(saved.Deleted.UTC().Format("2006-01-02 15:04Z")), text.Cell(server), text.Cell(organization)})
	}
	if err := writeColumns(screen, rows); err != nil {
		return false, err
	}
	return confirm(ctx, r.In, screen, text.Sprintf("Remove %s from %s? The snapshots cannot be restored afterwards.", format.Plural(len(todo), "recipe"), r.journal.Path()))
}
