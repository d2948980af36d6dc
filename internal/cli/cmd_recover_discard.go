package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/charmbracelet/x/term"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/text"
)

// discard discards one rebuild and prints its recipe, so that a mistake can be undone.
func (r *recovery) discard(ctx context.Context, id string) error {
	e, err := r.find(id)
	if unreadable, ok := errors.AsType[*rebuild.EntryError](err); ok && unreadable.Damaged() {
		return r.moveAway(id)
	}
	if err != nil {
		return err
	}
	log := r.actionLog(actionDiscard, e)
	if e.Candidate == nil {
		err = r.journal.Discard(id)
	} else {
		err = r.discardWithCandidate(ctx, e, log)
	}
	log.ended("discarded, recipe printed", err)
	if err != nil {
		return fmt.Errorf("%s was not discarded: %w", id, err)
	}
	return r.printRecipe(e)
}

// find opens the journal and returns an entry that can be read.
func (r *recovery) find(id string) (rebuild.Entry, error) {
	all, err := r.open()
	if err != nil {
		return rebuild.Entry{}, err
	}
	i := slices.IndexFunc(all, func(e rebuild.ListedEntry) bool { return e.ID == id })
	switch {
	case i < 0:
		return rebuild.Entry{}, fmt.Errorf("%s: %w; snapdeck recover lists them", id, rebuild.ErrNoEntry)
	case all[i].Err != nil:
		return rebuild.Entry{}, all[i].Err
	default:
		return all[i].Entry, nil
	}
}

// moveAway moves a damaged entry away. It has no recipe to print, or a part of one.
func (r *recovery) moveAway(id string) error {
	file, err := r.journal.MoveAway(id, r.Now())
	if err != nil {
		return fmt.Errorf("%s was not moved away: %w", id, err)
	}
	return printLine(r.Err, text.Sprintf("%s moved to %s: it cannot be read", id, file))
}

// discardWithCandidate removes the candidate and the entry. A candidate of another
// server or organization is left there, with a message.
func (r *recovery) discardWithCandidate(ctx context.Context, e rebuild.Entry, log entryLog) error {
	ctx, stop := withSignals(ctx)
	defer stop()
	here, err := r.connectTo(ctx)
	if err == nil {
		defer here.close()
		err = here.workflow.Discard(ctx, e.ID, func(event model.RebuildEvent) {
			log.event(event)
			r.printEvent(e.Old.Name, event)
		})
	}
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	if isForbidden(err) {
		left, ok := errors.AsType[*rebuild.CandidateLeftError](err)
		if !ok {
			left = e.Candidate.Left(err) // the credential was refused before the delete
		}
		return r.discardOnly(ctx, e, left)
	}
	if !isElsewhere(err) {
		return err
	}
	r.printError(fmt.Errorf("%s may be left at %s: %w", e.Candidate.Recipe.Name, e.Target.APIURL, err))
	return r.journal.Discard(e.ID)
}

// discardOnly discards a rebuild and leaves a candidate that these credentials cannot
// remove, if the user confirms. A script gets an error, since only the entry names the
// candidate.
func (r *recovery) discardOnly(ctx context.Context, e rebuild.Entry, left *rebuild.CandidateLeftError) error {
	screen := r.promptTerminal()
	if screen == nil {
		return fmt.Errorf("%w · use a key with the permission delete:snapshots, or run this in a terminal to leave the candidate", left)
	}
	agreed, err := confirm(ctx, r.In, screen, text.Sprintf("%s. Discard the rebuild and leave the candidate?", left.Error()))
	if err != nil {
		return err
	}
	if !agreed {
		return left
	}
	if err := r.journal.Discard(e.ID); err != nil {
		return err
	}
	return printLine(r.Err, text.Sprintf("left at %s: %s", e.Target.APIURL, left.Candidate()))
}

// isForbidden reports whether the server refuses a request with these credentials.
func isForbidden(err error) bool {
	code := model.CodeOf(err)
	return code == model.Forbidden || code == model.Unauthorized
}

// isElsewhere reports whether an entry belongs to another server or organization than
// the credentials.
func isElsewhere(err error) bool {
	return errors.Is(err, rebuild.ErrOtherServer) || errors.Is(err, rebuild.ErrOtherOrganization) ||
		errors.Is(err, rebuild.ErrUnknownOrganization) || errors.Is(err, config.ErrNoCredentials)
}

// printRecipe prints the body of the create request. With an edited Dockerfile it prints
// the recipes with the old and the edited one.
func (r *recovery) printRecipe(e rebuild.Entry) error {
	var printed any = e.Recipe
	if original, edited, ok := e.Recipes(); ok {
		printed = struct {
			Original model.Recipe `json:"original"`
			Edited   model.Recipe `json:"edited"`
		}{original, edited}
	}
	recipe, err := json.MarshalIndent(printed, "", "  ")
	if err != nil {
		return err
	}
	if term.IsTerminal(r.Out.Fd()) {
		recipe = []byte(text.JSON(string(recipe)))
	}
	_, err = fmt.Fprintf(r.Out, "%s\n", recipe)
	return err
}
