// Package listing reads the list of snapshots and compares it with the one before.
package listing

import (
	"context"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/row"
)

// Lister lists all snapshots and reports its progress.
type Lister interface {
	List(ctx context.Context, progress func(model.ListProgress)) (model.Listing, error)
}

// Progress is a part of the first list.
type Progress struct {
	Loaded, Total int
	Left          time.Duration // because of the rate limit
	Partial       row.Dataset   // without a store if it is not worth drawing
}

// Result is what a list changed, or why it could not be read.
type Result struct {
	Base    row.Dataset // what the list was compared with
	Next    row.Dataset
	Changes []model.Change
	Listing model.Listing
	Err     error
}

// Read reads the list and compares it with the base. It reports the parts of the first list.
func Read(ctx context.Context, api Lister, base row.Dataset, report func(Progress)) Result {
	latest := base // its index is patched, which costs less than a new one
	list, err := api.List(ctx, func(p model.ListProgress) {
		if base.Store.Complete() {
			return
		}
		part := Progress{Loaded: len(p.Snapshots), Total: p.Total, Left: p.Left}
		// Each part is filtered again, so the parts double.
		if len(p.Snapshots) >= 2*latest.Store.Len() {
			latest = latest.With(latest.Store.Load(p.Snapshots))
			part.Partial = latest
		}
		report(part)
	})
	if err != nil {
		return Result{Err: err}
	}
	return Compare(base, latest, list)
}

// Compare applies a list to the base. The index is that of the latest dataset, patched.
func Compare(base, latest row.Dataset, list model.Listing) Result {
	apply := base.Store.Apply
	if list.Incomplete != nil {
		apply = base.Store.ApplyPartial
	}
	store, changes := apply(list.Snapshots)
	return Result{Base: base, Next: latest.With(store), Changes: changes, Listing: list}
}
