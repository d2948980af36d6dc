package query

import (
	"slices"
	"strings"
)

// narrows reports whether every snapshot that matches q is in the last result. It may
// return false negatives, but no false positives.
func narrows(last Result, q Query, c Context) bool {
	sameContext := last.context.Now.Equal(c.Now) && last.context.Timeout == c.Timeout &&
		slices.Equal(last.context.Regions, c.Regions)
	if last.context.Families != c.Families {
		return false
	}
	for i := range last.query.terms {
		old := &last.query.terms[i]
		if !old.isWord() && old.field.usesContext && !sameContext {
			return false
		}
		implied := func(t term) bool { return t.implies(old, q.text, last.query.text) }
		if !slices.ContainsFunc(q.terms, implied) {
			return false
		}
	}
	return true
}

// implies reports whether every snapshot that matches t matches old too.
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

// narrows reports whether every snapshot that matches the word matches the shorter
// one too: what contains "python" as a substring or a subsequence contains "pyt" in
// the same way.
func (w *word) narrows(shorter *word) bool {
	if shorter.literal && !w.literal {
		return false
	}
	if shorter.sensitive {
		return strings.Contains(w.text, shorter.text)
	}
	return strings.Contains(w.folded, shorter.folded)
}
