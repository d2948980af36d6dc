package query

import (
	"cmp"
	"slices"
)

// Query is a parsed query. The zero value is the empty query, which matches every
// snapshot. A Query is immutable.
type Query struct {
	text     string
	terms    []term
	problems []Problem
	hints    []Hint
}

// Problem is a part of a query that cannot be understood and is left out. From and
// To are byte offsets in the parsed text.
type Problem struct {
	From, To int
	Expected string // what is expected there: "a duration like >30d"
}

// Hint is advice about a part of a query that works, but perhaps not as meant. From
// and To are byte offsets in the parsed text.
type Hint struct {
	From, To int
	Text     string // "did you mean state:"

	strict Problem // see [Query.StrictProblems]; the zero Problem if it is only advice
}

// term is one condition of a query: a word, or a field with its values.
type term struct {
	from, to int // byte offsets in the text
	negated  bool
	word     word // empty if the term is a field
	field    *field
	values   []fieldValue // of the field; one must match
}

func (t *term) isWord() bool { return t.field == nil }

// Empty reports whether the query matches every snapshot.
func (q Query) Empty() bool { return len(q.terms) == 0 }

// HasWords reports whether the query contains words. Some snapshots match these better
// than others, so results are ordered by relevance.
func (q Query) HasWords() bool {
	for i := range q.terms {
		if q.terms[i].isWord() && !q.terms[i].negated {
			return true
		}
	}
	return false
}

// Hints returns advice about parts that may be meant differently, in the order of
// the text.
func (q Query) Hints() []Hint { return q.hints }

// StrictProblems returns the problems of a query that is not being typed, in the
// order of the text: parts that were left out, fields without a value, and words that are
// nearly a field. If a script wrote -stat:failed and meant -state:failed, searching
// for the text would return everything.
func (q Query) StrictProblems() []Problem {
	all := slices.Clone(q.problems)
	for _, h := range q.hints {
		if h.strict != (Problem{}) {
			all = append(all, h.strict)
		}
	}
	slices.SortFunc(all, func(a, b Problem) int { return cmp.Compare(a.From, b.From) })
	return all
}

// String returns the parsed text.
func (q Query) String() string { return q.text }
