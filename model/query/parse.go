package query

import (
	"fmt"
	"slices"
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
	name, _, colon := strings.Cut(p.text, ":")
	if f := fieldNamed(name); colon && f != nil {
		q.parseField(t, f, p.after(len(name)+1))
		return
	}
	t.word = parseWord(p)
	t.word.literal = t.word.literal || t.negated
	if t.word.text == "" {
		return // a lone quote or minus: a term that is still being typed
	}
	q.terms = append(q.terms, t)
	switch near := nearestField(name); {
	case colon && near != "":
		q.hint(p.from, p.from+len(name), fmt.Sprintf("did you mean %s:", near))
	case slices.Contains(stateValues(), p.text):
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
		q.hint(t.from, t.to, f.want)
	}
	if len(t.any) > 0 {
		q.terms = append(q.terms, t)
	}
}
