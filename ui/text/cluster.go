package text

import (
	"unicode"
	"unicode/utf8"
)

const (
	// maxMarks is the maximum number of combining marks of a cluster that are drawn.
	// Real text has no more; stacks of marks cover the lines above and below.
	maxMarks = 4
	// maxRunes is the maximum number of runes of a cluster that are drawn. It is the
	// length of the longest emoji that Unicode recommends for interchange (a kiss of
	// two people with skin tones). Some terminals draw a cluster wider than its first
	// rune, so its length must be limited.
	maxRunes = 10
)

const (
	softHyphen = 0x00ad
	zwnj       = 0x200c // zero width non-joiner
	zwj        = 0x200d // zero width joiner
	textStyle  = 0xfe0e // variation selector 15
	emojiStyle = 0xfe0f // variation selector 16
	keycap     = 0x20e3 // combining enclosing keycap
)

// drawableLen returns the length in bytes of the prefix of a grapheme cluster that can
// be drawn unescaped, nearly always the whole cluster. The cluster is valid UTF-8. alone
// is true if no unescaped text precedes it.
func drawableLen(cluster string, alone bool) int {
	if r, size := utf8.DecodeRuneInString(cluster); size == len(cluster) && isPlainSymbol(r) {
		return size
	}
	if alone && combinesLeft(cluster) {
		return 0
	}
	end := visibleLen(cluster)
	last, size := utf8.DecodeLastRuneInString(cluster[:end])
	if end < len(cluster) && (last == zwj || last == zwnj) {
		end -= size // what it joins is not drawn
		last, size = utf8.DecodeLastRuneInString(cluster[:end])
	}
	switch {
	case unicode.Is(prependLetters, last):
		return 0 // it would combine with the text to its right
	case end == size && unicode.Is(unicode.Regional_Indicator, last):
		return 0 // half a flag would combine with its neighbour into a flag
	}
	return end
}

// isPlainSymbol is a fast path for most non-ASCII text that needs no checks: Latin
// letters, arrows, boxes, symbols, Han, Hangul.
func isPlainSymbol(r rune) bool {
	return 0xa0 <= r && r < 0x300 && r != softHyphen ||
		0x2190 <= r && r < 0x2c00 || 0x3400 <= r && r < 0xa000 || 0xac00 <= r && r < 0xd7a4
}

// visibleLen returns the length in bytes of the prefix of a cluster that is visible and
// within the limits.
func visibleLen(cluster string) (end int) {
	runes, drawn := 0, 0
	prev := rune(0)
	for end < len(cluster) && runes < maxRunes {
		r, size := utf8.DecodeRuneInString(cluster[end:])
		if isMark(r) {
			drawn++
		}
		if drawn > maxMarks || isInvisible(r, prev, cluster[end+size:]) {
			break
		}
		runes++
		end += size
		prev = r
	}
	return end
}

// combinesLeft reports whether a cluster starts with a mark, which would combine with
// the text to its left. It uses the segmentation, which knows newer marks than the
// standard library, and marks that do not combine, as in Burmese.
func combinesLeft(cluster string) bool {
	start, size := utf8.DecodeRuneInString(cluster)
	if unicode.IsPrint(start) && !isMark(start) {
		return false
	}
	pair := "a" + cluster[:size]
	whole, _ := firstCluster(pair)
	return len(whole) == len(pair)
}

// isInvisible reports whether a rune is invisible at this position of a cluster, or
// changes how other text is drawn.
func isInvisible(r, prev rune, rest string) bool {
	switch {
	case r < 0xa0:
		return r < ' ' || r >= 0x7f
	case r == zwj || r == zwnj:
		return !isJoinerUsed(r, prev, rest)
	case r == textStyle || r == emojiStyle:
		return !isSelectorUsed(prev, rest)
	}
	return unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Variation_Selector,
		unicode.Other_Default_Ignorable_Code_Point, unicode.Noncharacter_Code_Point)
}

// isJoinerUsed reports whether a joiner has its intended effect: it shapes the letters
// next to a virama, or joins an emoji. The segmentation has put a joiner and a following
// rune that is no mark into one cluster only between pictographs and in Indic conjuncts.
func isJoinerUsed(r, prev rune, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	const firstIndic, lastIndic = 0x0900, 0x0dff // Devanagari to Sinhala
	if firstIndic <= prev && prev <= lastIndic && (unicode.Is(viramas, prev) || unicode.Is(viramas, next)) {
		return true
	}
	return r == zwj && rest != "" && !isMark(next)
}

// isSelectorUsed reports whether a variation selector follows a character with two
// styles: a pictograph or a keycap. Elsewhere it has no visible effect, but can hide data
// and change widths.
func isSelectorUsed(prev rune, rest string) bool {
	if prev < utf8.RuneSelf {
		next, _ := utf8.DecodeRuneInString(rest)
		return next == keycap && ('0' <= prev && prev <= '9' || prev == '#' || prev == '*')
	}
	// prev is a pictograph if it can be joined to one.
	pair := string(prev) + "\u200d❤"
	cluster, _ := firstCluster(pair)
	return len(cluster) == len(pair)
}

// isMark reports whether a rune combines with the one before it.
func isMark(r rune) bool {
	return r >= 0x300 && (unicode.Is(unicode.M, r) || unicode.Is(modifiers, r))
}

// countMarks returns the length in bytes and the number of the marks at the start of s.
func countMarks(s string) (bytes, count int) {
	for _, r := range s {
		if !isMark(r) {
			break
		}
		bytes += utf8.RuneLen(r)
		count++
	}
	return bytes, count
}

func endsInMark(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return isMark(r)
}

// modifiers holds the runes that combine with the one before them, but are not in a mark
// category: Thai and Lao AM, halfwidth voiced sound marks, skin tones.
var modifiers = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x0e33, Hi: 0x0e33, Stride: 1}, {Lo: 0x0eb3, Hi: 0x0eb3, Stride: 1}, {Lo: 0xff9e, Hi: 0xff9f, Stride: 1}},
	R32: []unicode.Range32{{Lo: 0x1f3fb, Hi: 0x1f3ff, Stride: 1}},
}

// viramas holds the signs that join Indic consonants, from Devanagari to Sinhala
// (Unicode: Indic_Syllabic_Category=Virama, without later scripts).
var viramas = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x094d, Hi: 0x0d4d, Stride: 0x80}, // one per block: Devanagari, Bengali, … Malayalam
		{Lo: 0x0dca, Hi: 0x0dca, Stride: 1},
	},
}

// prependLetters holds the letters that combine with the one after them (Unicode:
// Grapheme_Cluster_Break=Prepend; those of category Cf are always escaped).
var prependLetters = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x0d4e, Hi: 0x0d4e, Stride: 1}},
	R32: []unicode.Range32{
		{Lo: 0x111c2, Hi: 0x111c3, Stride: 1}, {Lo: 0x113d1, Hi: 0x113d1, Stride: 1}, {Lo: 0x1193f, Hi: 0x11941, Stride: 2},
		{Lo: 0x11a3a, Hi: 0x11a3a, Stride: 1}, {Lo: 0x11a84, Hi: 0x11a89, Stride: 1}, {Lo: 0x11d46, Hi: 0x11d46, Stride: 1},
		{Lo: 0x11f02, Hi: 0x11f02, Stride: 1},
	},
}
