package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"daytona/snapdeck/ui/text"
)

// settleTimeout is how long the end of the program waits for rebuilds to write down how
// far they came. Their recipes are on the disk in any case.
const settleTimeout = time.Second

// errExiting is why a rebuild stopped that was under way when the program ended.
var errExiting = errors.New("snapdeck was ended")

// exitError returns what the program ends with. A rebuild that this run leaves
// half-way is told whatever ended it, and decides the exit code where nothing else
// does.
func (p *program) reportUnfinished(ended, left error) error {
	if ended == nil {
		return left
	}
	if left != nil {
		p.printError(left)
	}
	return ended
}

// remaining is nil, or an error that says which of this run's rebuilds are unfinished
// and how to finish them. The journal has the truth.
func (r *rebuilder) unfinished(again string) error {
	toComplete := r.underway.settle(settleTimeout)
	if r.trouble != nil || len(toComplete) == 0 {
		return nil
	}
	all, err := r.base.Journal.List()
	if err != nil {
		return err
	}
	var names []string
	for _, one := range all {
		if toComplete[one.ID] || toComplete[one.Entry.Old.ID] {
			names = append(names, one.Entry.Old.Name)
		}
	}
	return unfinishedError(names, again)
}

// unfinishedError tells of rebuilds that are left.
func unfinishedError(names []string, again string) error {
	switch len(names) {
	case 0:
		return nil
	case 1:
		return exitError{fmt.Errorf("the rebuild of %s is unfinished and its recipe is saved: %s", names[0], again), exitUnfinished}
	default:
		return exitError{fmt.Errorf("%d rebuilds are unfinished and their recipes are saved: %s", len(names), again), exitUnfinished}
	}
}

// recoverCommand is the command that finishes what a run with these flags left.
func (f *flags) recoverCommand() string {
	command := []string{name, "recover", "--finish"}
	for _, flag := range []struct{ name, value string }{
		{"--api-url", f.overrides.APIURL}, {"--profile", f.overrides.Profile}, {"--organization", f.overrides.Organization},
	} {
		if flag.value != "" {
			command = append(command, flag.name, text.ShellWord(flag.value))
		}
	}
	return strings.Join(command, " ")
}
