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

// recovery is the command for rebuilds that were left half-way.
func (p *program) recovery() *cobra.Command {
	var (
		f                 = &flags{}
		finish, yes       bool
		discard, original string
	)
	cmd := &cobra.Command{
		Use:   "recover",
		Short: "Show, finish or discard rebuilds that were left half-way",
		Long: `A rebuild deletes a snapshot and creates it again from a recipe that is saved
first. Where a crash or a lost connection came between, the recipe is still here.
Without a flag the unfinished rebuilds are listed, and nothing is sent.
Where the Dockerfile was edited and the server does not accept that, --original
goes back to the old one.

Finishing works on those that belong to the server and the organization of the
credentials, and ends as soon as each create was accepted. The exit code is 0 if
nothing is left; 3 if some are finished and some are not; 4 or 6 if the server
lets nobody in or cannot be reached; 5 if something is left.`,
		Example: `  snapdeck recover
  snapdeck recover --finish --yes
  snapdeck recover --original 3fa29c01b7d4
  snapdeck recover --discard 3fa29c01b7d4`,
		Args: cobra.NoArgs,
		RunE: p.runE(func(cmd *cobra.Command) error {
			r := recoverCommand{program: p, flags: f, set: cmd.Flags()}
			if err := onlyOne(cmd.Flags(), "finish", "original", "discard"); err != nil {
				return err
			}
			switch {
			case finish:
				return r.resume(cmd.Context(), yes)
			case yes:
				return usagef("--yes needs --finish")
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
	set.BoolVar(&finish, "finish", false, "finish what belongs to this server and organization")
	set.BoolVar(&yes, "yes", false, "do not ask before finishing")
	set.StringVar(&discard, "discard", "", "forget the rebuild with this `id`, and its recipe")
	set.StringVar(&original, "original", "", "go back to the old Dockerfile in the rebuild with this `id`")
	must(cmd.RegisterFlagCompletionFunc("discard", p.unfinishedIDs(func(rebuild.ListedEntry) bool { return true })))
	must(cmd.RegisterFlagCompletionFunc("original", p.unfinishedIDs(isEdited)))
	return cmd
}

// onlyOne refuses more than one of the flags that say what to do.
func onlyOne(set *pflag.FlagSet, names ...string) error {
	given := slices.DeleteFunc(names, func(name string) bool { return !set.Changed(name) })
	if len(given) < 2 {
		return nil
	}
	return usagef("--%s and --%s exclude each other: give one of them", given[0], given[1])
}

// recoverer is one run of the command.
type recoverCommand struct {
	*program
	flags   *flags
	set     *pflag.FlagSet
	journal *rebuild.Journal

	logBroken bool // and the user was told
}

// open opens the journal and returns what is in it.
func (r *recoverCommand) open() ([]rebuild.ListedEntry, error) {
	var err error
	if r.journal, err = rebuild.OpenJournal(state{dir: r.StateDir}.rebuilds()); err != nil {
		return nil, err
	}
	return r.journal.List()
}

// place is a server and an organization that recover works on.
type destination struct {
	*server
	target   rebuild.Target
	workflow *rebuild.Workflow
}

// arrive finds out where the credentials lead, and makes sure that the server lets
// them in.
func (r *recoverCommand) connectTo(ctx context.Context) (*destination, error) {
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
		return nil, usagef("%w: the configuration says so", errReadOnly)
	}
	target := targetOf(s.api)
	target.OrganizationID, err = r.organization(ctx, s.api)
	if err != nil {
		s.close()
		return nil, err
	}
	return &destination{server: s, target: target, workflow: rebuild.New(rebuild.Options{
		API: s.api, Journal: r.journal, Target: target, Now: r.Now, Sleep: r.Sleep,
		RetryTimeout: unreachableTimeout, AcceptOnly: true,
	})}, nil
}

// organization asks the server, whatever is known already: a credential that it
// does not accept, or a server that does not answer, is found here. A key whose
// organization has no snapshot left tells none, so the user must.
func (r *recoverCommand) organization(ctx context.Context, api *client.Client) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, unreachableTimeout)
	defer cancel()
	seen, err := firstPage(ctx, api)
	return cmp.Or(api.OrganizationID(), seen, r.flags.overrides.Organization), err
}

// unfinishedIDs completes the ids of what is in the journal and suits.
func (p *program) unfinishedIDs(suits func(rebuild.ListedEntry) bool) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		r := recoverCommand{program: p}
		all, err := r.open()
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		var ids []string
		for _, one := range all {
			if suits(one) {
				ids = append(ids, cobra.CompletionWithDesc(one.ID, text.Cell(one.Entry.Old.Name).String()))
			}
		}
		return ids, cobra.ShellCompDirectiveNoFileComp
	}
}

// isEdited reports whether there is an old Dockerfile to go back to.
func isEdited(one rebuild.ListedEntry) bool {
	return one.Err == nil && one.Entry.CanRestoreDockerfile()
}
