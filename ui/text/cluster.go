package text

import (
	"unicode"
	"unicode/utf8"
)

const (
	// maxMarks is how many combining marks of a cluster are drawn. More of them
	// are seen only where somebody wants to cover the lines around.
	maxMarks = 4
	// maxRunes is how many runes of a cluster are drawn: as many as the longest
	// emoji that Unicode recommends for interchange has (two people with skin
	// tones who kiss). A cluster has the width of its first rune here, but not
	// in every terminal, so it must not grow without end.
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

// harmless returns the length in bytes of the start of a grapheme cluster that
// can be drawn as it is: of almost every cluster the whole. The cluster is
// valid UTF-8. If it is alone, it has nothing to the left of it in its text.
func harmless(cluster string, alone bool) int {
	if r, size := utf8.DecodeRuneInString(cluster); size == len(cluster) && inert(r) {
		return size
	}
	if alone && leans(cluster) {
		return 0
	}
	end := visible(cluster)
	last, size := utf8.DecodeLastRuneInString(cluster[:end])
	if end < len(cluster) && (last == zwj || last == zwnj) {
		end -= size // what it joined to is not drawn
		last, size = utf8.DecodeLastRuneInString(cluster[:end])
	}
	switch {
	case unicode.Is(prepend, last):
		return 0 // it would swallow what is drawn to the right of it
	case end == size && unicode.Is(unicode.Regional_Indicator, last):
		return 0 // half a flag: it would make a whole one with its neighbour
	}
	return end
}

// inert is a shortcut for most of what is not ASCII: Latin letters, arrows,
// boxes and symbols, Han, Hangul. They are drawn and do nothing else.
func inert(r rune) bool {
	return 0xa0 <= r && r < 0x300 && r != softHyphen ||
		0x2190 <= r && r < 0x2c00 || 0x3400 <= r && r < 0xa000 || 0xac00 <= r && r < 0xd7a4
}

// visible returns where the part of a cluster ends that can be seen and is not
// too much.
func visible(cluster string) (end int) {
	runes, drawn := 0, 0
	prev := rune(0)
	for end < len(cluster) && runes < maxRunes {
		r, size := utf8.DecodeRuneInString(cluster[end:])
		if isMark(r) {
			drawn++
		}
		if drawn > maxMarks || hidden(r, prev, cluster[end+size:]) {
			break
		}
		runes++
		end += size
		prev = r
	}
	return end
}

// leans reports whether a cluster starts with a mark: whatever stands to the
// left of it would get that. Segmentation knows newer marks than the standard
// library, and those that stand alone, as in Burmese.
func leans(cluster string) bool {
	start, size := utf8.DecodeRuneInString(cluster)
	if unicode.IsPrint(start) && !isMark(start) {
		return false
	}
	pair := "a" + cluster[:size]
	whole, _ := first(pair)
	return len(whole) == len(pair)
}

// hidden reports whether a rune cannot be seen at this place of a cluster, or
// changes how others are seen.
func hidden(r, prev rune, rest string) bool {
	switch {
	case r < 0xa0:
		return r < ' ' || r >= 0x7f
	case r == zwj || r == zwnj:
		return !joins(r, prev, rest)
	case r == textStyle || r == emojiStyle:
		return !styles(prev, rest)
	}
	return unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Variation_Selector,
		unicode.Other_Default_Ignorable_Code_Point, unicode.Noncharacter_Code_Point)
}

// joins reports whether a joiner does what it was made for: shape the letters
// beside a virama, or hold an emoji together. Segmentation has done most of
// the work: a joiner is in one cluster with a following rune that is no mark
// only between pictographs and in Indic conjuncts.
func joins(r, prev rune, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	const firstIndic, lastIndic = 0x0900, 0x0dff // Devanagari to Sinhala
	if firstIndic <= prev && prev <= lastIndic && (unicode.Is(virama, prev) || unicode.Is(virama, next)) {
		return true
	}
	return r == zwj && rest != "" && !isMark(next)
}

// styles reports whether a variation selector chooses between the two looks of
// a character that has two: a pictograph or a keycap. Elsewhere it is good for
// nothing but hiding data and spoiling widths.
func styles(prev rune, rest string) bool {
	if prev < utf8.RuneSelf {
		next, _ := utf8.DecodeRuneInString(rest)
		return next == keycap && ('0' <= prev && prev <= '9' || prev == '#' || prev == '*')
	}
	// Only pictographs are joined to pictographs: that tells them.
	pair := string(prev) + "\u200d❤"
	cluster, _ := first(pair)
	return len(cluster) == len(pair)
}

// isMark reports whether a rune is drawn onto the one in front of it.
func isMark(r rune) bool {
	return r >= 0x300 && (unicode.Is(unicode.M, r) || unicode.Is(modifier, r))
}

// marks returns the length in bytes and the number of the marks at the start
// of s.
func marks(s string) (bytes, count int) {
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

// modifier holds what combines with the rune in front of it and is no mark by
// its category: Thai and Lao AM, halfwidth voiced sound marks, skin tones.
var modifier = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x0e33, Hi: 0x0e33, Stride: 1}, {Lo: 0x0eb3, Hi: 0x0eb3, Stride: 1}, {Lo: 0xff9e, Hi: 0xff9f, Stride: 1}},
	R32: []unicode.Range32{{Lo: 0x1f3fb, Hi: 0x1f3ff, Stride: 1}},
}

// virama holds the signs that join Indic consonants, from Devanagari to
// Sinhala (Unicode: Indic_Syllabic_Category=Virama, without later scripts).
var virama = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x094d, Hi: 0x0d4d, Stride: 0x80}, // one a block: Devanagari, Bengali, … Malayalam
		{Lo: 0x0dca, Hi: 0x0dca, Stride: 1},
	},
}

// prepend holds the letters that combine with the one behind them (Unicode:
// Grapheme_Cluster_Break=Prepend; those of category Cf are never drawn).
var prepend = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x0d4e, Hi: 0x0d4e, Stride: 1}},
	R32: []unicode.Range32{
		{Lo: 0x111c2, Hi: 0x111c3, Stride: 1}, {Lo: 0x113d1, Hi: 0x113d1, Stride: 1}, {Lo: 0x1193f, Hi: 0x11941, Stride: 2},
		{Lo: 0x11a3a, Hi: 0x11a3a, Stride: 1}, {Lo: 0x11a84, Hi: 0x11a89, Stride: 1}, {Lo: 0x11d46, Hi: 0x11d46, Stride: 1},
		{Lo: 0x11f02, Hi: 0x11f02, Stride: 1},
	},
}
