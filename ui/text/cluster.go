package text

import (
	"unicode"
	"unicode/utf8"
)

const (
	// maxMarks is how many combining marks of a cluster are drawn. More than
	// that is seen only where somebody wants to cover the lines around.
	maxMarks = 4
	// maxRunes is how many runes of a cluster are drawn: as many as the longest
	// emoji that Unicode recommends (two people with skin tones who kiss).
	// A cluster has the width of its first rune here, but not in every terminal,
	// so it must not grow without end.
	maxRunes = 10

	zwnj        = 0x200c
	zwj         = 0x200d
	textStyle   = 0xfe0e
	emojiStyle  = 0xfe0f
	keycap      = 0x20e3
	firstSkin   = 0x1f3fb
	lastSkin    = 0x1f3ff
	firstLetter = 0x1f1e6 // regional indicators: two make a flag
	lastLetter  = 0x1f1ff
)

// harmless returns the length of the start of a grapheme cluster that may be
// drawn as it is. It is the whole cluster in almost every case.
func harmless(cluster string) int {
	var prev rune
	var runes, drawn int
	for i, r := range cluster {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(cluster[i:])
		}
		switch {
		case r == utf8.RuneError && size == 1, hidden(r, prev, cluster[i+size:]), runes == maxRunes:
			return closed(cluster[:i], prev)
		case isMark(r):
			if drawn == maxMarks {
				return closed(cluster[:i], prev)
			}
			drawn++
		}
		if i == 0 && leans(r) {
			return 0
		}
		runes++
		prev = r
	}
	if runes == 1 && firstLetter <= prev && prev <= lastLetter {
		return 0
	}
	return closed(cluster, prev)
}

// closed returns the length of a start of a cluster, or 0 if its last rune
// would swallow whatever is drawn to the right of it.
func closed(head string, last rune) int {
	if unicode.Is(prepend, last) {
		return 0
	}
	return len(head)
}

// hidden reports whether a rune cannot be seen, or changes how others are
// seen, at this place of a cluster.
func hidden(r, prev rune, rest string) bool {
	switch r {
	case zwj, zwnj:
		return !joins(r, prev, rest)
	case textStyle, emojiStyle:
		return !styles(prev, rest)
	}
	if r < 0x20 || 0x7f <= r && r < 0xa0 {
		return true
	}
	return r > 0xa0 && unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Variation_Selector,
		unicode.Other_Default_Ignorable_Code_Point, unicode.Noncharacter_Code_Point)
}

// joins reports whether a joiner does what it was made for: it holds together
// an emoji, or shapes the letters beside a virama. Segmentation has done most
// of the work: a joiner in front of anything but a mark is in one cluster with
// it only between pictographs or in an Indic conjunct.
func joins(r, prev rune, rest string) bool {
	if prev == 0 {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest)
	if unicode.Is(virama, prev) || unicode.Is(virama, next) {
		return true
	}
	return r == zwj && rest != "" && next != zwj && next != zwnj && !isMark(next) && !unicode.Is(unicode.Cf, next)
}

// styles reports whether a variation selector chooses between the two looks of
// a character that has them: a symbol or a keycap. Elsewhere it is invisible,
// and good for nothing but hiding.
func styles(prev rune, rest string) bool {
	if prev < utf8.RuneSelf {
		next, _ := utf8.DecodeRuneInString(rest)
		return next == keycap && ('0' <= prev && prev <= '9' || prev == '#' || prev == '*')
	}
	const information = 0x2139 // the one emoji that is a letter
	return unicode.IsSymbol(prev) && !isMark(prev) || unicode.IsPunct(prev) || prev == information
}

// isMark reports whether a rune is drawn onto the one in front of it.
func isMark(r rune) bool { return r >= 0x300 && (unicode.Is(unicode.M, r) || unicode.Is(modifier, r)) }

// leans reports whether a rune that starts a text would combine with whatever
// stands to the left of it on the screen.
func leans(r rune) bool {
	if !isMark(r) {
		return false
	}
	pair := "a" + string(r)
	cluster, _ := first(pair)
	return len(cluster) == len(pair)
}

// marks returns the length in bytes of the marks at the start of s.
func marks(s string) (n int) {
	for _, r := range s {
		if !isMark(r) || r == textStyle || r == emojiStyle {
			break
		}
		n += utf8.RuneLen(r)
	}
	return n
}

func endsInMark(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return isMark(r)
}

// modifier holds what combines with the rune in front of it and is no mark by
// its category: Thai and Lao AM, halfwidth voiced sound marks, skin tones.
var modifier = &unicode.RangeTable{
	R16: []unicode.Range16{{0x0e33, 0x0e33, 1}, {0x0eb3, 0x0eb3, 1}, {0xff9e, 0xff9f, 1}},
	R32: []unicode.Range32{{firstSkin, lastSkin, 1}},
}

// virama holds the signs that join Indic consonants (Unicode: InCB=Linker, and
// the viramas of Gurmukhi, Tamil, Kannada and Sinhala).
var virama = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x094d, 0x09cd, 0x80}, {0x0a4d, 0x0acd, 0x80}, {0x0b4d, 0x0bcd, 0x80},
		{0x0c4d, 0x0ccd, 0x80}, {0x0d4d, 0x0d4d, 1}, {0x0dca, 0x0dca, 1},
	},
}

// prepend holds the letters that combine with the one behind them (Unicode:
// Grapheme_Cluster_Break=Prepend, without those of category Cf).
var prepend = &unicode.RangeTable{
	R16: []unicode.Range16{{0x0d4e, 0x0d4e, 1}},
	R32: []unicode.Range32{
		{0x111c2, 0x111c3, 1}, {0x113d1, 0x113d1, 1}, {0x1193f, 0x1193f, 1}, {0x11941, 0x11941, 1},
		{0x11a3a, 0x11a3a, 1}, {0x11a84, 0x11a89, 1}, {0x11d46, 0x11d46, 1}, {0x11f02, 0x11f02, 1},
	},
}
