package query

import (
	"bytes"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// scatteredIn reports whether the letters of the text are in the pieces in their
// order. All is folded UTF-8, in which a letter of ASCII is one byte and nothing
// else contains it.
func scatteredIn(text []byte, pieces ...[]byte) bool {
	next := 0
	for _, piece := range pieces {
		for i, c := range piece {
			if c != text[next] {
				continue
			}
			size := 1
			if c >= utf8.RuneSelf {
				if _, size = utf8.DecodeRune(text[next:]); !bytes.HasPrefix(piece[i:], text[next:next+size]) {
					continue
				}
			}
			if next += size; next == len(text) {
				return true
			}
		}
	}
	return false
}

// gaps is how many bytes lie between the letters of the text where they are found
// closest to each other: the end is found forwards, then the start backwards.
func gaps(text, s []byte) int {
	end, next := 0, 0
	for ; end < len(s) && next < len(text); end++ {
		if s[end] == text[next] {
			next++
		}
	}
	start := end
	for next = len(text); start > 0 && next > 0; {
		start--
		if s[start] == text[next-1] {
			next--
		}
	}
	return end - start - len(text)
}

// chunksAtStarts tells into how few chunks the text can be cut so that each
// starts a word of the name and lies in that word: "noag" is two of node-agents.
// It is 0 where that is impossible.
//
// fewest[k] is the least number of chunks for the first k letters with the words
// seen so far. The words are tried one after the other; k falls, so that a word is
// not used twice.
func chunksAtStarts(text, name []byte, starts uint64) int {
	const longest = 32
	if len(text) > longest {
		return 0
	}
	var fewest [longest + 1]uint8
	for ; starts != 0; starts &= starts - 1 {
		at := bits.TrailingZeros64(starts)
		end := min(len(name), bits.TrailingZeros64(starts&(starts-1)))
		if starts&(starts-1) == 0 {
			end = len(name)
		}
		word := name[at:end]
		for k := range slices.Backward(text) {
			if k > 0 && fewest[k] == 0 {
				continue
			}
			for i := 0; i < len(word) && k+i < len(text) && word[i] == text[k+i]; i++ {
				if have := &fewest[k+i+1]; *have == 0 || *have > fewest[k]+1 {
					*have = fewest[k] + 1
				}
			}
		}
	}
	return int(fewest[len(text)])
}
