package cli

import (
	"context"
	"errors"
	"fmt"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/text"
)

// finish carries on what belongs to this server and organization.
func (r *recoverCommand) resume(ctx context.Context, yes bool) error {
	if !yes && r.promptTerminal() == nil {
		return usagef("--finish asks before it changes anything: use --yes where there is no terminal")
	}
	all, err := r.open()
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return printLine(r.Err, text.Lit("no rebuild is unfinished"))
	}
	ctx, stop := withSignals(ctx)
	defer stop()
	here, err := r.connectTo(ctx)
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	if err != nil {
		return err
	}
	defer here.close()
	todo, count := r.split(all, here.target)
	if len(todo) > 0 && !yes {
		agreed, err := r.confirm(ctx, todo, here)
		if err != nil {
			return err
		}
		if !agreed {
			count.unfinished += len(todo)
			return count.err()
		}
	}
	for _, one := range todo {
		count.add(r.resumeOne(ctx, here.workflow, one.Entry))
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
	}
	return count.err()
}

// divide picks what can be finished here, and tells why the rest cannot.
func (r *recoverCommand) split(all []rebuild.ListedEntry, here rebuild.Target) (todo []rebuild.ListedEntry, count finishSummary) {
	for _, one := range all {
		why := one.Err
		if why == nil {
			why = here.Accepts(one.Entry.Target)
		}
		if why == nil && one.InUse {
			why = rebuild.ErrInUse
		}
		if why == nil {
			todo = append(todo, one)
			continue
		}
		if errors.Is(why, rebuild.ErrUnknownOrganization) {
			why = fmt.Errorf("%w with --organization; the rebuild belongs to %s", why, one.Entry.Target.OrganizationID)
		}
		count.unfinished++
		r.printError(fmt.Errorf("%s %s is left alone: %w", one.ID, one.Entry.Old.Name, why))
	}
	return todo, count
}

// agreed shows what is about to be finished and asks.
func (r *recoverCommand) confirm(ctx context.Context, todo []rebuild.ListedEntry, here *destination) (bool, error) {
	screen := r.promptTerminal()
	if err := writeUnfinished(screen, todo, here.target); err != nil {
		return false, err
	}
	question := text.Sprintf("Finish %d of them at %s?", len(todo), here.api.Host())
	if len(todo) == 1 {
		question = text.Sprintf("Finish it at %s?", here.api.Host())
	}
	return confirm(ctx, r.In, screen, question)
}

// carryOn finishes one, and tells of it line by line.
func (r *recoverCommand) resumeOne(ctx context.Context, w *rebuild.Workflow, e rebuild.Entry) (model.RebuildResult, error) {
	log := r.actionLog(actionResume, e)
	result, err := w.Resume(ctx, e.ID, func(event model.RebuildEvent) {
		log.event(event)
		r.printEvent(e.Old.Name, event)
	})
	log.ended(resultText(result), err)
	switch {
	case context.Cause(ctx) != nil: // it ends here, and the journal has the rest
	case err != nil:
		r.printError(fmt.Errorf("%s: %w", e.Old.Name, err))
	case result.New != nil:
		r.printText(text.Sprintf("%s is created again: %s, %s", e.Old.Name, result.New.ID, result.New.State.Label()))
	}
	if result.Accepted() && result.Replaced != "" {
		_ = printLine(r.Err, text.Sprintf("%s: the old Dockerfile is kept in %s", e.Old.Name, result.Replaced))
	}
	return result, err
}

// came is what a rebuild came to that ended well.
func resultText(result model.RebuildResult) string {
	if result.New == nil {
		return string(result.Outcome)
	}
	return fmt.Sprintf("created again: %s, %s", result.New.ID, result.New.State.Label())
}

// report shows the steps and what the server answered, but not every look at it.
func (r *recoverCommand) printEvent(name string, e model.RebuildEvent) {
	switch {
	case e.Call != "":
		_ = printLine(r.Err, text.Sprintf("%s: %s → %s", name, e.Call, e.Detail))
	case e.Phase == model.PhaseStarted:
		_ = printLine(r.Err, text.Sprintf("%s: %s", name, e.Step.Label()))
	}
}
