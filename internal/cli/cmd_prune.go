package cli

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"daytona/snapdeck/client"
	"daytona/snapdeck/model/query"
)

// defaultMax is how many snapshots prune deletes at most.
const defaultMax = 50

// pruneCommand returns the prune command.
func (p *program) pruneCommand() *cobra.Command {
	f := &flags{}
	r := &pruneRun{}
	var unused string
	cmd := &cobra.Command{
		Use:   "prune --keep N [QUERY...]",
		Short: "Delete old versions",
		Long: `Print which old members of each family would be deleted, and with --yes delete
them. A family is a name without its version: agents-1.4.0 and agents-1.5.0.

The newest N active or inactive members of a family stay, and always the newest
active one. So does every snapshot without a version in its name, in use or of
unknown use, with a warm pool, protected, in transition, used in the last day, or
general. Failed ones go only with --failed. A query selects what may be deleted; the
newest of a family are those of all its members.

With --yes, state, use and protection of each snapshot are checked again just before
its delete; what changed is skipped and reported. Recipes are saved first, and
snapdeck restore creates a snapshot again. A delete is done when the server says 404.

Output formats:

  table     what to delete, then what to keep and why; names without a version are counted
  json      the whole plan as an object; with --yes, also the results
  markdown  the plan as a table, for a comment or a report

Exit codes: 0 the plan was printed, or all of it is done; 1 all were refused; 3 partly
done, skipped or unknown, or nothing was deleted because the list is incomplete;
snapdeck help exit-codes lists all.`,
		Example: `  snapdeck prune --keep 3
  snapdeck prune --keep 3 --unused 14d --yes
  snapdeck prune --keep 1 --failed --family 'ci-*' --max 10 region:eu
  snapdeck prune --keep 3 -o json | jq -r '.go[].name'
  snapdeck prune --keep 3 -o markdown -- -region:eu`,
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: p.completeQuery(f),
		RunE: p.runE(func(cmd *cobra.Command) error {
			if err := r.validate(cmd.Flags(), unused); err != nil {
				return err
			}
			var err error
			if r.query, err = p.parseQuery(cmd.Flags().Args()); err != nil {
				return err
			}
			return p.withServer(cmd, f, func(ctx context.Context, s *session) error { return r.run(ctx, s) })
		}),
	}
	set := cmd.Flags()
	set.IntVar(&r.options.Keep, "keep", 0, "how many of the newest members of each family stay, at least 1")
	set.StringVar(&unused, "unused", "", "delete only what was created and last used before this `time`, like 14d or 12h")
	set.BoolVar(&r.options.Failed, "failed", false, "delete failed members, too")
	set.StringVar(&r.options.Family, "family", "", "only families with a name that matches this `pattern`, like 'ci-*'")
	set.IntVar(&r.options.Max, "max", defaultMax, "delete at most this many, the longest unused first")
	set.BoolVar(&r.yes, "yes", false, "delete; without it nothing is changed")
	outputFlag(cmd, &r.output, "table", "json", "markdown")
	f.addServerFlags(cmd, p.configFile())
	must(cmd.RegisterFlagCompletionFunc("family", p.completeFamily(f)))
	must(cmd.RegisterFlagCompletionFunc("unused", cobra.FixedCompletions([]string{"1d", "7d", "14d", "30d", "90d"}, cobra.ShellCompDirectiveNoFileComp)))
	must(cmd.RegisterFlagCompletionFunc("keep", cobra.FixedCompletions([]string{"1", "2", "3", "5", "10"}, cobra.ShellCompDirectiveNoFileComp)))
	must(cmd.RegisterFlagCompletionFunc("max", cobra.NoFileCompletions))
	return cmd
}

// validate checks the flags.
func (r *pruneRun) validate(set *pflag.FlagSet, unused string) error {
	r.unused = unused
	switch {
	case !set.Changed("keep"):
		return usagef("prune requires --keep, like: snapdeck prune --keep 3")
	case r.options.Keep < 1:
		return usagef("--keep is %d, expected at least 1", r.options.Keep)
	case r.options.Max < 1:
		return usagef("--max is %d, expected at least 1", r.options.Max)
	}
	if set.Changed("family") {
		if _, err := path.Match(r.options.Family, ""); err != nil || r.options.Family == "" {
			return usagef("--family is %q, expected a pattern like 'ci-*'", r.options.Family)
		}
	}
	if set.Changed("unused") {
		d, ok := query.ParseDuration(unused)
		if !ok || d <= 0 {
			return usagef("--unused is %q, expected a duration like 14d or 12h", unused)
		}
		r.options.Unused = d
	}
	return nil
}

// completeFamily completes the names of families. It sends one request.
func (p *program) completeFamily(f *flags) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, toComplete string) ([]string, cobra.ShellCompDirective) {
		return slices.DeleteFunc(p.familyNames(cmd.Context(), f, toComplete), isNotLiteral), cobra.ShellCompDirectiveNoFileComp
	}
}

// familyNames returns the families with versions that start with a prefix, sorted.
func (p *program) familyNames(ctx context.Context, f *flags, prefix string) []string {
	cfg, _, err := p.readConfig(f)
	if err != nil {
		return nil
	}
	var names []string
	p.withCompletionAPI(ctx, f, func(ctx context.Context, api *client.Client) {
		found, _ := api.SearchByName(ctx, prefix)
		for _, s := range found {
			if name, v := configuredRules(cfg.Families).Split(s.Name); v.Text != "" && strings.HasPrefix(name, prefix) {
				names = append(names, name)
			}
		}
	})
	slices.Sort(names)
	return slices.Compact(names)
}
