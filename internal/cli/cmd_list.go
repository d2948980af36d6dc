package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"daytona/snapdeck/client"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/ui/row"
)

// contextTimeout is how long list waits for what it can do without.
const contextTimeout = 5 * time.Second

// listRequest is what list was asked for.
type listRequest struct {
	flags  *flags
	set    *pflag.FlagSet // as it was given
	format format
	query  query.Query
	sort   row.Sort
}

// listCommand is the command that prints snapshots once.
func (p *program) listCommand() *cobra.Command {
	f := &flags{viewOnly: true}
	var output, sort string
	cmd := &cobra.Command{
		Use:   "list [QUERY...]",
		Short: "Print snapshots and exit",
		Long: `Print all snapshots, or those that satisfy a query, and exit. The query, the
columns and the order are those of the dashboard; without --sort, what needs a
look comes first, and with words in the query the best match.

` + describeFormats() + `
A query that begins with a minus goes after -- or into quotes with the rest:

  snapdeck list -- -region:eu
  snapdeck list 'state:active -region:eu'`,
		Example: `  snapdeck list
  snapdeck list state:failed -o wide
  snapdeck list 'used:>30d general:no' --sort size -o name
  snapdeck list -o json | jq '.[].ref'`,
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
			return fmt.Errorf("%w; a query that begins with a minus goes after --", err)
		}
		return flagError(cmd, err)
	})
	cmd.Flags().StringVarP(&output, "output", "o", "table", "the `format`: "+joinOr(formatNames()))
	cmd.Flags().StringVar(&sort, "sort", "", "the `column` to sort by; column:reverse is the other way round")
	cmd.Flags().BoolVar(&f.ascii, "ascii", false, "draw the tables with ASCII only")
	f.addServerFlags(cmd, p.configFile())
	must(cmd.RegisterFlagCompletionFunc("output", cobra.FixedCompletions(formatNames(), cobra.ShellCompDirectiveNoFileComp)))
	must(cmd.RegisterFlagCompletionFunc("sort", completeSort))
	return cmd
}

// parseQuery reads a query that is final: what is no more than a hint while it
// is typed in the dashboard can be wrong here.
func (p *program) parseQuery(words []string) (query.Query, error) {
	q := query.Parse(strings.Join(words, " "))
	if wrong := q.StrictProblems(); len(wrong) > 0 {
		return q, queryError(q, wrong[0])
	}
	for _, hint := range q.Hints() {
		p.printError(fmt.Errorf("the query: %q: %s", q.String()[hint.From:hint.To], hint.Text))
	}
	return q, nil
}

// queryError is the error for a part of a query that means nothing.
func queryError(q query.Query, m query.Problem) error {
	return usagef("the query: %q: expected %s", q.String()[m.From:m.To], m.Expected)
}

// runList asks the server and prints.
func (p *program) runList(ctx context.Context, l listRequest) error {
	settings, err := p.loadConfig(l.flags)
	if err != nil {
		return err
	}
	l.flags.applyConfig(l.set, settings)
	ctx, stop := withSignals(ctx)
	defer stop()
	server, err := p.connect(ctx, l.flags)
	if err != nil {
		return err
	}
	defer server.close()
	rows, err := p.findRows(ctx, server.api, l)
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	if err != nil {
		return err
	}
	rows.tty = term.IsTerminal(p.Out.Fd())
	if rows.tty {
		rows.width, _, _ = term.GetSize(p.Out.Fd()) // 0 where it does not say
	}
	rows.theme = p.listTheme(rows.tty, l.flags.ascii)
	out := bufio.NewWriter(p.Out)
	if err := l.format.write(out, rows); err != nil {
		return err
	}
	return out.Flush()
}

// findRows reads all snapshots and selects those that are asked for.
func (p *program) findRows(ctx context.Context, api *client.Client, l listRequest) (*listOutput, error) {
	all, err := api.List(ctx, nil)
	if err != nil {
		return nil, err
	}
	if n := len(all.Skipped); n > 0 {
		p.printError(fmt.Errorf("%d of the items of the list left out: %w", n, all.Skipped[0]))
	}
	about, unknown := query.Context{Now: p.Now()}, error(nil)
	if l.format.human || !l.query.Empty() {
		unknown = fetchQueryContext(ctx, api, &about)
	}
	s := &listOutput{table: row.NewTable(all.Snapshots, l.query, about)}
	rows, mistakes, err := s.table.Rows(ctx, l.sort)
	if err != nil {
		return nil, err
	}
	if len(mistakes) > 0 {
		err := queryError(l.query, mistakes[0])
		if unknown != nil {
			err = usagef("%w (the names of the regions are not known: %w)", err, unknown)
		}
		return nil, err
	}
	s.rows = rows
	return s, nil
}

// fetchQueryContext asks for what the query and the table can use beside the snapshots. What
// cannot be read stays unknown, which is no reason to fail; the error is why
// there are no names of regions.
func fetchQueryContext(ctx context.Context, api *client.Client, about *query.Context) error {
	ctx, cancel := context.WithTimeout(ctx, contextTimeout)
	defer cancel()
	var (
		asking sync.WaitGroup
		err    error
	)
	asking.Go(func() { about.Regions, err = api.Regions(ctx) })
	asking.Go(func() {
		organizations, _ := api.Organizations(ctx) // only a JWT may ask
		for _, o := range organizations {
			if o.ID == api.OrganizationID() {
				about.Timeout = o.DeactivationTimeout
			}
		}
	})
	asking.Wait()
	return err
}
