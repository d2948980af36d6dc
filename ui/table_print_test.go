package ui

import (
	"slices"
	"testing"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/ui/row"
)

func TestATableSelectsAndOrdersAsTheDashboardDoes(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) { s.demo = demo.Options{Seed: 1, Size: 200} })
	for _, filter := range []string{"", "state:failed,busy", "node", "region:acme-dc1", "ttl:<30d -canary", "shared:yes", "nothing-like-this"} {
		for _, written := range []string{"", "name", "age:reverse", "ttl", "mem", "mem:reverse"} {
			var by row.Sort
			if written != "" {
				var err error
				if by, err = row.ParseSort(written); err != nil {
					t.Fatal(err)
				}
				h.app.order = by
			} else {
				h.app.order = row.Sort{Column: row.ColumnState}
			}
			h.run(h.app.setFilter(filter))
			q := query.Parse(filter)
			if q.HasWords() && written != "" {
				continue // the dashboard shows the best match first, whatever the column
			}
			table := row.NewTable(h.app.state.Data.Store.All(), q, h.app.state.QueryContext())
			rows, mistakes, err := table.Rows(t.Context(), by)
			if err != nil || len(mistakes) > 0 {
				t.Fatal(err, mistakes)
			}
			if !slices.Equal(rows, h.app.table.Rows()) {
				t.Errorf("%q by %q: %d rows, the dashboard has %d or others", filter, written, len(rows), h.app.table.Len())
			}
		}
	}
}

func TestAMistakeInTheFirstFilterIsShownAndStopsNothing(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) { s.options.Query = "state:bogus node" })
	h.sees("expected a state: failed, busy", "bogus", "node-20-agents")
}
