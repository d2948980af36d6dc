package cli

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/text"
)

const defaultWaitTimeout = 20 * time.Minute

// waitCommand is the command that waits for a state of one snapshot.
func (p *program) waitCommand() *cobra.Command {
	f := &flags{viewOnly: true}
	var state string
	var timeout time.Duration
	var verbose bool
	cmd := &cobra.Command{
		Use:   "wait NAME",
		Short: "Wait until a snapshot is in a state",
		Long: `Wait until a snapshot, given by name or id, is in a state, or gone.

A snapshot that has settled in another state, now or later, ends the wait:
nothing would change it by itself. Each change is printed where stdout is a
terminal, and with --verbose; otherwise only the exit code tells:

  0  it is in the state
  1  there is no such snapshot
  3  it has settled in another state, or it is gone
  4  the credentials are not good enough
  6  the time is up, or the API cannot be reached for ` + unreachableTimeout.String(),
		Example: `  snapdeck wait node-20-agents --for active --timeout 20m
  snapdeck wait node-20-agents --for gone`,
		Args:              validateName,
		ValidArgsFunction: p.completeName(f),
		RunE: p.runE(func(cmd *cobra.Command) error {
			if err := f.validate(cmd.Flags()); err != nil {
				return err
			}
			if !slices.Contains(waitStates(), state) {
				return usagef("--for is %q, want %s", state, joinOr(waitStates()))
			}
			if timeout <= 0 {
				return usagef("--timeout is %v, want more than nothing, like 20m", timeout)
			}
			w := &waiter{want: model.State(state), timeout: timeout, now: p.Now, sleep: p.Sleep}
			if verbose || term.IsTerminal(p.Out.Fd()) {
				w.report = p.printText
			}
			return p.runWait(cmd.Context(), f, w, cmd.Flags().Arg(0))
		}),
	}
	cmd.Flags().StringVar(&state, "for", string(model.StateActive), "the `state` to wait for: "+joinOr(waitStates()))
	cmd.Flags().DurationVar(&timeout, "timeout", defaultWaitTimeout, "how long to wait")
	cmd.Flags().BoolVar(&verbose, "verbose", false, "print each change of state, also where stdout is no terminal")
	f.addServerFlags(cmd, p.configFile())
	must(cmd.RegisterFlagCompletionFunc("for", cobra.FixedCompletions(waitStates(), cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

// validateName checks the arguments of wait.
func validateName(_ *cobra.Command, args []string) error {
	switch {
	case len(args) == 0 || args[0] == "":
		return usagef("wait wants the NAME or the id of a snapshot, like: snapdeck wait node-20-agents")
	case len(args) > 1:
		return usagef("wait wants one NAME, not %d: a name with spaces goes into quotes", len(args))
	}
	return nil
}

// waitStates are the states that can be waited for: those that last, then those
// that pass.
func waitStates() []string {
	var lasting, passing []string
	for _, s := range model.States() {
		if s.InTransition() {
			passing = append(passing, string(s))
		} else {
			lasting = append(lasting, string(s))
		}
	}
	return slices.Concat(lasting, []string{string(stateDeleted)}, passing)
}

// printText prints a line for a person.
func (p *program) printText(line text.Safe) { _, _ = fmt.Fprintln(p.Out, line) }

// runWait connects and waits.
func (p *program) runWait(ctx context.Context, f *flags, w *waiter, name string) error {
	if _, err := p.loadConfig(f); err != nil {
		return err
	}
	ctx, stop := withSignals(ctx)
	defer stop()
	server, err := p.connect(ctx, f)
	if err != nil {
		return err
	}
	defer server.close()
	w.api = server.api
	err = w.wait(ctx, name)
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}
