package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// piece is a part of the text of a query.
type piece struct {
	text     string // as written, quotes included
	from, to int    // byte offsets in the text of the query
}

// split cuts a piece at the separators that are not between double quotes, and
// leaves empty pieces out. A quote that is not closed yet reaches to the end, as
// it does while somebody types.
func (p piece) split(separator func(rune) bool) []piece {
	var (
		parts  []piece
		start  = 0
		quoted bool
	)
	add := func(end int) {
		if end > start {
			parts = append(parts, p.slice(start, end))
		}
	}
	for i, r := range p.text {
		switch {
		case r == '"':
			quoted = !quoted
		case !quoted && separator(r):
			add(i)
			start = i + utf8.RuneLen(r)
		}
	}
	add(len(p.text))
	return parts
}

// slice is the part of a piece between two byte offsets in it.
func (p piece) slice(from, to int) piece {
	return piece{text: p.text[from:to], from: p.from + from, to: p.from + to}
}

// after is the piece without its first n bytes.
func (p piece) after(n int) piece { return p.slice(n, len(p.text)) }

// plain is the text without its quotes, and whether it had any.
func (p piece) plain() (text string, quoted bool) {
	if !strings.Contains(p.text, `"`) {
		return p.text, false
	}
	return strings.ReplaceAll(p.text, `"`, ""), true
}

func isSpace(r rune) bool { return unicode.IsSpace(r) }
func isComma(r rune) bool { return r == ',' }
