package query

import "context"

// Hidden tells what one term of a query hides.
type Hidden struct {
	From, To int    // byte offsets of the term in the text of the query
	Term     string // as written
	Alone    int    // how many snapshots satisfy the term alone
	Only     int    // how many only this term hides: shown if it were taken away
}

// Explain tells for each term of the query what it hides, in the order of the
// text. It is meant for a result that is empty or surprisingly small. It fails
// only where ctx is canceled.
func (ix *Index) Explain(ctx context.Context, q Query, c Context) ([]Hidden, error) {
	sc := scope{Context: c, store: ix.store, regions: ix.regionIDs}
	tests, _ := q.bind(sc)
	hidden := make([]Hidden, len(q.terms))
	for i := range hidden {
		t := &q.terms[i]
		hidden[i] = Hidden{From: t.from, To: t.to, Term: q.text[t.from:t.to]}
	}
	for i, s := range ix.store.All() {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		failed, which := 0, 0
		for j, t := range tests {
			if t(s) {
				hidden[j].Alone++
				continue
			}
			failed, which = failed+1, j
		}
		if failed == 1 {
			hidden[which].Only++
		}
	}
	return hidden, nil
}
