package query

import (
	"fmt"
	"slices"
	"strings"
)

// Parse reads a query. It never fails: what it cannot understand is left out and
// told by [Query.Problems].
func Parse(text string) Query {
	q, fields := Query{text: text}, allFields()
	for _, p := range (piece{text: text, to: len(text)}).split(isSpace) {
		q.parseTerm(p, fields)
	}
	return q
}

func (q *Query) parseTerm(p piece, fields fields) {
	t := term{from: p.from, to: p.to}
	if rest, ok := strings.CutPrefix(p.text, "-"); ok {
		t.negated = true
		p = p.after(len(p.text) - len(rest))
	}
	name, _, colon := strings.Cut(p.text, ":")
	if colon {
		if t.field = fields.named(name); t.field != nil {
			q.parseValues(t, p.after(len(name)+1))
			return
		}
	}
	t.word = parseWord(p)
	t.word.literal = t.word.literal || t.negated
	if t.word.text == "" {
		return // a lone quote or minus: a term that is still being typed
	}
	q.terms = append(q.terms, t)
	if colon {
		q.hintAtField(p, name, fields)
	} else if slices.Contains(fields.named("state").values, p.text) {
		q.hints = append(q.hints, Hint{From: p.from, To: p.to, Text: fmt.Sprintf("state:%s asks for the state", p.text)})
	}
}

// hintAtField hints at the field that was probably meant by a word before a colon.
// Who has begun the word with a quote has said that it is a text.
func (q *Query) hintAtField(p piece, name string, fields fields) {
	near := fields.nearest(name)
	if near == nil || strings.ContainsAny(name, `'"`) {
		return
	}
	text, _ := p.plain()
	q.hints = append(q.hints, Hint{
		From: p.from, To: p.from + len(name), Text: fmt.Sprintf("did you mean %s:", near.name),
		problem: Problem{From: p.from, To: p.to, Expected: fmt.Sprintf("%s:, or the quotes of '\"%s\"' to find this text", near.name, text)},
	})
}

func parseWord(p piece) word {
	rest, literal := strings.CutPrefix(p.text, "'")
	text, quoted := p.after(len(p.text) - len(rest)).plain()
	return newWord(text, literal || quoted)
}

func (q *Query) parseValues(t term, values piece) {
	parts := values.split(isComma)
	for _, p := range parts {
		text, _ := p.plain()
		parsed, ok := t.field.parse(text)
		if !ok || text == "" { // "" would be the start of everything
			q.problems = append(q.problems, Problem{From: p.from, To: p.to, Expected: t.field.expected})
			continue
		}
		parsed.from, parsed.to = p.from, p.to
		t.any = append(t.any, parsed)
	}
	if len(parts) == 0 {
		// While it is typed that is on its way to something.
		q.hints = append(q.hints, Hint{
			From: t.from, To: t.to, Text: t.field.expected,
			problem: Problem{From: t.from, To: t.to, Expected: t.field.expected},
		})
	}
	if len(t.any) > 0 {
		q.terms = append(q.terms, t)
	}
}
