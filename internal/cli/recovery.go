package cli

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/ui/text"
)

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
