package cli

import (
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"daytona/snapdeck/internal/rebuild"
)

// recoverCommand returns the command for interrupted actions.
func (p *program) recoverCommand() *cobra.Command {
	var (
		f                 = &flags{}
		resume, yes       bool
		discard, original string
		region, output    string
		purge             string
	)
	cmd := &cobra.Command{
		Use:   "recover",
		Short: "List, resume or discard unfinished actions",
		Long: `A rebuild saves the recipe of a snapshot, deletes the snapshot and creates it
again. If a crash or a lost connection interrupts it, the recipe is still saved,
as it is for a restore or a create.

Without a flag, recover lists these unfinished actions and sends nothing; -o json
prints an array of id, name, kind, mode, step, started, apiUrl, organization and
note. If the server does not accept an edited Dockerfile, --original restores the
old one.

--resume resumes those of the server and organization of the credentials, and
ends when the server has accepted each create. --region creates in another region of
the old snapshot than the confirmed one.

The recipes of deleted snapshots are kept for 90 days: snapdeck restore lists them.
--purge removes those of a name or an id, or all of them. It changes nothing on a
server, and keeps unfinished actions.

Exit codes: 0 no unfinished actions; 3 some were resumed and some were not; 4 not
authorized; 5 unfinished actions remain; 6 server unreachable.`,
		Example: `  snapdeck recover
  snapdeck recover --resume --yes
  snapdeck recover --original 3fa29c01b7d4
  snapdeck recover --discard 3fa29c01b7d4
  snapdeck recover --purge all`,
		Args: cobra.NoArgs,
		RunE: p.runE(func(cmd *cobra.Command) error {
			r := recovery{program: p, flags: f, set: cmd.Flags()}
			if err := onlyOne(cmd.Flags(), "resume", "original", "discard", "purge"); err != nil {
				return err
			}
			switch {
			case output == "json" && (resume || cmd.Flags().Changed("original") || cmd.Flags().Changed("discard") || cmd.Flags().Changed("purge")):
				return usagef("-o json is for the list of unfinished actions")
			case resume:
				r.region = region
				return r.resume(cmd.Context(), yes)
			case region != "":
				return usagef("--region needs --resume")
			case cmd.Flags().Changed("purge"):
				return r.purge(cmd.Context(), purge, yes)
			case yes:
				return usagef("--yes needs --resume or --purge")
			case cmd.Flags().Changed("discard"):
				return r.discard(cmd.Context(), discard)
			case cmd.Flags().Changed("original"):
				return r.original(original)
			default:
				return r.list(output)
			}
		}),
	}
	outputFlag(cmd, &output, "text", "json")
	f.addAPIFlags(cmd.Flags(), p.configFile())
	set := cmd.Flags()
	set.BoolVar(&resume, "resume", false, "resume the actions of this server and organization")
	set.BoolVar(&yes, "yes", false, "resume or purge without asking")
	set.StringVar(&region, "region", "", "with --resume: create in the region with this `id`, not in the confirmed one")
	set.StringVar(&discard, "discard", "", "discard the action with this `id`, and print its recipe")
	set.StringVar(&original, "original", "", "restore the old Dockerfile in the rebuild with this `id`")
	set.StringVar(&purge, "purge", "", "remove the saved recipes of deleted snapshots: those of a `name` or id, or all")
	must(cmd.RegisterFlagCompletionFunc("discard", p.unfinishedIDs(func(rebuild.ListedEntry) bool { return true })))
	must(cmd.RegisterFlagCompletionFunc("original", p.unfinishedIDs(canRestore)))
	must(cmd.RegisterFlagCompletionFunc("region", p.completeRegion(f)))
	return cmd
}

// onlyOne returns an error if more than one of the flags is set.
func onlyOne(set *pflag.FlagSet, names ...string) error {
	given := slices.DeleteFunc(names, func(name string) bool { return !set.Changed(name) })
	if len(given) < 2 {
		return nil
	}
	return usagef("--%s and --%s exclude each other: use one of them", given[0], given[1])
}
