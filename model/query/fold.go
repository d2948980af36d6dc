package query

import (
	"unicode"
	"unicode/utf8"
)

// foldRune maps runes that differ only in case to one of them, the lower-case letter
// in ASCII. Two runes fold to the same rune exactly if [strings.EqualFold] treats them
// as equal.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	smallest := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		smallest = min(smallest, next)
	}
	if smallest < utf8.RuneSelf {
		return foldRune(smallest)
	}
	return smallest
}

// appendFold appends the folded form of s, which can be compared byte by byte.
func appendFold(dst []byte, s string) []byte {
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			for _, r := range s[i:] {
				dst = utf8.AppendRune(dst, foldRune(r))
			}
			return dst
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

// fold returns the folded form of s. It does not allocate if s is folded already, as
// most names are.
func fold(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return string(appendFold(make([]byte, 0, len(s)), s))
		}
	}
	return s
}

// foldedPrefix reports whether s starts with the folded text, ignoring case, and the
// length of that prefix in s, in bytes.
func foldedPrefix(s, folded string) (n int, ok bool) {
	for n < len(s) && folded != "" {
		if s[n] < utf8.RuneSelf && folded[0] < utf8.RuneSelf {
			if byte(foldRune(rune(s[n]))) != folded[0] {
				return 0, false
			}
			n, folded = n+1, folded[1:]
			continue
		}
		r, size := utf8.DecodeRuneInString(s[n:])
		next, nextSize := utf8.DecodeRuneInString(folded)
		if foldRune(r) != next {
			return 0, false
		}
		n, folded = n+size, folded[nextSize:]
	}
	return n, folded == ""
}
