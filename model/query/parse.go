package query

import (
	"fmt"
	"strings"
)

// Parse reads a query. It never fails: what it cannot understand is left out and
// told by [Query.Mistakes].
func Parse(text string) Query {
	q := Query{text: text}
	for _, p := range (piece{text: text, to: len(text)}).split(isSpace) {
		q.parseTerm(p)
	}
	return q
}

func (q *Query) parseTerm(p piece) {
	t := term{from: p.from, to: p.to}
	if rest, ok := strings.CutPrefix(p.text, "-"); ok {
		t.negated = true
		p = p.after(len(p.text) - len(rest))
	}
	name, _, isField := strings.Cut(p.text, ":")
	if isField {
		if f := fieldNamed(name); f != nil {
			q.parseField(t, f, p.after(len(name)+1))
			return
		}
		if near := nearestField(name); near != "" {
			q.hints = append(q.hints, Hint{From: p.from, To: p.from + len(name), Text: fmt.Sprintf("did you mean %s:", near)})
		}
	}
	t.word = parseWord(p)
	t.word.literal = t.word.literal || t.negated
	// A lone quote or minus is the start of a term that is still being typed.
	if t.word.text != "" {
		q.terms = append(q.terms, t)
	}
}

func parseWord(p piece) word {
	rest, literal := strings.CutPrefix(p.text, "'")
	text, quoted := p.after(len(p.text) - len(rest)).plain()
	return newWord(text, literal || quoted)
}

func (q *Query) parseField(t term, f *field, values piece) {
	t.field = f
	parts := values.split(isComma)
	for _, p := range parts {
		text, _ := p.plain()
		parsed, ok := f.parse(text)
		if !ok {
			q.mistakes = append(q.mistakes, Mistake{From: p.from, To: p.to, Want: f.want})
			continue
		}
		parsed.from, parsed.to = p.from, p.to
		t.any = append(t.any, parsed)
	}
	if len(parts) == 0 {
		q.hints = append(q.hints, Hint{From: t.from, To: t.to, Text: f.want})
	}
	if len(t.any) > 0 {
		q.terms = append(q.terms, t)
	}
}
