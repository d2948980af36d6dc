package cli

import (
	"cmp"
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

// waitCommand returns the wait command.
func (p *program) waitCommand() *cobra.Command {
	f := &flags{viewOnly: true}
	var state, output string
	var timeout time.Duration
	var verbose bool
	cmd := &cobra.Command{
		Use:   "wait NAME",
		Short: "Wait for a state of a snapshot",
		Long: `Wait until a snapshot, given by name or id, reaches a state or is deleted.

It ends early if the snapshot reaches another final state. State changes
are printed with --verbose, or if stdout is a terminal. -o json prints one object at
the end, with name, id, state (the last one that was seen), reached and seconds.

Exit codes:

  0  the snapshot is in the state
  1  snapshot not found
  3  the snapshot is in another final state, or deleted
  4  missing or insufficient credentials
  6  timed out, or the API was unreachable for ` + unreachableTimeout.String(),
		Example: `  snapdeck wait node-20-agents --for active --timeout 20m
  snapdeck wait node-20-agents --for deleted
  snapdeck wait node-20-agents -o json | jq -r .id`,
		Args:              oneName,
		ValidArgsFunction: p.completeNames(f, 1),
		RunE: p.runE(func(cmd *cobra.Command) error {
			if !slices.Contains(waitStates(), state) {
				return usagef("--for is %q, expected %s", state, joinOr(waitStates()))
			}
			if timeout <= 0 {
				return usagef("--timeout is %v, expected a positive duration like 20m", timeout)
			}
			w := &waiter{want: model.State(state), timeout: timeout, now: p.Now, sleep: p.Sleep}
			switch {
			case output == "json" && verbose:
				w.report = func(line text.Safe) { _ = printLine(p.Err, line) }
			case output == "text" && (verbose || term.IsTerminal(p.Out.Fd())):
				w.report = p.printText
			}
			err := p.withServer(cmd, f, func(ctx context.Context, s *session) error {
				w.api = s.api
				return w.wait(ctx, cmd.Flags().Arg(0))
			})
			if output == "json" && w.state != "" {
				err = cmp.Or(p.printJSON(w.result()), err)
			}
			return err
		}),
	}
	cmd.Flags().StringVar(&state, "for", string(model.StateActive), "wait for this `state`: "+joinOr(waitStates()))
	cmd.Flags().DurationVar(&timeout, "timeout", defaultWaitTimeout, "maximum time to wait")
	cmd.Flags().BoolVar(&verbose, "verbose", false, "print state changes even if stdout is not a terminal")
	outputFlag(cmd, &output, "text", "json")
	f.addServerFlags(cmd, p.configFile())
	must(cmd.RegisterFlagCompletionFunc("for", cobra.FixedCompletions(waitStates(), cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

// waitStates returns the values of --for: the final states, then the transitional ones.
func waitStates() []string {
	var final, transitional []string
	for _, s := range model.States() {
		if s.InTransition() {
			transitional = append(transitional, string(s))
		} else {
			final = append(final, string(s))
		}
	}
	return slices.Concat(final, []string{string(stateDeleted)}, transitional)
}

// printText prints a line on stdout.
func (p *program) printText(line text.Safe) { _, _ = fmt.Fprintln(p.Out, line) }
