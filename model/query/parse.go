package query

import (
	"fmt"
	"slices"
	"strings"
)

// Parse reads a query. It never fails: [Query.Problems] lists the parts that it
// could not understand and left out.
func Parse(text string) Query {
	q, fields := Query{text: text}, allFields()
	for _, t := range (token{text: text, to: len(text)}).split(isSpace) {
		q.parseTerm(t, fields)
	}
	return q
}

func (q *Query) parseTerm(tok token, fields fields) {
	t := term{from: tok.from, to: tok.to}
	if rest, ok := strings.CutPrefix(tok.text, "-"); ok {
		t.negated = true
		tok = tok.dropFirst(len(tok.text) - len(rest))
	}
	name, _, colon := strings.Cut(tok.text, ":")
	if colon {
		if t.field = fields.named(name); t.field != nil {
			q.parseValues(t, tok.dropFirst(len(name)+1))
			return
		}
	}
	t.word = parseWord(tok)
	t.word.literal = t.word.literal || t.negated
	if t.word.text == "" {
		return // a lone quote or minus: the user is still typing
	}
	q.terms = append(q.terms, t)
	if colon {
		q.suggestField(tok, name, fields)
	} else if slices.Contains(fields.named("state").values, tok.text) {
		q.hints = append(q.hints, Hint{From: tok.from, To: tok.to, Text: fmt.Sprintf("state:%s filters by state", tok.text)})
	}
}

// suggestField adds a hint if a word with a colon is nearly a field. A quote in the
// name means that the user wants the literal text.
func (q *Query) suggestField(tok token, name string, fields fields) {
	similar := fields.suggest(name)
	if similar == nil || strings.ContainsAny(name, `'"`) {
		return
	}
	text, _ := tok.unquoted()
	q.hints = append(q.hints, Hint{
		From: tok.from, To: tok.from + len(name), Text: fmt.Sprintf("did you mean %s:", similar.name),
		strict: Problem{From: tok.from, To: tok.to, Expected: fmt.Sprintf("%s:, or quotes for literal text: '\"%s\"'", similar.name, text)},
	})
}

func parseWord(tok token) word {
	rest, literal := strings.CutPrefix(tok.text, "'")
	text, quoted := tok.dropFirst(len(tok.text) - len(rest)).unquoted()
	return newWord(text, literal || quoted)
}

func (q *Query) parseValues(t term, list token) {
	tokens := list.split(isComma)
	for _, tok := range tokens {
		text, _ := tok.unquoted()
		value, ok := t.field.parse(text)
		if !ok || text == "" { // "" is a prefix of everything
			q.problems = append(q.problems, Problem{From: tok.from, To: tok.to, Expected: t.field.expected})
			continue
		}
		value.from, value.to = tok.from, tok.to
		t.values = append(t.values, value)
	}
	if len(tokens) == 0 {
		// While the user types, a value may follow.
		q.hints = append(q.hints, Hint{
			From: t.from, To: t.to, Text: t.field.expected,
			strict: Problem{From: t.from, To: t.to, Expected: t.field.expected},
		})
	}
	if len(t.values) > 0 {
		q.terms = append(q.terms, t)
	}
}
