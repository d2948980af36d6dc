package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"daytona/snapdeck/model"
)

// entry is a snapshot to be added to an index.
type entry struct {
	s        *model.Snapshot
	name     string // folded
	storePos uint32 // position in the store
	row      uint32 // row in the index, set when it is added
}

// compare orders by folded name, then name, then id. The order is total, so equal
// matches never swap.
func (e entry) compare(other entry) int {
	if c := strings.Compare(e.name, other.name); c != 0 {
		return c
	}
	if c := strings.Compare(e.s.Name, other.s.Name); c != 0 {
		return c
	}
	return strings.Compare(e.s.ID, other.s.ID)
}

// builder appends rows to a new index.
type builder struct {
	ix Index
	// The last ref and the number of its affix: the next ref often has the same.
	last  refParts
	affix uint8
}

// newBuilder returns a builder with capacity for n rows and the given numbers of
// bytes in the arenas. affixes are those of the older index, nil for a new one.
func newBuilder(n, names, rest int, affixes []affix) *builder {
	if affixes == nil {
		affixes = []affix{{}}
	}
	return &builder{ix: Index{
		rows:       make([]*model.Snapshot, 0, n),
		names:      arena{text: make([]byte, 0, names), ends: make([]uint32, 0, n)},
		wordStarts: make([]uint64, 0, n),
		nameMask:   make([]uint64, 0, n),
		rest:       arena{text: make([]byte, 0, rest), ends: make([]uint32, 0, n)},
		layouts:    make([]rowLayout, 0, n),
		restMask:   make([]uint64, 0, n),
		affixes:    slices.Clip(affixes),
	}}
}

// add appends a row. name is the folded name, which the caller has already.
func (b *builder) add(s *model.Snapshot, name string) {
	ix := &b.ix
	ix.rows = append(ix.rows, s)
	ix.names.append(name)
	ix.wordStarts = append(ix.wordStarts, wordStarts(s.Name))
	ix.nameMask = append(ix.nameMask, maskOf(name))

	var layout rowLayout
	ref := splitRef(s.Ref.Value)
	layout.affix = b.affixOf(ref)
	unique := ref.unique
	if layout.affix == 0 {
		unique = s.Ref.Value
	}
	image := s.ImageName.Value
	layout.host = byteLen(len(fold(image[:hostLen(image)])))
	layout.imageDigest, layout.uniqueDigest = byteLen(digestLen(image)), byteLen(digestLen(unique))

	from := len(ix.rest.text)
	text := appendFold(ix.rest.text, image)
	layout.image = uint32(len(text) - from)
	text = append(text, separator)
	text = appendFold(text, unique)
	layout.unique = uint32(len(text)-from) - layout.image - 1
	text = append(text, separator)
	text = appendFold(text, s.ID)
	ix.rest.text = text
	ix.rest.ends = append(ix.rest.ends, uint32(len(text)))
	ix.restMask = append(ix.restMask, maskOf(text[from:]))
	ix.layouts = append(ix.layouts, layout)
}

func (a *arena) append(text string) {
	a.text = append(a.text, text...)
	a.ends = append(a.ends, uint32(len(a.text)))
}

// affixOf returns the number of the affix of a ref, which it adds if it is new. 0 is
// no affix: the whole ref is its unique part, as for the affixes beyond 255.
func (b *builder) affixOf(ref refParts) uint8 {
	if ref.prefix == b.last.prefix && ref.suffix == b.last.suffix {
		return b.affix
	}
	want := affix{prefix: fold(ref.prefix), suffix: fold(ref.suffix)}
	number := slices.Index(b.ix.affixes, want)
	switch {
	case number < 0 && len(b.ix.affixes) > 0xFF:
		number = 0
	case number < 0:
		number = len(b.ix.affixes)
		b.ix.affixes = append(b.ix.affixes, want)
	}
	b.last, b.affix = ref, uint8(number)
	return b.affix
}

// copy appends the rows [from, to) of an older index.
func (b *builder) copy(old *Index, from, to int) {
	if from == to {
		return
	}
	ix := &b.ix
	ix.rows = append(ix.rows, old.rows[from:to]...)
	ix.wordStarts = append(ix.wordStarts, old.wordStarts[from:to]...)
	ix.nameMask = append(ix.nameMask, old.nameMask[from:to]...)
	ix.restMask = append(ix.restMask, old.restMask[from:to]...)
	ix.layouts = append(ix.layouts, old.layouts[from:to]...)
	ix.names.copy(&old.names, from, to)
	ix.rest.copy(&old.rest, from, to)
}

func (a *arena) copy(old *arena, from, to int) {
	var start uint32
	if from > 0 {
		start = old.ends[from-1]
	}
	shift := uint32(len(a.text)) - start // may wrap around; adding it wraps back
	a.text = append(a.text, old.text[start:old.ends[to-1]]...)
	for _, end := range old.ends[from:to] {
		a.ends = append(a.ends, end+shift)
	}
}

// byteLen returns a length that fits into a byte, and 0 for a longer one. That makes
// subsequence matches less precise; substring matches do not depend on it.
func byteLen(n int) uint8 {
	if n > 0xFF {
		return 0
	}
	return uint8(n)
}

// maskOf returns the set of bytes of a folded text. Letters and digits have a bit
// each, other bytes share some.
func maskOf[S string | []byte](folded S) uint64 {
	var mask uint64
	for i := range len(folded) {
		mask |= letterBit(folded[i])
	}
	return mask
}

func letterBit(c byte) uint64 {
	switch {
	case 'a' <= c && c <= 'z':
		return 1 << (c - 'a')
	case '0' <= c && c <= '9':
		return 1 << (26 + c - '0')
	case c < utf8.RuneSelf:
		return 1 << (36 + c%16)
	default:
		return 1 << (52 + c%12)
	}
}

// wordStarts returns a bit for each of the first 64 bytes of the folded name that
// starts a word: the first letter, a letter after a separator, a digit after a
// letter, and an upper-case letter after a lower-case one.
func wordStarts(name string) uint64 {
	var (
		starts uint64
		at     int
		prev   rune
	)
	for _, r := range name {
		if startsWord(prev, r) {
			starts |= 1 << at
		}
		prev = r
		if at += utf8.RuneLen(foldRune(r)); at >= 64 {
			break
		}
	}
	return starts
}

// startsWord reports whether r starts a word after prev, which is 0 at the start of
// the text.
func startsWord(prev, r rune) bool {
	switch {
	case !unicode.IsLetter(r) && !unicode.IsDigit(r):
		return false
	case unicode.IsDigit(r):
		return !unicode.IsDigit(prev)
	case unicode.IsUpper(r) && unicode.IsLower(prev):
		return true
	default:
		return !unicode.IsLetter(prev) && !unicode.IsDigit(prev)
	}
}

// restSize estimates the bytes of a snapshot in the rest.
func restSize(s *model.Snapshot) int {
	return len(s.ImageName.Value) + len(splitRef(s.Ref.Value).unique) + len(s.ID) + 2
}
