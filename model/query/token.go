package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a part of the text of a query.
type token struct {
	text     string // as written, quotes included
	from, to int    // byte offsets in the text of the query
}

// split cuts a token at the separators outside double quotes and drops empty parts.
// An unclosed quote reaches to the end, as it does while the user types.
func (t token) split(separator func(rune) bool) []token {
	var (
		parts  []token
		start  = 0
		quoted bool
	)
	add := func(end int) {
		if end > start {
			parts = append(parts, t.slice(start, end))
		}
	}
	for i, r := range t.text {
		switch {
		case r == '"':
			quoted = !quoted
		case !quoted && separator(r):
			add(i)
			start = i + utf8.RuneLen(r)
		}
	}
	add(len(t.text))
	return parts
}

// slice returns the bytes [from, to) of the token.
func (t token) slice(from, to int) token {
	return token{text: t.text[from:to], from: t.from + from, to: t.from + to}
}

// dropFirst returns the token without its first n bytes.
func (t token) dropFirst(n int) token { return t.slice(n, len(t.text)) }

// unquoted returns the text without its quotes, and whether it had any.
func (t token) unquoted() (text string, quoted bool) {
	if !strings.Contains(t.text, `"`) {
		return t.text, false
	}
	return strings.ReplaceAll(t.text, `"`, ""), true
}

func isSpace(r rune) bool { return unicode.IsSpace(r) }
func isComma(r rune) bool { return r == ',' }
