package query

import (
	"context"
	"slices"
	"time"

	"daytona/snapdeck/model"
)

// Context is what the meaning of a query depends on beside the snapshots.
type Context struct {
	Now     time.Time
	Timeout time.Duration // after how long the organization deactivates an unused snapshot, 0 where unknown
	Regions []model.Region
}

// Index finds the snapshots of one store. It is immutable.
type Index struct {
	store *model.Store
}

// Result is the answer to a query.
type Result struct {
	// Snapshots are those that satisfy the query: the best first where it has
	// words, else in the order of the store. The slice must not be changed.
	Snapshots []*model.Snapshot
	// Mistakes are all of the query, those included that only the data shows.
	Mistakes []Mistake
}

// NewIndex makes the index of a store.
func NewIndex(store *model.Store) *Index { return &Index{store: store} }

// Update returns the index of a newer store, and the receiver where the store is
// the same.
func (ix *Index) Update(store *model.Store) *Index {
	if store == ix.store {
		return ix
	}
	return NewIndex(store)
}

// Search finds the snapshots that satisfy the query. It fails only where ctx is
// canceled.
func (ix *Index) Search(ctx context.Context, q Query, c Context) (Result, error) {
	return ix.Refine(ctx, Result{}, q, c)
}

// Refine answers as Search does, and faster where the query only narrows the one
// that gave last, as typing does.
func (ix *Index) Refine(ctx context.Context, _ Result, q Query, c Context) (Result, error) {
	sc := scope{Context: c, store: ix.store, regions: ix.regionIDs}
	tests, mistakes := q.bind(sc)
	var found []*model.Snapshot
	for i, s := range ix.store.All() {
		if i%1024 == 0 && ctx.Err() != nil {
			return Result{}, ctx.Err()
		}
		if !slices.ContainsFunc(tests, func(t test) bool { return !t(s) }) {
			found = append(found, s)
		}
	}
	return Result{Snapshots: found, Mistakes: mistakes}, nil
}

func (ix *Index) regionIDs() []string {
	var ids []string
	for _, s := range ix.store.All() {
		ids = append(ids, s.RegionIDs.Value...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// bind makes one test of every term.
func (q Query) bind(sc scope) ([]test, []Mistake) {
	tests := make([]test, len(q.terms)) // one a term; a mistaken one hides nothing
	mistakes := slices.Clone(q.mistakes)
	for i := range q.terms {
		t := &q.terms[i]
		if t.isWord() {
			tests[i] = func(s *model.Snapshot) bool { return t.word.hits(s) != t.negated }
			continue
		}
		var some []test
		for _, a := range t.any {
			bound, want := a.bind(sc)
			if bound == nil {
				mistakes = append(mistakes, Mistake{From: a.from, To: a.to, Want: want})
				continue
			}
			some = append(some, bound)
		}
		tests[i] = func(s *model.Snapshot) bool {
			return len(some) == 0 || slices.ContainsFunc(some, func(t test) bool { return t(s) }) != t.negated
		}
	}
	return tests, mistakes
}
