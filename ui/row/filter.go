package row

import (
	"context"
	"slices"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
)

// Up to these numbers of snapshots a filter takes less than a quarter of a frame (4 ms):
// sorting costs about 1 µs per row, matching words about 50 ns.
const (
	maxInlineSort   = 3000
	maxInlineSearch = 40_000
)

// Filter decides which rows are shown, and in which order.
type Filter struct {
	Data    Dataset
	Last    query.Result // previous result for the same snapshots, which typing usually narrows
	Query   query.Query
	Context query.Context
	Compare func(a, b *model.Snapshot) int
}

// Filtered is the result of a [Filter].
type Filtered struct {
	Data    Dataset // the filter's dataset, up to date
	Rows    []*model.Snapshot
	Result  query.Result
	Effects []query.TermEffect // what each term hides; only if there are no rows
}

// Apply filters and sorts the rows: best match first if the query has words, otherwise by
// the sort column. It fails only if ctx is cancelled.
func (f Filter) Apply(ctx context.Context) (Filtered, error) {
	d := f.Data.Current()
	result, err := d.Index.Refine(ctx, f.Last, f.Query, f.Context)
	if err != nil {
		return Filtered{}, err
	}
	rows := result.Snapshots
	if !f.Query.HasWords() {
		rows = slices.Clone(rows)
		slices.SortFunc(rows, f.Compare)
	}
	found := Filtered{Data: d, Rows: rows, Result: result}
	if len(rows) == 0 {
		found.Effects, _ = d.Index.Explain(ctx, f.Query, f.Context) // no explanation when cancelled
	}
	return found, nil
}

// Cheap reports whether Apply takes less than a quarter of a frame.
func (f Filter) Cheap() bool {
	if f.Query.HasWords() && !f.Data.Behind() {
		return f.Data.Store.Len() <= maxInlineSearch
	}
	return f.Data.Store.Len() <= maxInlineSort
}
