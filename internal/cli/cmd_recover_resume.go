package cli

import (
	"context"
	"errors"
	"fmt"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

// resume resumes the actions of this server and organization.
func (r *recovery) resume(ctx context.Context, yes bool) error {
	if !yes && r.promptTerminal() == nil {
		return usagef("--resume asks before it changes anything: use --yes without a terminal")
	}
	all, err := r.open()
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return printLine(r.Err, text.Lit("no unfinished actions"))
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
	todo, summary := r.split(all, here.target)
	if len(todo) > 0 && !yes {
		agreed, err := r.confirm(ctx, todo, here)
		if err != nil {
			return err
		}
		if !agreed {
			summary.unfinished += len(todo)
			return summary.err()
		}
	}
	for _, listed := range todo {
		summary.add(r.resumeOne(ctx, here.workflow, listed.Entry))
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
	}
	return summary.err()
}

// split returns the entries that can be resumed here and prints why the others cannot.
func (r *recovery) split(all []rebuild.ListedEntry, here rebuild.Target) (todo []rebuild.ListedEntry, summary resumeSummary) {
	for _, listed := range all {
		reason := listed.Err
		if reason == nil {
			reason = here.Accepts(listed.Entry.Target)
		}
		if reason == nil && listed.InUse {
			reason = rebuild.ErrInUse
		}
		if reason == nil {
			todo = append(todo, listed)
			continue
		}
		if errors.Is(reason, rebuild.ErrUnknownOrganization) {
			reason = fmt.Errorf("%w with --organization; it belongs to %s", reason, listed.Entry.Target.OrganizationID)
		}
		summary.unfinished++
		r.printError(fmt.Errorf("%s %s is skipped: %w", listed.ID, listed.Entry.Old.Name, reason))
	}
	return todo, summary
}

// confirm lists what is about to be resumed and asks.
func (r *recovery) confirm(ctx context.Context, todo []rebuild.ListedEntry, here *destination) (bool, error) {
	screen := r.promptTerminal()
	if err := writeUnfinished(screen, todo, here.target); err != nil {
		return false, err
	}
	question := text.Sprintf("Resume %s at %s?", format.Plural(len(todo), commonAction(todo)), here.api.Host())
	if len(todo) == 1 {
		question = text.Sprintf("Resume it at %s?", here.api.Host())
	}
	return confirm(ctx, r.In, screen, question)
}

// resumeOne resumes one action and prints its progress.
func (r *recovery) resumeOne(ctx context.Context, w *rebuild.Workflow, e rebuild.Entry) (model.RebuildResult, error) {
	log := r.actionLog(e.Mode.Action(), e)
	result, err := w.Resume(ctx, e.ID, func(event model.RebuildEvent) {
		log.event(event)
		r.printEvent(e.Old.Name, event)
	})
	log.ended(resultText(result), err)
	switch {
	case context.Cause(ctx) != nil: // interrupted: the caller returns the cause
	case err != nil:
		r.printError(fmt.Errorf("%s: %w", e.Old.Name, err))
	case result.New != nil:
		r.printText(text.Sprintf("%s created: %s, %s", e.Old.Name, result.New.ID, result.New.State.Label()))
	}
	if result.Accepted() && result.Replaced != "" {
		_ = printLine(r.Err, text.Sprintf("%s: old Dockerfile saved in %s", e.Old.Name, result.Replaced))
	}
	return result, err
}

// resultText returns the outcome of an action without an error.
func resultText(result model.RebuildResult) string {
	if result.New == nil {
		return string(result.Outcome)
	}
	return fmt.Sprintf("created: %s, %s", result.New.ID, result.New.State.Label())
}

// printEvent prints the steps, the answers of the server and why it waits, but not the
// polls.
func (r *recovery) printEvent(name string, e model.RebuildEvent) {
	switch {
	case e.Call != "":
		_ = printLine(r.Err, text.Sprintf("%s: %s → %s", name, e.Call, e.Detail))
	case e.Phase == model.PhaseStarted:
		_ = printLine(r.Err, text.Sprintf("%s: %s", name, e.Step.Label()))
	case e.Phase == model.PhaseProgress && e.State == "":
		_ = printLine(r.Err, text.Sprintf("%s: %s", name, e.Detail))
	}
}
