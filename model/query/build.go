package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"daytona/snapdeck/model"
)

// entry is a snapshot on its way into an index.
type entry struct {
	s    *model.Snapshot
	name string // folded
	at   uint32 // where the store has it
	row  uint32 // where the index has it, once it is there
}

// compare orders by name without regard to case, then with, then by id: a total
// order, so that equal matches never swap.
func (e entry) compare(other entry) int {
	if c := strings.Compare(e.name, other.name); c != 0 {
		return c
	}
	if c := strings.Compare(e.s.Name, other.s.Name); c != 0 {
		return c
	}
	return strings.Compare(e.s.ID, other.s.ID)
}

// builder appends rows to an index that nobody sees yet.
type builder struct {
	ix Index
	// The last ref and its affix: most refs have the same.
	last  parts
	affix uint8
}

// newBuilder starts an index with room for n rows and for the bytes of both
// arenas. The affixes are those of the older index, if there is one.
func newBuilder(n, names, rest int, affixes []affix) *builder {
	if affixes == nil {
		affixes = []affix{{}}
	}
	return &builder{ix: Index{
		rows:     make([]*model.Snapshot, 0, n),
		names:    arena{text: make([]byte, 0, names), ends: make([]uint32, 0, n)},
		starts:   make([]uint64, 0, n),
		nameMask: make([]uint64, 0, n),
		rest:     arena{text: make([]byte, 0, rest), ends: make([]uint32, 0, n)},
		shapes:   make([]shape, 0, n),
		restMask: make([]uint64, 0, n),
		affixes:  slices.Clip(affixes),
	}}
}

// add appends a row. The folded name is passed because the caller has it.
func (b *builder) add(s *model.Snapshot, name string) {
	ix := &b.ix
	ix.rows = append(ix.rows, s)
	ix.names.append(name)
	ix.starts = append(ix.starts, wordStarts(s.Name))
	ix.nameMask = append(ix.nameMask, maskOf(name))

	var sh shape
	ref := partsOf(s.Ref.Value)
	sh.affix = b.affixOf(ref)
	own := ref.own
	if sh.affix == 0 {
		own = s.Ref.Value
	}
	image := s.ImageName.Value
	sh.host = small(len(fold(image[:hostLen(image)])))
	sh.imageDigest, sh.ownDigest = small(digestLen(image)), small(digestLen(own))

	from := len(ix.rest.text)
	text := appendFold(ix.rest.text, image)
	sh.image = uint32(len(text) - from)
	text = append(text, separator)
	text = appendFold(text, own)
	sh.own = uint32(len(text)-from) - sh.image - 1
	text = append(text, separator)
	text = appendFold(text, s.ID)
	ix.rest.text = text
	ix.rest.ends = append(ix.rest.ends, uint32(len(text)))
	ix.restMask = append(ix.restMask, maskOf(text[from:]))
	ix.shapes = append(ix.shapes, sh)
}

func (a *arena) append(text string) {
	a.text = append(a.text, text...)
	a.ends = append(a.ends, uint32(len(a.text)))
}

// affixOf returns the number of the affix of a ref, and remembers a new one. 0 is
// no affix: the whole ref is its own part. So it is where there are too many
// different ones.
func (b *builder) affixOf(ref parts) uint8 {
	if ref.head == b.last.head && ref.tail == b.last.tail {
		return b.affix
	}
	want := affix{head: fold(ref.head), tail: fold(ref.tail)}
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

// copy appends the rows from up to to of an older index.
func (b *builder) copy(old *Index, from, to int) {
	if from == to {
		return
	}
	ix := &b.ix
	ix.rows = append(ix.rows, old.rows[from:to]...)
	ix.starts = append(ix.starts, old.starts[from:to]...)
	ix.nameMask = append(ix.nameMask, old.nameMask[from:to]...)
	ix.restMask = append(ix.restMask, old.restMask[from:to]...)
	ix.shapes = append(ix.shapes, old.shapes[from:to]...)
	ix.names.copy(&old.names, from, to)
	ix.rest.copy(&old.rest, from, to)
}

func (a *arena) copy(old *arena, from, to int) {
	var start uint32
	if from > 0 {
		start = old.ends[from-1]
	}
	shift := uint32(len(a.text)) - start // wraps around, and back below
	a.text = append(a.text, old.text[start:old.ends[to-1]]...)
	for _, end := range old.ends[from:to] {
		a.ends = append(a.ends, end+shift)
	}
}

// small fits a length into a byte; a longer one counts as none, which costs
// precision and no match that is contained literally.
func small(n int) uint8 {
	if n > 0xFF {
		return 0
	}
	return uint8(n)
}

// maskOf is the set of the letters of a folded text, some bits of which stand for
// several letters.
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

// wordStarts tells which of the first 64 bytes of the folded name start a word:
// the first, what follows a separator, the first digit after a letter, and a
// capital after a small letter.
func wordStarts(name string) uint64 {
	var (
		starts uint64
		at     int
		before rune
	)
	for _, r := range name {
		if startsWord(before, r) {
			starts |= 1 << at
		}
		before = r
		if at += utf8.RuneLen(foldRune(r)); at >= 64 {
			break
		}
	}
	return starts
}

// startsWord reports whether a letter or digit starts a word after the rune
// before it, which is 0 at the start of the text.
func startsWord(before, r rune) bool {
	switch {
	case !unicode.IsLetter(r) && !unicode.IsDigit(r):
		return false
	case unicode.IsDigit(r):
		return !unicode.IsDigit(before)
	case unicode.IsUpper(r) && unicode.IsLower(before):
		return true
	default:
		return !unicode.IsLetter(before) && !unicode.IsDigit(before)
	}
}

// restSize is about how many bytes a snapshot needs in the rest.
func restSize(s *model.Snapshot) int {
	return len(s.ImageName.Value) + len(partsOf(s.Ref.Value).own) + len(s.ID) + 2
}
