package row

import (
	"context"

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
	Sort    Sort
	Compare func(a, b *model.Snapshot) int
	Order   Order // a recent one, the zero Order if there is none
}

// Filtered is the result of a [Filter].
type Filtered struct {
	Data    Dataset // the filter's dataset, up to date
	Rows    []*model.Snapshot
	Size    float64 // of all rows, in GB
	Result  query.Result
	Effects []query.TermEffect // what each term hides; only if there are no rows
	Order   Order              // of all snapshots, for the next filter
}

// Apply filters and sorts the rows: best match first if the query has words, otherwise by
// the sort column. It fails only if ctx is cancelled.
func (f Filter) Apply(ctx context.Context) (Filtered, error) {
	d := f.Data.current()
	result, err := d.Index.Refine(ctx, f.Last, f.Query, f.Context)
	if err != nil {
		return Filtered{}, err
	}
	found := Filtered{Data: d, Rows: result.Snapshots, Result: result, Order: f.Order}
	if !f.Query.HasWords() {
		found.Order = f.Order.update(d.Store, f.Sort, f.Compare)
		found.Rows = found.Order.of(result.Snapshots, f.Compare)
	}
	for _, s := range found.Rows {
		found.Size += s.Size.Value
	}
	if len(found.Rows) == 0 {
		found.Effects, _ = d.Index.Explain(ctx, f.Query, f.Context) // no explanation when cancelled
	}
	return found, nil
}

// Cheap reports whether Apply takes less than a quarter of a frame.
func (f Filter) Cheap() bool {
	switch size := f.Data.Store.Len(); {
	case f.Query.UsesFamilies() && !f.Data.Index.HasFamilies(f.Context.Families):
		return size <= maxInlineSort
	case f.Data.Behind():
		return size <= maxInlineSort
	case f.Query.HasWords():
		return size <= maxInlineSearch
	case f.Order.isCurrent(f.Data.Store, f.Sort):
		return size <= maxInlineSearch || f.Query.Empty()
	default:
		return size <= maxInlineSort
	}
}

// View is a named filter with an order.
type View struct {
	Name  string
	Query string
	Sort  string // as [ParseSort] reads it, "" for the default order
}

// Views returns the views that need no configuration.
func Views() []View {
	return []View{
		{Name: "all"},
		{Name: "failed", Query: "state:failed"},
		{Name: "busy", Query: "state:busy"},
		{Name: "deactivating soon", Query: "ttl:<3d", Sort: ColumnTTL},
		{Name: "unused for 30 days", Query: "used:>30d", Sort: ColumnUsed},
		{Name: "general", Query: "general:yes", Sort: ColumnName},
	}
}
