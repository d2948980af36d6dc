package query

import (
	"fmt"
	"slices"
	"strings"
)

// Parse reads a query. It never fails: what it cannot understand is left out and
// told by [Query.Mistakes].
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
		if near := fields.nearest(name); near != nil {
			q.hint(p.from, p.from+len(name), fmt.Sprintf("did you mean %s:", near.name))
		}
	} else if slices.Contains(fields.named("state").values, p.text) {
		q.hint(p.from, p.to, fmt.Sprintf("state:%s asks for the state", p.text))
	}
}

func (q *Query) hint(from, to int, text string) {
	q.hints = append(q.hints, Hint{From: from, To: to, Text: text})
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
			q.mistakes = append(q.mistakes, Mistake{From: p.from, To: p.to, Want: t.field.want})
			continue
		}
		parsed.from, parsed.to = p.from, p.to
		t.any = append(t.any, parsed)
	}
	if len(parts) == 0 {
		q.hints = append(q.hints, Hint{From: t.from, To: t.to, Text: t.field.want, Unfinished: true})
	}
	if len(t.any) > 0 {
		q.terms = append(q.terms, t)
	}
}
