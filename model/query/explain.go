package query

import (
	"context"
	"sync"
)

// TermEffect is how one term of a query narrows its result.
type TermEffect struct {
	Term          string // as written
	Matches       int    // snapshots that match the term alone
	ExcludesAlone int    // snapshots that match all other terms, but not this one
}

// Explain returns the effect of each valid term of the query, in the order of the
// text. It explains a result that is empty or surprisingly small. The only error is
// that of ctx.
func (ix *Index) Explain(ctx context.Context, q Query, c Context) ([]TermEffect, error) {
	var (
		effects    []TermEffect
		predicates []rowPredicate
		e          = env{Context: c, store: ix.store, regions: ix.regions}
	)
	for i := range q.terms {
		t := &q.terms[i]
		if matches, _ := ix.compileTerm(t, e); matches != nil {
			predicates = append(predicates, matches)
			effects = append(effects, TermEffect{Term: q.text[t.from:t.to]})
		}
	}
	var mu sync.Mutex
	err := inParallel(ctx, len(ix.rows), func(from, to int) {
		matched, excluded := make([]int, len(predicates)), make([]int, len(predicates))
		for row := from; row < to; row++ {
			failed, last := 0, 0
			for i, matches := range predicates {
				if matches(row) {
					matched[i]++
				} else {
					failed, last = failed+1, i
				}
			}
			if failed == 1 {
				excluded[last]++
			}
		}
		mu.Lock()
		defer mu.Unlock()
		for i := range effects {
			effects[i].Matches += matched[i]
			effects[i].ExcludesAlone += excluded[i]
		}
	})
	return effects, err
}
