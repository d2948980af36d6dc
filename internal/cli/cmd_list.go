package cli

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"daytona/snapdeck/model/family"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/ui/row"
)

// contextTimeout bounds the requests for optional data.
const contextTimeout = 5 * time.Second

// listRequest contains the arguments and flags of list.
type listRequest struct {
	flags        *flags
	set          *pflag.FlagSet
	format       listFormat
	query        query.Query
	sort         row.Sort
	deactivation time.Duration // as configured, 0 for not configured
	families     *family.Rules
}

// listCommand returns the list command.
func (p *program) listCommand() *cobra.Command {
	f := &flags{viewOnly: true}
	var output, sort string
	cmd := &cobra.Command{
		Use:   "list [QUERY...]",
		Short: "List snapshots",
		Long: `List all snapshots, or those that match a query.

Queries and columns are those of the dashboard. By default failed snapshots are
listed first, or the best matches if the query contains words.

Output formats:

` + describeFormats() + `
Put a query that starts with a minus after --, or quote it with the other terms.`,
		Example: `  snapdeck list
  snapdeck list state:failed -o wide
  snapdeck list 'used:>30d general:no' --sort size -o name
  snapdeck list -o json | jq '.[].ref'
  snapdeck list -- -region:eu
  snapdeck list 'state:active -region:eu'`,
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: p.completeQuery(f),
		RunE: p.runE(func(cmd *cobra.Command) error {
			if err := f.validate(cmd.Flags()); err != nil {
				return err
			}
			l := listRequest{flags: f, set: cmd.Flags()}
			var err error
			if l.format, err = formatNamed(output); err != nil {
				return err
			}
			if cmd.Flags().Changed("sort") {
				if l.sort, err = row.ParseSort(sort); err != nil {
					return usagef("--sort: %w", err)
				}
			}
			if l.query, err = p.parseQuery(cmd.Flags().Args()); err != nil {
				return err
			}
			return p.runList(cmd.Context(), l)
		}),
	}
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok && unknown.GetSpecifiedShortnames() != "" {
			return fmt.Errorf("%w; put a query that starts with a minus after --", err)
		}
		return flagError(cmd, err)
	})
	cmd.Flags().StringVarP(&output, "output", "o", "table", "output `format`: "+joinOr(formatNames()))
	cmd.Flags().StringVar(&sort, "sort", "", "sort by this `column`, or column:reverse")
	cmd.Flags().BoolVar(&f.ascii, "ascii", false, "use only ASCII characters")
	f.addServerFlags(cmd, p.configFile())
	must(cmd.RegisterFlagCompletionFunc("output", cobra.FixedCompletions(formatNames(), cobra.ShellCompDirectiveNoFileComp)))
	must(cmd.RegisterFlagCompletionFunc("sort", completeSort))
	return cmd
}
