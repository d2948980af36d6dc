package query

import (
	"bytes"
	"slices"
)

// condition makes a test of one term, nil where the term means nothing, and tells
// the problems that only the data shows.
func (ix *Index) condition(t *term, sc scope) (condition, []Problem) {
	if t.isWord() {
		n := newNeedle(&t.word, ix.affixes)
		if t.negated {
			return func(row int) bool { return !n.tellsOf(ix, row) }, nil
		}
		return func(row int) bool { return n.cost(ix, row) != miss }, nil
	}
	var (
		some     []condition
		problems []Problem
	)
	for i := range t.any {
		a := &t.any[i]
		holds, want := a.bind(sc)
		switch {
		case holds == nil:
			problems = append(problems, Problem{From: a.from, To: a.to, Expected: want})
		case a.word != nil && a.of != ErrorReason:
			some = append(some, ix.contains(a, holds))
		default:
			some = append(some, func(row int) bool { return holds(ix.rows[row]) })
		}
	}
	switch {
	case len(some) == 0:
		return nil, problems
	case len(some) == 1 && !t.negated:
		return some[0], problems
	}
	negated := t.negated
	return func(row int) bool {
		return slices.ContainsFunc(some, func(holds condition) bool { return holds(row) }) != negated
	}, problems
}

// contains is a faster test for text that the index holds: snapshots are asked
// only where the index cannot tell.
func (ix *Index) contains(a *alternative, holds test) condition {
	n, of := newNeedle(a.word, ix.affixes), a.of
	decides := !a.whole && !n.sensitive
	return func(row int) bool {
		mask := ix.restMask[row]
		if of == Name {
			mask = ix.nameMask[row]
		}
		if mask&n.mask == n.mask && bytes.Contains(ix.text(of, row), n.bytes) {
			return decides || holds(ix.rows[row])
		}
		return of == Ref && n.affixes[ix.shapes[row].affix].any() && holds(ix.rows[row])
	}
}

// text is what the index holds of a text of a row: of a ref its own part.
func (ix *Index) text(of Field, row int) []byte {
	if of == Name {
		return ix.names.at(row)
	}
	image, own, id := ix.shapes[row].cut(ix.rest.at(row))
	switch of {
	case Image:
		return image
	case Ref:
		return own
	default:
		return id
	}
}
