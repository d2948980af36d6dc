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

const defaultPatience = 20 * time.Minute

// wait is the command that waits for a state of one snapshot.
func (p *program) wait() *cobra.Command {
	f := &flags{looks: true}
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
  6  the time is up, or the API cannot be reached for ` + unreachableAfter.String(),
		Example: `  snapdeck wait node-20-agents --for active --timeout 20m
  snapdeck wait node-20-agents --for gone`,
		Args:              oneName,
		ValidArgsFunction: p.completeName(f),
		RunE: p.begin(func(cmd *cobra.Command) error {
			if err := f.check(cmd.Flags()); err != nil {
				return err
			}
			if !slices.Contains(awaitable(), state) {
				return usagef("--for is %q, want %s", state, oneOf(awaitable()))
			}
			if timeout <= 0 {
				return usagef("--timeout is %v, want more than nothing, like 20m", timeout)
			}
			w := &waiter{want: model.State(state), timeout: timeout, now: p.Now, sleep: p.Sleep}
			if verbose || term.IsTerminal(p.Out.Fd()) {
				w.tell = p.say
			}
			return p.await(cmd.Context(), f, w, cmd.Flags().Arg(0))
		}),
	}
	cmd.Flags().StringVar(&state, "for", string(model.StateActive), "the `state` to wait for: "+oneOf(awaitable()))
	cmd.Flags().DurationVar(&timeout, "timeout", defaultPatience, "how long to wait")
	cmd.Flags().BoolVar(&verbose, "verbose", false, "print each change of state, also where stdout is no terminal")
	f.addServer(cmd, p.settingsFile())
	must(cmd.RegisterFlagCompletionFunc("for", cobra.FixedCompletions(awaitable(), cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

// oneName checks the arguments of wait.
func oneName(_ *cobra.Command, args []string) error {
	switch {
	case len(args) == 0 || args[0] == "":
		return usagef("wait wants the NAME or the id of a snapshot, like: snapdeck wait node-20-agents")
	case len(args) > 1:
		return usagef("wait wants one NAME, not %d: a name with spaces goes into quotes", len(args))
	}
	return nil
}

// awaitable are the states that can be waited for: those that last, then those
// that pass.
func awaitable() []string {
	var lasting, passing []string
	for _, s := range model.States() {
		if s.InTransition() {
			passing = append(passing, string(s))
		} else {
			lasting = append(lasting, string(s))
		}
	}
	return slices.Concat(lasting, []string{string(stateGone)}, passing)
}

// say prints a line for a person.
func (p *program) say(line text.Safe) { _, _ = fmt.Fprintln(p.Out, line) }

// await connects and waits.
func (p *program) await(ctx context.Context, f *flags, w *waiter, name string) error {
	if _, err := p.settings(f); err != nil {
		return err
	}
	ctx, stop := untilSignal(ctx)
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
