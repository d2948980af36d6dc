package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/text"
)

// settleTimeout is how long the program waits for rebuilds to write their progress to
// the journal before it exits. Their recipes are already there.
const settleTimeout = time.Second

// errExiting stops rebuilds that are running when the program exits.
var errExiting = errors.New("snapdeck exited")

// reportUnfinished returns the error that the program exits with: err, or unfinished if
// err is nil. Otherwise it prints unfinished.
func (p *program) reportUnfinished(err, unfinished error) error {
	if err == nil {
		return unfinished
	}
	if unfinished != nil {
		p.printError(unfinished)
	}
	return err
}

// unfinished returns an error with this run's rebuilds that the journal lists as
// unfinished and the command that resumes them, or nil.
func (r *rebuilder) unfinished(resumeCommand string) error {
	started := r.running.stop(settleTimeout)
	if len(started) == 0 {
		return nil
	}
	journal, err := r.journal.wait(context.Background()) // it is open: a rebuild has started
	if err != nil {
		return err
	}
	listed, err := journal.List()
	if err != nil {
		return err
	}
	var names, cleanup []string
	var modes []model.RebuildMode
	for _, item := range listed {
		outcome, ok := started[item.ID]
		if !ok {
			outcome, ok = started[item.Entry.Old.ID]
		}
		switch {
		case !ok:
		case item.Entry.NewSeen, model.RebuildResult{Outcome: outcome}.Accepted():
			cleanup = append(cleanup, item.Entry.Old.Name)
		default:
			names, modes = append(names, item.Entry.Old.Name), append(modes, item.Entry.Mode)
		}
	}
	return unfinishedError(model.CommonAction(modes), names, cleanup, resumeCommand)
}

// unfinishedError returns the error for unfinished rebuilds, restores or creates, by the names
// of their snapshots, and for those that created the snapshot and left something to clean up.
func unfinishedError(action string, names, cleanup []string, resumeCommand string) error {
	var texts []string
	switch len(names) {
	case 0:
	case 1:
		texts = append(texts, "the "+action+" of "+names[0]+" is unfinished, its recipe is saved")
	default:
		texts = append(texts, fmt.Sprintf("%d %ss are unfinished, their recipes are saved", len(names), action))
	}
	if len(cleanup) > 0 {
		texts = append(texts, "created, but not cleaned up: "+strings.Join(cleanup, ", "))
	}
	if len(texts) == 0 {
		return nil
	}
	return exitError{errors.New(strings.Join(texts, "; ") + ": " + resumeCommand), exitUnfinished}
}

// resumeCommand returns the command line that resumes the rebuilds of a run with these
// flags.
func (f *flags) resumeCommand() string {
	command := []string{name, "recover", "--resume"}
	for _, flag := range []struct{ name, value string }{
		{"--api-url", f.overrides.APIURL}, {"--profile", f.overrides.Profile}, {"--organization", f.overrides.Organization},
	} {
		if flag.value != "" {
			command = append(command, flag.name, text.ShellWord(flag.value))
		}
	}
	return strings.Join(command, " ")
}
