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

// discard forgets one rebuild, and prints its recipe: a slip shall cost no more
// than a paste.
func (r *recoverCommand) discard(ctx context.Context, id string) error {
	e, err := r.find(id)
	if err != nil {
		return err
	}
	log := r.actionLog(actionDiscard, e)
	if e.Candidate == nil {
		err = r.journal.Discard(id)
	} else {
		err = r.discardWithCandidate(ctx, e, log)
	}
	log.ended("forgotten, and its recipe printed", err)
	if err != nil {
		return fmt.Errorf("%s is kept: %w", id, err)
	}
	return r.printRecipe(e)
}

// findRows opens the journal and returns an entry that can be read.
func (r *recoverCommand) find(id string) (rebuild.Entry, error) {
	all, err := r.open()
	if err != nil {
		return rebuild.Entry{}, err
	}
	i := slices.IndexFunc(all, func(one rebuild.ListedEntry) bool { return one.ID == id })
	switch {
	case i < 0:
		return rebuild.Entry{}, fmt.Errorf("%s: %w; snapdeck recover lists them", id, rebuild.ErrNoEntry)
	case all[i].Err != nil:
		return rebuild.Entry{}, fmt.Errorf("%s is left alone: %w", id, all[i].Err)
	default:
		return all[i].Entry, nil
	}
}

// discardBoth removes the candidate, too. One that belongs to another place is left
// there, and the user is told where.
func (r *recoverCommand) discardWithCandidate(ctx context.Context, e rebuild.Entry, log entryLog) error {
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
			left = e.Candidate.Left(err) // nobody was let in at all
		}
		return r.discardOnly(ctx, e, left)
	}
	if !isElsewhere(err) {
		return err
	}
	r.printError(fmt.Errorf("%s may be left at %s: %w", e.Candidate.Recipe.Name, e.Target.APIURL, err))
	return r.journal.Discard(e.ID)
}

// leave forgets a rebuild whose candidate these credentials will never remove, if
// somebody is there to say so. A script rather keeps it: nobody would know of the
// candidate any more.
func (r *recoverCommand) discardOnly(ctx context.Context, e rebuild.Entry, left *rebuild.CandidateLeftError) error {
	screen := r.promptTerminal()
	if screen == nil {
		return fmt.Errorf("%w · use a key that may, or run this on a terminal to leave the candidate there", left)
	}
	agreed, err := confirm(ctx, r.In, screen, text.Sprintf("%s. Forget the rebuild and leave the candidate there?", left.Error()))
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

// isForbidden reports whether the server refuses to do something for these
// credentials, now and later.
func isForbidden(err error) bool {
	code := model.CodeOf(err)
	return code == model.Forbidden || code == model.Unauthorized
}

// isElsewhere reports whether an error says that the entry's place is not that of
// the credentials.
func isElsewhere(err error) bool {
	return errors.Is(err, rebuild.ErrOtherServer) || errors.Is(err, rebuild.ErrOtherOrganization) ||
		errors.Is(err, rebuild.ErrUnknownOrganization) || errors.Is(err, config.ErrNoCredentials)
}

// printRecipe prints what a create would have been sent. Where the Dockerfile was
// edited it prints the recipe with the old one beside that with the new one.
func (r *recoverCommand) printRecipe(e rebuild.Entry) error {
	var forgotten any = e.Recipe
	if original, edited, ok := e.Recipes(); ok {
		forgotten = struct {
			Original model.Recipe `json:"original"`
			Edited   model.Recipe `json:"edited"`
		}{original, edited}
	}
	recipe, err := json.MarshalIndent(forgotten, "", "  ")
	if err != nil {
		return err
	}
	if term.IsTerminal(r.Out.Fd()) {
		recipe = inertJSON(recipe)
	}
	_, err = fmt.Fprintf(r.Out, "%s\n", recipe)
	return err
}
