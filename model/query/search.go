package query

import (
	"context"
	"slices"

	"daytona/snapdeck/model"
)

// Result is the result of a search.
type Result struct {
	// Snapshots matches the query: the best match first if the query has words,
	// else in the order of the store. Do not modify the slice.
	Snapshots []*model.Snapshot
	// Problems holds all problems of the query, including those that only show with
	// the data, in the order of the text.
	Problems []Problem

	index   *Index
	query   Query
	context Context
	ranks   []cost // of the rows of the index
}

// Refine returns the same as Search. It is faster if the query narrows that of the
// last result, as typing does: it then only searches that result. last may be the
// zero Result.
func (ix *Index) Refine(ctx context.Context, last Result, q Query, c Context) (Result, error) {
	p := ix.prepare(q, c)
	result := Result{Problems: p.problems, index: ix, query: q, context: c}
	if p.matchesAll() {
		result.Snapshots = ix.store.All()
		return result, ctx.Err()
	}
	if last.ranks != nil && last.index == ix && narrows(last, q, c) {
		p.previous = last.ranks
	}
	p.ranks = make([]cost, len(ix.rows))
	match, collect := p.filterRows, p.inStoreOrder
	if len(p.words) > 0 {
		match, collect = p.rankRows, p.byRank
	}
	if err := inParallel(ctx, len(ix.rows), match); err != nil {
		return Result{}, err
	}
	result.Snapshots, result.ranks = collect(), p.ranks
	return result, nil
}

// preparedQuery is a query prepared for one index.
type preparedQuery struct {
	ix         *Index
	words      []wordMatcher
	conditions []rowPredicate // the other terms
	problems   []Problem
	previous   []cost // ranks of the result to refine, nil to search all rows
	ranks      []cost // the result: a rank for each row

	inlineWords [4]wordMatcher // backs words, to avoid an allocation
}

func (ix *Index) prepare(q Query, c Context) *preparedQuery {
	p := &preparedQuery{ix: ix, problems: q.problems}
	p.words = p.inlineWords[:0]
	e := env{Context: c, store: ix.store, regions: ix.regions}
	for i := range q.terms {
		t := &q.terms[i]
		if t.isWord() && !t.negated {
			p.words = append(p.words, newWordMatcher(&t.word, ix.affixes))
			continue
		}
		condition, problems := ix.compileTerm(t, e)
		if condition != nil {
			p.conditions = append(p.conditions, condition)
		}
		if problems != nil {
			p.problems = append(slices.Clip(p.problems), problems...)
		}
	}
	slices.SortStableFunc(p.problems, func(a, b Problem) int { return a.From - b.From })
	return p
}

func (p *preparedQuery) matchesAll() bool { return len(p.words)+len(p.conditions) == 0 }

// rankRows ranks the rows [from, to) by the words. Rows that do not match the whole
// query become a miss.
func (p *preparedQuery) rankRows(from, to int) {
	ranks := p.ranks
	for row := from; row < to; row++ {
		ranks[row] = miss
		if p.previous != nil && p.previous[row] == miss {
			continue
		}
		sum := 0
		for i := range p.words {
			c := p.words[i].cost(p.ix, row)
			if c == miss {
				sum = -1
				break
			}
			sum += int(c)
		}
		if sum >= 0 && p.passes(row) {
			ranks[row] = rank(sum, len(p.ix.names.at(row)))
		}
	}
}

// filterRows is rankRows for queries without words. It follows the order of the
// store, in which the snapshots lie in memory.
func (p *preparedQuery) filterRows(from, to int) {
	ranks := p.ranks
	for _, row := range p.ix.order[from:to] {
		ranks[row] = miss
		if (p.previous == nil || p.previous[row] != miss) && p.passes(int(row)) {
			ranks[row] = 0
		}
	}
}

// passes reports whether the row matches all terms other than words.
func (p *preparedQuery) passes(row int) bool {
	for _, matches := range p.conditions {
		if !matches(row) {
			return false
		}
	}
	return true
}

// inStoreOrder returns the matching snapshots in the order of the store.
func (p *preparedQuery) inStoreOrder() []*model.Snapshot {
	found := 0
	for _, r := range p.ranks {
		if r != miss {
			found++
		}
	}
	snapshots := make([]*model.Snapshot, 0, found)
	for at, row := range p.ix.order {
		if p.ranks[row] != miss {
			snapshots = append(snapshots, p.ix.store.All()[at])
		}
	}
	return snapshots
}
