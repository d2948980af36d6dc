package row

import (
	"context"
	"slices"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
)

// A filter of up to so many snapshots takes less than a quarter of a frame (4 ms):
// sorting costs about 1 µs a row, finding words about 50 ns.
const (
	cheapSorted = 3000
	cheapFound  = 40_000
)

// Filter decides which rows are shown, and in which order.
type Filter struct {
	Data    Dataset
	Last    query.Result // for the same snapshots: typing mostly narrows it
	Query   query.Query
	Context query.Context
	Compare func(a, b *model.Snapshot) int
}

// Filtered is the result of a [Filter].
type Filtered struct {
	Data    Dataset // that of the filter, with a current index
	Rows    []*model.Snapshot
	Result  query.Result
	Effects []query.TermEffect // what each term hides, where no row is left
}

// Apply returns the rows: the best match first where the query has words, else in the
// order of the sort column. It fails only when ctx is cancelled.
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
		return f.Data.Store.Len() <= cheapFound
	}
	return f.Data.Store.Len() <= cheapSorted
}
