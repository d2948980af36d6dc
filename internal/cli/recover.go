package cli

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"daytona/snapdeck/client"
	"daytona/snapdeck/client/rebuild"
	"daytona/snapdeck/ui/text"
)

// recovery is the command for rebuilds that were left half-way.
func (p *program) recovery() *cobra.Command {
	var (
		f           = &flags{}
		finish, yes bool
		discard     string
	)
	cmd := &cobra.Command{
		Use:   "recover",
		Short: "Show, finish or discard rebuilds that were left half-way",
		Long: `A rebuild deletes a snapshot and creates it again from a recipe that is saved
first. Where a crash or a lost connection came between, the recipe is still here.
Without a flag the unfinished rebuilds are listed, and nothing is sent.

Finishing works on those that belong to the server and the organization of the
credentials, and ends as soon as each create was accepted. The exit code is 0 if
nothing is left; 3 if some are finished and some are not; 4 or 6 if the server
lets nobody in or cannot be reached; 5 if something is left.`,
		Example: `  snapdeck recover
  snapdeck recover --finish --yes
  snapdeck recover --discard 3fa29c01b7d4`,
		Args: cobra.NoArgs,
		RunE: p.begin(func(cmd *cobra.Command) error {
			r := recoverer{program: p, flags: f, set: cmd.Flags()}
			switch {
			case finish && cmd.Flags().Changed("discard"):
				return usagef("--finish and --discard exclude each other: give one of them")
			case finish:
				return r.finish(cmd.Context(), yes)
			case yes:
				return usagef("--yes needs --finish")
			case cmd.Flags().Changed("discard"):
				return r.discard(cmd.Context(), discard)
			default:
				return r.list()
			}
		}),
	}
	f.addPlace(cmd.Flags(), p.settingsFile())
	set := cmd.Flags()
	set.BoolVar(&finish, "finish", false, "finish what belongs to this server and organization")
	set.BoolVar(&yes, "yes", false, "do not ask before finishing")
	set.StringVar(&discard, "discard", "", "forget the rebuild with this `id`, and its recipe")
	must(cmd.RegisterFlagCompletionFunc("discard", p.unfinishedIDs))
	return cmd
}

// recoverer is one run of the command.
type recoverer struct {
	*program
	flags   *flags
	set     *pflag.FlagSet
	journal *rebuild.Journal

	logBroken bool // and the user was told
}

// open opens the journal and returns what is in it.
func (r *recoverer) open() ([]rebuild.Listed, error) {
	var err error
	if r.journal, err = rebuild.OpenJournal(state{dir: r.StateDir}.rebuilds()); err != nil {
		return nil, err
	}
	return r.journal.List()
}

// place is a server and an organization that recover works on.
type place struct {
	*server
	target   rebuild.Target
	workflow *rebuild.Workflow
}

// arrive finds out where the credentials lead, and makes sure that the server lets
// them in.
func (r *recoverer) arrive(ctx context.Context) (*place, error) {
	settings, err := r.settings(r.flags)
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
	return &place{server: s, target: target, workflow: rebuild.New(rebuild.Options{
		API: s.api, Journal: r.journal, Target: target, Now: r.Now, Sleep: r.Sleep,
		Patience: unreachableAfter, AcceptOnly: true,
	})}, nil
}

// organization asks the server, whatever is known already: a credential that it
// does not accept, or a server that does not answer, is found here. A key whose
// organization has no snapshot left tells notSet, so the user must.
func (r *recoverer) organization(ctx context.Context, api *client.Client) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, unreachableAfter)
	defer cancel()
	seen, err := firstPage(ctx, api)
	return cmp.Or(api.OrganizationID(), seen, r.flags.wishes.Organization), err
}

// unfinishedIDs completes the ids of what is in the journal.
func (p *program) unfinishedIDs(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	r := recoverer{program: p}
	all, err := r.open()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	ids := make([]string, len(all))
	for i, one := range all {
		ids[i] = cobra.CompletionWithDesc(one.ID, text.Cell(one.Entry.Old.Name).String())
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}
