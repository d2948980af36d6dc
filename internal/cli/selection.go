package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/row"
)

// selection is the snapshots that a command acts on.
type selection struct {
	view    *row.ViewState // with all snapshots
	listing model.Listing
	targets []*model.Snapshot
}

// selector selects snapshots by name, by id or with a query.
type selector struct {
	names []string
	query string
}

// addQuery adds --query to a command on NAME….
func (q *selector) addQuery(p *program, cmd *cobra.Command, f *flags) {
	cmd.Flags().StringVar(&q.query, "query", "", "act on all snapshots that match this `query`")
	must(cmd.RegisterFlagCompletionFunc("query", p.completeQuery(f)))
	cmd.ValidArgsFunction = p.completeNames(f, 0)
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		switch q.names = args; {
		case len(args) == 0 && strings.TrimSpace(q.query) == "":
			return usagef("%s requires the NAME or id of snapshots, or --query", cmd.Name())
		case len(args) > 0 && q.query != "":
			return usagef("names and --query exclude each other: use one of them")
		}
		return nil
	}
}

// errShortList refuses to act on a list that may lack snapshots.
var errShortList = errors.New("nothing was changed: the list is incomplete")

// refuseShort returns an error if not all snapshots were read.
func (a *selection) refuseShort() error {
	if a.listing.Incomplete != nil {
		return exitError{fmt.Errorf("%w: %w", errShortList, a.listing.Incomplete), exitPartial}
	}
	if n := len(a.listing.Skipped); n > 0 { // one of them may be the newest of a family
		return exitError{fmt.Errorf("%w: %d invalid items", errShortList, n), exitPartial}
	}
	return nil
}

// readAll reads all snapshots, and what their details depend on.
func (s *session) readAll(ctx context.Context) (*selection, error) {
	optional, cancel := context.WithTimeout(ctx, contextTimeout)
	defer cancel()
	views := make(chan *row.ViewState, 1)
	go func() { views <- s.view(optional) }()
	listing, err := s.api.List(ctx, s.reportWait())
	if err != nil {
		cancel()
	}
	v := <-views
	if err != nil {
		return nil, err
	}
	s.printSkipped(listing)
	store, _ := v.Data.Store.Apply(listing.Snapshots)
	v.Data.Store, v.Skew = store, listing.ClockSkew
	v.Now = s.Now().Add(v.Skew)
	v.Organization.ID = cmp.Or(v.Organization.ID, store.OrganizationID())
	return &selection{view: v, listing: listing}, nil
}

// read reads all snapshots and sets the targets.
func (q selector) read(ctx context.Context, s *session) (*selection, error) {
	all, err := s.readAll(ctx)
	if err == nil {
		err = q.choose(ctx, s, all)
	}
	return all, err
}

// choose sets the targets.
func (q selector) choose(ctx context.Context, s *session, all *selection) error {
	if q.query != "" {
		return q.search(ctx, s, all)
	}
	seen := make(map[string]bool)
	for _, name := range q.names {
		found, err := findOne(all.listing.Snapshots, name)
		if err != nil {
			return err
		}
		if !seen[found.ID] {
			seen[found.ID] = true
			all.targets = append(all.targets, found)
		}
	}
	return nil
}

// search sets the targets to what matches the query.
func (q selector) search(ctx context.Context, s *session, all *selection) error {
	parsed, err := s.parseQuery([]string{q.query})
	if err != nil {
		return err
	}
	if err := all.refuseShort(); err != nil {
		return err
	}
	table := row.NewTable(all.listing.Snapshots, parsed, all.view.QueryContext())
	rows, mistakes, err := table.Rows(ctx, row.Sort{})
	if err != nil {
		return err
	}
	if len(mistakes) > 0 {
		return queryError(parsed, mistakes[0])
	}
	all.targets = rows
	return nil
}
