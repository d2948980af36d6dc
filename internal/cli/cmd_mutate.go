package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"daytona/snapdeck/ui/mutation"
)

// mutateCommands returns the commands of one request on each snapshot.
func (p *program) mutateCommands() []*cobra.Command {
	return []*cobra.Command{
		p.mutateCommand(mutation.Activate(), "Activate snapshots, so that new sandboxes can use them",
			"The server builds or pulls each snapshot again; `snapdeck wait` waits for that. For ten\nminutes after a change of a snapshot, the server refuses to activate it.", "state:inactive"),
		p.mutateCommand(mutation.Deactivate(), "Deactivate snapshots: they stay, but no new sandbox can use them",
			"If a snapshot is being removed, this reverts the delete.", "state:active used:>30d"),
		p.mutateCommand(mutation.Delete(), "Delete snapshots",
			"The recipe of each is saved to disk first, and `snapdeck restore` creates it again. A\ndelete is done when the server says 404.", "state:failed age:>7d"),
	}
}

// mutateCommand returns the command for one mutation.
func (p *program) mutateCommand(m *mutation.Mutation, short, about, example string) *cobra.Command {
	f := &flags{}
	r := &mutateRun{mutation: m}
	question := aboutQuestion
	if m.Disruptive {
		question += " " + aboutNames
	}
	cmd := &cobra.Command{
		Use:   m.Name + " NAME... | --query QUERY",
		Short: short,
		Long: short + `.
Give their names or ids, or a query for all that match.

` + strings.ReplaceAll(about, "`", "") + `

` + question + `

` + aboutResults + " " + aboutUnknown + `

` + aboutCodes,
		Example: `  snapdeck ` + m.Name + ` node-20-agents
  snapdeck ` + m.Name + ` --query '` + example + `' --yes -o json`,
		RunE: p.runE(func(cmd *cobra.Command) error {
			return p.withServer(cmd, f, func(ctx context.Context, s *session) error { return r.run(ctx, s) })
		}),
	}
	r.addQuery(p, cmd, f)
	r.addFlags(cmd, m.Disruptive)
	outputFlag(cmd, &r.output, "text", "json")
	f.addServerFlags(cmd, p.configFile())
	return cmd
}

// The parts of the help that several actions share.
const (
	aboutQuestion = `The command asks the same question as the dashboard. --yes answers y.`
	aboutNames    = `A snapshot
that is protected or was used in the last day, and for a delete one that is in use or
of unknown use, must be confirmed by its name: typed, or with --confirm NAME for each.`
	aboutResults = `Progress goes to stderr, one line for each change. Results go to stdout, with -o json
as an array of id, name, action, outcome, reason and seconds. The outcome is done,
failed, skipped, unknown or not tried.`
	aboutUnknown = `If a request is not answered, the command reads
the snapshot for up to ten minutes before it reports unknown.`
	aboutCodes = `Exit codes: 0 all done; 1 refused or declined; 2 a question without a terminal;
3 partly done or unknown; snapdeck help exit-codes lists all.`
)
