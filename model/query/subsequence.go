package query

import (
	"bytes"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// hasSubsequence reports whether the characters of the text occur in the pieces in
// this order, with anything in between. All arguments are folded UTF-8, in which no
// other character contains the byte of an ASCII character.
func hasSubsequence(text []byte, pieces ...[]byte) bool {
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

// gapBytes returns the number of bytes between the characters of the subsequence
// text in s. A forward scan finds the first end, a backward scan from there the
// closest start.
func gapBytes(text, s []byte) int {
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

// chunksAtStarts returns the smallest number of chunks into which the text can be cut
// so that each is the start of a word of the name: 2 for "noag" in node-agents. It
// returns 0 if that is impossible.
//
// fewest[k] is the smallest number of chunks for the first k bytes of the text, with
// the words of the name tried so far. k descends, so that no word is used twice.
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
				if chunks := &fewest[k+i+1]; *chunks == 0 || *chunks > fewest[k]+1 {
					*chunks = fewest[k] + 1
				}
			}
		}
	}
	return int(fewest[len(text)])
}
