package model

import (
	"bytes"
	"strings"
)

const (
	uuidLen   = 36
	minDigest = 7  // the shortest digest, that of a commit
	minID     = 10 // the shortest id that is not one of hexadecimal digits
)

// withoutNumbers replaces numbers, digests and ids.
func withoutNumbers(s string) string {
	var b patternBuilder
	for at := 0; at < len(s); {
		if !isWordByte(s[at]) {
			b.write(s[at : at+1])
			at++
			continue
		}
		if isUUID(s[at:]) {
			b.blank()
			at += uuidLen
			continue
		}
		end := at
		for end < len(s) && isWordByte(s[end]) {
			end++
		}
		b.word(s[at:end])
		at = end
	}
	return string(b.out)
}

// patternBuilder joins blanks with nothing but a separator between them, so that 1.2 and
// 1.2.3 are equal.
type patternBuilder struct{ out []byte }

func (b *patternBuilder) write(s string) { b.out = append(b.out, s...) }

func (b *patternBuilder) blank() {
	if last := len(b.out) - 1; last >= 0 && strings.IndexByte(".,:/-", b.out[last]) >= 0 && bytes.HasSuffix(b.out[:last], []byte(blank)) {
		b.out = b.out[:last]
		return
	}
	if !bytes.HasSuffix(b.out, []byte(blank)) {
		b.write(blank)
	}
}

// word writes a word, as far as it is no number, digest or id.
func (b *patternBuilder) word(word string) {
	digits, hexadecimal := 0, true
	for i := range len(word) {
		c := word[i]
		if isDigit(c) {
			digits++
		} else if c < 'a' || c > 'f' {
			hexadecimal = false
		}
	}
	switch {
	case digits == 0:
		b.write(word)
	case hexadecimal && len(word) >= minDigest, digits > 1 && len(word) >= minID:
		b.blank()
	default:
		b.digits(word)
	}
}

// digits writes a word without its digits.
func (b *patternBuilder) digits(word string) {
	for at := 0; at < len(word); {
		end := at
		for end < len(word) && isDigit(word[end]) == isDigit(word[at]) {
			end++
		}
		if isDigit(word[at]) {
			b.blank()
		} else {
			b.write(word[at:end])
		}
		at = end
	}
}

// isUUID reports whether s starts with a UUID.
func isUUID(s string) bool {
	if len(s) < uuidLen || len(s) > uuidLen && isWordByte(s[uuidLen]) {
		return false
	}
	for i := range uuidLen {
		switch c := s[i]; {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case !isDigit(c) && (c < 'a' || c > 'f') && (c < 'A' || c > 'F'):
			return false
		}
	}
	return true
}
