package cli

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/term"

	"daytona/snapdeck/client"
	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
)

// parseQuery parses a complete query. Mistakes that are only hints while a user types in
// the dashboard are errors here.
func (p *program) parseQuery(words []string) (query.Query, error) {
	q := query.Parse(strings.Join(words, " "))
	if wrong := q.StrictProblems(); len(wrong) > 0 {
		return q, queryError(q, wrong[0])
	}
	for _, hint := range q.Hints() {
		p.printError(fmt.Errorf("query %q: %s", q.String()[hint.From:hint.To], hint.Text))
	}
	return q, nil
}

// queryError returns the error for an invalid part of a query.
func queryError(q query.Query, m query.Problem) error {
	return usagef("query %q: expected %s", q.String()[m.From:m.To], m.Expected)
}

// runList fetches and prints the snapshots.
func (p *program) runList(ctx context.Context, l listRequest) error {
	cfg, err := p.loadConfig(l.flags)
	if err != nil {
		return err
	}
	l.flags.applyConfig(l.set, cfg)
	ctx, stop := withSignals(ctx)
	defer stop()
	server, err := p.connect(ctx, l.flags)
	if err != nil {
		return err
	}
	defer server.close()
	p.warnInsecure(server)
	l.deactivation = cfg.DeactivationFor(server.source)
	if l.families = configuredRules(cfg.Families); l.query.UsesFamilies() {
		if l.families, err = p.familyRules(l.flags, cfg, server.api.URL()); err != nil {
			p.printError(err)
		}
	}
	rows, err := p.findRows(ctx, server.api, l)
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if err != nil {
		return err
	}
	rows.tty = term.IsTerminal(p.Out.Fd())
	if rows.tty {
		rows.width, _, _ = term.GetSize(p.Out.Fd()) // 0 if unknown
	}
	rows.theme = p.listTheme(rows.tty, l.flags.ascii)
	out := bufio.NewWriter(p.Out)
	if err := l.format.write(out, rows); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	switch {
	case rows.incomplete != nil:
		return exitError{fmt.Errorf("incomplete list: %w", rows.incomplete), exitPartial}
	case rows.skipped:
		return exitError{errReported, exitPartial}
	}
	return nil
}

// findRows fetches all snapshots and selects those that match.
func (p *program) findRows(ctx context.Context, api *client.Client, l listRequest) (*listOutput, error) {
	optional, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		env        query.Context
		regionsErr error
		requests   sync.WaitGroup
	)
	if l.format.human || !l.query.Empty() {
		requests.Go(func() { regionsErr = fetchQueryContext(optional, api, &env) })
	}
	all, err := api.List(ctx, p.reportWait())
	if err != nil {
		cancel()
	}
	requests.Wait()
	if err != nil {
		return nil, err
	}
	env.Families = l.families
	env.Now, env.Timeout = p.Now().Add(all.ClockSkew), cmp.Or(env.Timeout, l.deactivation)
	p.printSkipped(all)
	s := &listOutput{incomplete: all.Incomplete, skipped: len(all.Skipped) > 0, table: row.NewTable(all.Snapshots, l.query, env)}
	rows, mistakes, err := s.table.Rows(ctx, l.sort)
	if err != nil {
		return nil, err
	}
	if len(mistakes) > 0 {
		err := queryError(l.query, mistakes[0])
		if regionsErr != nil {
			err = usagef("%w (the region names are unknown: %w)", err, regionsErr)
		}
		return nil, err
	}
	s.rows = rows
	return s, nil
}

// printSkipped prints how many items of a list are not shown, and why the first one is not.
func (p *program) printSkipped(list model.Listing) {
	if n := len(list.Skipped); n > 0 {
		p.printError(fmt.Errorf("invalid items skipped: %d (%w)", n, list.Skipped[0]))
	}
}

// minReportedWait is the shortest wait for the rate limit that is reported.
const minReportedWait = 5 * time.Second

// reportWait returns a function that reports once that the list waits for the rate limit.
func (p *program) reportWait() func(model.ListProgress) {
	reported := false
	return func(progress model.ListProgress) {
		if reported || progress.Left < minReportedWait {
			return
		}
		reported = true
		p.printError(fmt.Errorf("reading %s takes %s more, to leave most of the rate limit to other clients",
			format.Plural(progress.Total, "snapshot"), format.Wait(progress.Left)))
	}
}

// fetchQueryContext fetches what the query and the table use in addition to the
// snapshots. All of it is optional. The error is why the region names are unknown.
func fetchQueryContext(ctx context.Context, api *client.Client, env *query.Context) error {
	ctx, cancel := context.WithTimeout(ctx, contextTimeout)
	defer cancel()
	var (
		requests sync.WaitGroup
		err      error
	)
	requests.Go(func() { env.Regions, err = api.Regions(ctx) })
	requests.Go(func() {
		organizations, _ := api.Organizations(ctx) // needs a JWT
		for _, o := range organizations {
			if o.ID == api.OrganizationID() {
				env.Timeout = o.DeactivationTimeout
			}
		}
	})
	requests.Wait()
	return err
}
