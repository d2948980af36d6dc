package query

import (
	"context"
	"slices"

	"daytona/snapdeck/model"
)

// Result is the answer to a query.
type Result struct {
	// Snapshots are those that satisfy the query: the best first where it has
	// words, else in the order of the store. The slice must not be changed.
	Snapshots []*model.Snapshot
	// Problems are all of the query, those included that only the data shows, in
	// the order of the text.
	Problems []Problem

	index *Index
	query Query
	about Context
	ranks []cost // of the rows of the index
}

// Refine answers as Search does, and faster where the query only narrows the one
// that gave last, as typing does: only what last left is looked at. The zero
// Result narrows nothing.
func (ix *Index) Refine(ctx context.Context, last Result, q Query, c Context) (Result, error) {
	p := ix.plan(q, c)
	result := Result{Problems: p.problems, index: ix, query: q, about: c}
	if p.hidesNothing() {
		result.Snapshots = ix.store.All()
		return result, ctx.Err()
	}
	if last.ranks != nil && last.index == ix && narrows(last, q, c) {
		p.within = last.ranks
	}
	p.ranks = make([]cost, len(ix.rows))
	judge, gather := p.sieveStore, p.inOrder
	if len(p.words) > 0 {
		judge, gather = p.judgeRows, p.bestFirst
	}
	if err := inParallel(ctx, len(ix.rows), judge); err != nil {
		return Result{}, err
	}
	result.Snapshots, result.ranks = gather(), p.ranks
	return result, nil
}

// plan is a query made ready for one index.
type plan struct {
	ix         *Index
	words      []needle
	conditions []condition // everything else
	problems   []Problem
	within     []cost // of an earlier search, where only what it left is to be looked at
	ranks      []cost // of the rows, the answer

	few [4]needle // where the words lie, unless they are more
}

// condition tells whether a row satisfies a term.
type condition func(row int) bool

func (ix *Index) plan(q Query, c Context) *plan {
	p := &plan{ix: ix, problems: q.problems}
	p.words = p.few[:0]
	sc := scope{Context: c, store: ix.store, regions: ix.regions}
	for i := range q.terms {
		t := &q.terms[i]
		if t.isWord() && !t.negated {
			p.words = append(p.words, newNeedle(&t.word, ix.affixes))
			continue
		}
		condition, problems := ix.condition(t, sc)
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

func (p *plan) hidesNothing() bool { return len(p.words)+len(p.conditions) == 0 }

// judgeRows ranks the rows from up to to by the words, and drops those that do not
// satisfy the rest of the query.
func (p *plan) judgeRows(from, to int) {
	ranks := p.ranks
	for row := from; row < to; row++ {
		ranks[row] = miss
		if p.within != nil && p.within[row] == miss {
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

// sieveStore is judgeRows for queries without words. It goes in the order of the
// store, in which the snapshots lie in memory.
func (p *plan) sieveStore(from, to int) {
	ranks := p.ranks
	for _, row := range p.ix.order[from:to] {
		ranks[row] = miss
		if (p.within == nil || p.within[row] != miss) && p.passes(int(row)) {
			ranks[row] = 0
		}
	}
}

// passes reports whether the row satisfies everything but the words.
func (p *plan) passes(row int) bool {
	for _, holds := range p.conditions {
		if !holds(row) {
			return false
		}
	}
	return true
}

// inOrder returns what has a rank in the order of the store.
func (p *plan) inOrder() []*model.Snapshot {
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
