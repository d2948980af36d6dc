package cli

import (
	"cmp"
	"context"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/ui/text"
)

// recoverCommand returns the command for interrupted rebuilds.
func (p *program) recoverCommand() *cobra.Command {
	var (
		f                 = &flags{}
		resume, yes       bool
		discard, original string
		region            string
	)
	cmd := &cobra.Command{
		Use:   "recover",
		Short: "List, resume or discard unfinished rebuilds",
		Long: `A rebuild saves the recipe of a snapshot, deletes the snapshot and creates it
again. If a crash or a lost connection interrupts it, the recipe is still saved.
Without a flag, recover lists the unfinished rebuilds and sends nothing. If the
server does not accept an edited Dockerfile, --original restores the old one.

--resume works on the rebuilds of the server and organization of the credentials
and ends when each create is accepted. --region creates in another region of the
old snapshot than the confirmed one. Exit codes: 0 no unfinished rebuilds;
3 some were resumed and some were not; 4 not authorized; 6 server unreachable;
5 unfinished rebuilds remain.`,
		Example: `  snapdeck recover
  snapdeck recover --resume --yes
  snapdeck recover --original 3fa29c01b7d4
  snapdeck recover --discard 3fa29c01b7d4`,
		Args: cobra.NoArgs,
		RunE: p.runE(func(cmd *cobra.Command) error {
			r := recovery{program: p, flags: f, set: cmd.Flags()}
			if err := onlyOne(cmd.Flags(), "resume", "original", "discard"); err != nil {
				return err
			}
			switch {
			case resume:
				r.region = region
				return r.resume(cmd.Context(), yes)
			case yes, region != "":
				return usagef("--yes and --region need --resume")
			case cmd.Flags().Changed("discard"):
				return r.discard(cmd.Context(), discard)
			case cmd.Flags().Changed("original"):
				return r.original(original)
			default:
				return r.list()
			}
		}),
	}
	f.addAPIFlags(cmd.Flags(), p.configFile())
	set := cmd.Flags()
	set.BoolVar(&resume, "resume", false, "resume the rebuilds of this server and organization")
	set.BoolVar(&yes, "yes", false, "resume without asking")
	set.StringVar(&region, "region", "", "with --resume: create in the region with this `id`, not in the confirmed one")
	set.StringVar(&discard, "discard", "", "discard the rebuild with this `id`, and print its recipe")
	set.StringVar(&original, "original", "", "restore the old Dockerfile in the rebuild with this `id`")
	must(cmd.RegisterFlagCompletionFunc("discard", p.unfinishedIDs(func(rebuild.ListedEntry) bool { return true })))
	must(cmd.RegisterFlagCompletionFunc("original", p.unfinishedIDs(canRestore)))
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

// recovery is one run of the command.
type recovery struct {
	*program
	flags   *flags
	set     *pflag.FlagSet
	journal *rebuild.Journal

	region    string // in which resumed rebuilds create, "" for the confirmed one
	logBroken bool   // the action log cannot be written, and the user knows
}

// open opens the journal and returns its entries.
func (r *recovery) open() ([]rebuild.ListedEntry, error) {
	var err error
	if r.journal, err = rebuild.OpenJournal(state{dir: r.StateDir}.rebuilds()); err != nil {
		return nil, err
	}
	return r.journal.List()
}

// destination is the server and organization of the resumed rebuilds.
type destination struct {
	*server
	target   rebuild.Target
	workflow *rebuild.Workflow
}

// connectTo connects with the credentials and reads one page to check them.
func (r *recovery) connectTo(ctx context.Context) (*destination, error) {
	settings, err := r.loadConfig(r.flags)
	if err != nil {
		return nil, err
	}
	s, err := r.connect(ctx, r.flags)
	if err != nil {
		return nil, err
	}
	if readOnly(r.set, r.flags, settings, s.source) {
		s.close()
		return nil, usagef("%w is on in the configuration", errReadOnly)
	}
	r.warnInsecure(s)
	target := targetOf(s.api)
	target.OrganizationID, err = r.organization(ctx, s.api)
	if err != nil {
		s.close()
		return nil, err
	}
	return &destination{server: s, target: target, workflow: rebuild.New(rebuild.Options{
		API: s.api, Journal: r.journal, Target: target, Now: r.Now, Sleep: r.Sleep,
		RetryTimeout: unreachableTimeout, AcceptOnly: true, RegionID: r.region, ServerCheck: serverCheck(settings),
	})}, nil
}

// organization returns the organization of the credential. It sends a request in any
// case, which checks credential and server. For an API key of an organization without
// snapshots it is the one of the flag.
func (r *recovery) organization(ctx context.Context, api *client.Client) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, unreachableTimeout)
	defer cancel()
	seen, err := firstPage(ctx, api)
	return cmp.Or(api.OrganizationID(), seen, r.flags.overrides.Organization), err
}

// unfinishedIDs completes the ids of the entries that suit.
func (p *program) unfinishedIDs(suits func(rebuild.ListedEntry) bool) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		r := recovery{program: p}
		all, err := r.open()
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		var ids []string
		for _, listed := range all {
			if suits(listed) && isLiteral(listed.ID) {
				ids = append(ids, cobra.CompletionWithDesc(listed.ID, text.Cell(listed.Entry.Old.Name).String()))
			}
		}
		return ids, cobra.ShellCompDirectiveNoFileComp
	}
}

// canRestore reports whether the old Dockerfile of the entry can be restored.
func canRestore(e rebuild.ListedEntry) bool { return e.Err == nil && e.Entry.CanRestoreDockerfile() }
