package query

import (
	"context"
	"strings"
	"sync"
)

// TermEffect tells what one term of a query hides.
type TermEffect struct {
	From, To      int    // byte offsets of the term in the text of the query
	Term          string // as written
	Matches       int    // how many snapshots satisfy the term alone
	ExcludesAlone int    // how many only this term hides: they show where it is taken away
}

// Explain tells for each term of the query what it hides, in the order of the
// text; problems hide nothing and are left out. It is meant for a result that is
// empty or surprisingly small. It fails only where ctx is canceled.
func (ix *Index) Explain(ctx context.Context, q Query, c Context) ([]TermEffect, error) {
	var (
		effects []TermEffect
		tests   []condition
		sc      = scope{Context: c, store: ix.store, regions: ix.regions}
	)
	for i := range q.terms {
		t := &q.terms[i]
		if test, _ := ix.condition(t, sc); test != nil {
			tests = append(tests, test)
			effects = append(effects, TermEffect{From: t.from, To: t.to, Term: q.text[t.from:t.to]})
		}
	}
	var adding sync.Mutex
	err := inParallel(ctx, len(ix.rows), func(from, to int) {
		alone, only := make([]int, len(tests)), make([]int, len(tests))
		for row := from; row < to; row++ {
			failed, which := 0, 0
			for i, test := range tests {
				if test(row) {
					alone[i]++
				} else {
					failed, which = failed+1, i
				}
			}
			if failed == 1 {
				only[which]++
			}
		}
		adding.Lock()
		defer adding.Unlock()
		for i := range effects {
			effects[i].Matches += alone[i]
			effects[i].ExcludesAlone += only[i]
		}
	})
	return effects, err
}

// Without is the text of the query without the term, to be shown as the way out.
func (q Query) Without(h TermEffect) string {
	return strings.TrimSpace(strings.TrimSpace(q.text[:h.From]) + " " + strings.TrimSpace(q.text[h.To:]))
}
