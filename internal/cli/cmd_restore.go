package cli

import (
	"context"

	"github.com/spf13/cobra"
)

// restoreCommand returns the restore command.
func (p *program) restoreCommand() *cobra.Command {
	f := &flags{}
	r := &restoreRun{}
	cmd := &cobra.Command{
		Use:   "restore [NAME]",
		Short: "List deleted snapshots, or create one again",
		Long: `Without a name, list the deleted snapshots of this server and organization that have
a saved recipe, newest first. The note says why one cannot be restored, for example
because it was taken from a sandbox. -o json prints an array of id, name, deleted,
note and snapshot, as the server sent it.

With the name or the id of one, create it again from its recipe and follow it until
it is active. --name creates it under another name. A restore that is interrupted
can be resumed: snapdeck recover --resume.`,
		Example: `  snapdeck restore
  snapdeck restore node-20-agents --yes
  snapdeck restore node-20-agents --name node-20-agents-old`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: p.completeDeleted(f),
		RunE: p.runE(func(cmd *cobra.Command) error {
			if len(cmd.Flags().Args()) == 0 && (r.name != "" || r.yes) {
				return usagef("--name and --yes need the NAME or id of a deleted snapshot")
			}
			return p.withServer(cmd, f, func(ctx context.Context, s *session) error { return r.run(ctx, s, cmd.Flags().Arg(0)) })
		}),
	}
	r.addFlags(cmd, false)
	outputFlag(cmd, &r.output, "text", "json")
	cmd.Flags().StringVar(&r.name, "name", "", "create it under this `name`")
	cmd.Flags().BoolVar(&r.logs, "log", false, "print the build log on stderr")
	f.addServerFlags(cmd, p.configFile())
	return cmd
}
