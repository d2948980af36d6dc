package query

import (
	"bytes"
	"slices"
)

// rowPredicate reports whether a row of the index satisfies a term.
type rowPredicate func(row int) bool

// compileTerm returns the predicate of one term, nil if no value of it is valid, and
// the problems that only show with the data.
func (ix *Index) compileTerm(t *term, e env) (rowPredicate, []Problem) {
	if t.isWord() {
		m := newWordMatcher(&t.word, ix.affixes)
		if t.negated {
			return func(row int) bool { return !m.isDistinctiveIn(ix, row) }, nil
		}
		return func(row int) bool { return m.cost(ix, row) != miss }, nil
	}
	var (
		predicates []rowPredicate
		problems   []Problem
	)
	for i := range t.values {
		v := &t.values[i]
		if v.bindFamilies != nil {
			_, rows := ix.familyRows(e.Families)
			predicates = append(predicates, v.bindFamilies(rows))
			continue
		}
		matches, expected := v.bind(e)
		switch {
		case matches == nil:
			problems = append(problems, Problem{From: v.from, To: v.to, Expected: expected})
		case v.word != nil && v.field < ErrorReason:
			predicates = append(predicates, ix.compileContains(v, matches))
		default:
			predicates = append(predicates, func(row int) bool { return matches(ix.rows[row]) })
		}
	}
	switch {
	case len(predicates) == 0:
		return nil, problems
	case len(predicates) == 1 && !t.negated:
		return predicates[0], problems
	}
	negated := t.negated
	return func(row int) bool {
		return slices.ContainsFunc(predicates, func(matches rowPredicate) bool { return matches(row) }) != negated
	}, problems
}

// compileContains returns a faster predicate for text that is in the index: it asks
// the snapshot only if the index cannot decide.
func (ix *Index) compileContains(v *fieldValue, matches predicate) rowPredicate {
	m, field := newWordMatcher(v.word, ix.affixes), v.field
	indexDecides := !v.whole && !m.sensitive
	return func(row int) bool {
		mask := ix.restMask[row]
		if field == Name {
			mask = ix.nameMask[row]
		}
		if mask&m.mask == m.mask && bytes.Contains(ix.text(field, row), m.bytes) {
			return indexDecides || matches(ix.rows[row])
		}
		return field == Ref && m.affixes[ix.layouts[row].affix].possible() && matches(ix.rows[row])
	}
}

// text returns the indexed text of a row: of a ref, the unique part.
func (ix *Index) text(field TextField, row int) []byte {
	if field == Name {
		return ix.names.at(row)
	}
	image, unique, id := ix.layouts[row].split(ix.rest.at(row))
	switch field {
	case Image:
		return image
	case Ref:
		return unique
	default:
		return id
	}
}
