package query

import (
	"unicode"
	"unicode/utf8"
)

// foldRune maps all runes that differ in case only to one of them: the lower-case
// letter where ASCII has one. Two runes fold to the same exactly where
// [strings.EqualFold] takes them for equal.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	if least < utf8.RuneSelf {
		return foldRune(least)
	}
	return least
}

// appendFold appends the folded form of s, whose bytes can be compared.
func appendFold(to []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			for _, r := range s[i:] {
				to = utf8.AppendRune(to, foldRune(r))
			}
			return to
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		to = append(to, c)
	}
	return to
}

// fold is the folded form of s.
func fold(s string) string { return string(appendFold(nil, s)) }
