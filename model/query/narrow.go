package query

import (
	"slices"
	"strings"
)

// narrows reports whether whatever satisfies q now was in the last result. It may
// say no where it is so; it never says yes where it is not.
func narrows(last Result, q Query, c Context) bool {
	sameContext := last.about.Now.Equal(c.Now) && last.about.Timeout == c.Timeout &&
		slices.Equal(last.about.Regions, c.Regions)
	for i := range last.query.terms {
		old := &last.query.terms[i]
		if !old.isWord() && old.field.contextual && !sameContext {
			return false
		}
		kept := func(t term) bool { return t.implies(old, q.text, last.query.text) }
		if !slices.ContainsFunc(q.terms, kept) {
			return false
		}
	}
	return true
}

// implies reports whether every snapshot that satisfies t satisfies old too.
func (t *term) implies(old *term, text, oldText string) bool {
	switch {
	case t.isWord() != old.isWord() || t.negated != old.negated:
		return false
	case !t.isWord():
		return text[t.from:t.to] == oldText[old.from:old.to]
	case t.negated:
		return t.word.text == old.word.text
	default:
		return t.word.narrows(&old.word)
	}
}

// narrows reports whether every snapshot that satisfies the word satisfies the
// shorter one too: what contains "python", or its letters in their order, contains
// "pyt" in the same way.
func (w *word) narrows(shorter *word) bool {
	if shorter.literal && !w.literal {
		return false
	}
	if shorter.sensitive {
		return strings.Contains(w.text, shorter.text)
	}
	return strings.Contains(w.folded, shorter.folded)
}
