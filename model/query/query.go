package query

import (
	"cmp"
	"slices"
)

// Query is a parsed query. The zero value is the empty query, which every
// snapshot satisfies. A Query is immutable.
type Query struct {
	text     string
	terms    []term
	problems []Problem
	hints    []Hint
}

// Problem is a part of a query that cannot be understood and is therefore left
// out. From and To are byte offsets in the text that was parsed.
type Problem struct {
	From, To int
	Expected string // what was expected there, for a human: "a duration like 30d"
}

// Hint is advice about a part of a query that works, but perhaps not as meant.
// From and To are byte offsets in the text that was parsed.
type Hint struct {
	From, To int
	Text     string // for a human: "did you mean state:"

	problem Problem // what it is where the query is final; the zero Problem where it stays advice
}

// OnlyAdvice reports whether the part works as it is, also where the query is
// final: the word failed, which is no field. What is not only advice is among
// [Query.StrictProblems].
func (h Hint) OnlyAdvice() bool { return h.problem == Problem{} }

// term is one condition of a query: a word, or a field with alternatives.
type term struct {
	from, to int // byte offsets in the text
	negated  bool
	word     word // its text is "" where the term is a field
	field    *field
	any      []alternative // of the field; one must hold
}

func (t *term) isWord() bool { return t.field == nil }

// Empty reports whether the query hides nothing.
func (q Query) Empty() bool { return len(q.terms) == 0 }

// HasWords reports whether the query holds words that snapshots can match more
// or less well, so that the best are to be shown first.
func (q Query) HasWords() bool {
	for i := range q.terms {
		if q.terms[i].isWord() && !q.terms[i].negated {
			return true
		}
	}
	return false
}

// Problems are the parts that were left out, in the order of the text. Values
// that only the data can judge, such as the name of a region, are judged by
// [Index.Search]; [Result] holds those problems too.
func (q Query) Problems() []Problem { return q.problems }

// Hints are the parts that may be meant otherwise, in the order of the text.
func (q Query) Hints() []Hint { return q.hints }

// StrictProblems are the problems of a query that nobody is typing any more, in the
// order of the text: [Query.Problems], a field without a value, and a word before
// a colon that is nearly a field. To answer stat:failed with nothing, or
// -stat:failed with everything, would be worst where a script acts on the answer.
func (q Query) StrictProblems() []Problem {
	all := slices.Clone(q.problems)
	for _, h := range q.hints {
		if !h.OnlyAdvice() {
			all = append(all, h.problem)
		}
	}
	slices.SortFunc(all, func(a, b Problem) int { return cmp.Compare(a.From, b.From) })
	return all
}

// String is the text that was parsed.
func (q Query) String() string { return q.text }
