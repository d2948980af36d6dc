package query

import (
	"context"
	"strings"
	"sync"
)

// Hidden tells what one term of a query hides.
type Hidden struct {
	From, To int    // byte offsets of the term in the text of the query
	Term     string // as written
	Alone    int    // how many snapshots satisfy the term alone
	Only     int    // how many only this term hides: they show where it is taken away
}

// Explain tells for each term of the query what it hides, in the order of the
// text; mistakes hide nothing and are left out. It is meant for a result that is
// empty or surprisingly small. It fails only where ctx is canceled.
func (ix *Index) Explain(ctx context.Context, q Query, c Context) ([]Hidden, error) {
	var (
		hidden []Hidden
		tests  []condition
		sc     = scope{Context: c, store: ix.store, regions: ix.regions}
	)
	for i := range q.terms {
		t := &q.terms[i]
		if test, _ := ix.condition(t, sc); test != nil {
			tests = append(tests, test)
			hidden = append(hidden, Hidden{From: t.from, To: t.to, Term: q.text[t.from:t.to]})
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
		for i := range hidden {
			hidden[i].Alone += alone[i]
			hidden[i].Only += only[i]
		}
	})
	return hidden, err
}

// Without is the text of the query without the term, to be shown as the way out.
func (q Query) Without(h Hidden) string {
	return strings.TrimSpace(strings.TrimSpace(q.text[:h.From]) + " " + strings.TrimSpace(q.text[h.To:]))
}
