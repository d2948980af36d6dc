package query

import (
	"bytes"
	"slices"
)

// condition makes a test of one term, nil where the term means nothing, and tells
// the mistakes that only the data shows.
func (ix *Index) condition(t *term, sc scope) (condition, []Mistake) {
	if t.isWord() {
		n := newNeedle(&t.word, ix.affixes)
		if t.negated {
			return func(row int) bool { return !n.tellsOf(ix, row) }, nil
		}
		return func(row int) bool { return n.cost(ix, row) != miss }, nil
	}
	var (
		some     []condition
		mistakes []Mistake
	)
	for i := range t.any {
		a := &t.any[i]
		holds, want := a.bind(sc)
		switch {
		case holds == nil:
			mistakes = append(mistakes, Mistake{From: a.from, To: a.to, Want: want})
		case a.word != nil && a.of != ErrorReason:
			some = append(some, ix.contains(a, holds))
		default:
			some = append(some, func(row int) bool { return holds(ix.rows[row]) })
		}
	}
	switch {
	case len(some) == 0:
		return nil, mistakes
	case len(some) == 1 && !t.negated:
		return some[0], mistakes
	}
	negated := t.negated
	return func(row int) bool {
		return slices.ContainsFunc(some, func(holds condition) bool { return holds(row) }) != negated
	}, mistakes
}

// contains is a faster test for text that the index holds: snapshots are asked
// only where the index does not rule them out.
func (ix *Index) contains(a *alternative, holds test) condition {
	n := newNeedle(a.word, ix.affixes)
	may := func(row int) bool {
		return ix.restMask[row]&n.mask == n.mask && bytes.Contains(ix.rest.at(row), n.text)
	}
	switch a.of {
	case Name:
		may = func(row int) bool {
			return ix.nameMask[row]&n.mask == n.mask && bytes.Contains(ix.names.at(row), n.text)
		}
	case Ref:
		inRest := may
		may = func(row int) bool { return n.affixes[ix.shapes[row].affix].any() || inRest(row) }
	}
	return func(row int) bool { return may(row) && holds(ix.rows[row]) }
}
