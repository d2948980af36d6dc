// Package cli implements the command line: flags, configuration, commands, output and
// exit codes.
//
// It is the only package that uses files, environment variables, the clock and the
// process; it passes them to the other packages. Run is the whole program with all of
// these as parameters, so that tests can call it.
package cli

import (
	"context"
	"io"

	"github.com/spf13/cobra"
)

const name = "snapdeck"

// Run runs the program with its arguments (without its name) and returns its exit code.
func Run(args []string, env Environment) int {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()        // ends the requests in flight
	env.LogTo(io.Discard) // until connect
	p := &program{Environment: env}
	root := p.rootCommand()
	root.SetArgs(args)
	root.SetIn(env.In)
	out := &cobraOutput{out: env.Out}
	root.SetOut(out)
	root.SetErr(env.Err)
	patchCobra(root) // last: its commands keep the output that is set now
	patchUsage(root)
	err := root.ExecuteContext(ctx)
	if err == nil && out.err != nil {
		err = exitError{out.err, exitFailed}
	}
	return p.finish(err)
}

// program is one run of the program.
type program struct {
	Environment
	started bool // a command runs: errors are no longer about usage
}

// runE returns a RunE function that calls run.
func (p *program) runE(run func(cmd *cobra.Command) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, _ []string) error {
		p.started = true
		return run(cmd)
	}
}
