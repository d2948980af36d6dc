package query

import (
	"bytes"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// needle is a word made ready to be looked for in the rows of one index.
type needle struct {
	*word
	mask    uint64
	affixes []affixHit // what it finds in each affix of the index
}

// affixHit is what a word finds where a ref is not its own.
type affixHit struct {
	inside bool     // the affix contains the word
	heads  []string // what the ref's own part must start with: the head ends with the rest of the word
	tails  []string // what the ref's own part must end with: the tail starts with the rest of the word
}

func newNeedle(w *word, affixes []affix) needle {
	n := needle{word: w, mask: maskOf(w.folded), affixes: make([]affixHit, len(affixes))}
	for i, a := range affixes {
		n.affixes[i] = a.find(w.folded)
	}
	return n
}

// find tells how a ref with this affix can contain the word, other than in its own
// part alone.
func (a affix) find(word string) affixHit {
	hit := affixHit{inside: strings.Contains(a.head, word) || strings.Contains(a.tail, word)}
	for n := 1; n < len(word) && n <= len(a.head); n++ {
		if strings.HasSuffix(a.head, word[:n]) {
			hit.heads = append(hit.heads, word[n:])
		}
	}
	for n := 1; n < len(word) && n <= len(a.tail); n++ {
		if strings.HasSuffix(word, a.tail[:n]) {
			hit.tails = append(hit.tails, word[:len(word)-n])
		}
	}
	return hit
}

// any reports whether the word can be in a ref with this affix other than in its
// own part alone.
func (h *affixHit) any() bool { return h.inside || h.heads != nil || h.tails != nil }

// spans reports whether the word is partly in the affix and partly in the own part
// of a ref, and whether it holds the whole own part.
func (h *affixHit) spans(a affix, own []byte) (ok, whole bool) {
	for _, rest := range h.heads {
		shared := min(len(rest), len(own))
		if rest[:shared] == string(own[:shared]) && strings.HasPrefix(a.tail, rest[shared:]) {
			ok, whole = true, whole || len(rest) == len(own) || len(rest) == len(own)+len(a.tail)
		}
	}
	for _, rest := range h.tails {
		ok = ok || bytes.HasSuffix(own, []byte(rest))
	}
	return ok, whole
}

// cost says how well the row satisfies the word: the less the better, miss where
// it does not.
func (n *needle) cost(ix *Index, row int) cost {
	sh := &ix.shapes[row]
	hit := &n.affixes[sh.affix]
	best := miss
	if ix.nameMask[row]&n.mask == n.mask {
		best = n.inName(ix.names.at(row), ix.starts[row])
	}
	if best >= costElsewhere && ix.restMask[row]&n.mask == n.mask {
		best = min(best, n.inRest(ix.rest.at(row), sh))
	}
	if best >= costElsewhere && hit.any() {
		best = min(best, n.inAffix(ix, row, hit))
	}
	if best != miss && n.sensitive && !n.hits(ix.rows[row]) {
		return miss
	}
	return best
}

// inName judges a name.
func (n *needle) inName(name []byte, starts uint64) cost {
	at := bytes.Index(name, n.bytes)
	switch {
	case at == 0 && len(name) == len(n.bytes):
		return costWhole
	case at == 0:
		return costPrefix + n.unfinished(name, at, starts)
	case at > 0:
		for from := at; from >= 0; from = nextIndex(name, n.bytes, from) {
			if isStart(starts, from) {
				return costWordStart + 8*n.unfinished(name, from, starts) + 4*glued(name, from) + cost(min(from/8, 3))
			}
		}
	}
	if at < 0 && (n.literal || !scatteredIn(n.bytes, name)) {
		return miss
	}
	if chunks := chunksAtStarts(n.bytes, name, starts); chunks > 0 && !n.literal {
		return costStarts + cost(min(chunks-1, 15))
	}
	if at > 0 {
		return costInside + cost(min(at/4, 15))
	}
	return costScattered + cost(min(gaps(n.bytes, name), 15))
}

// unfinished is 0 where the word that the needle starts ends with it too, else 1.
func (n *needle) unfinished(name []byte, at int, starts uint64) cost {
	end := at + len(n.bytes)
	if end == len(name) || isStart(starts, end) || !isWordByte(name[end]) {
		return 0
	}
	return 1
}

// glued is 1 where a word starts right behind another, as 20 does in node20, else 0.
func glued(name []byte, at int) cost {
	if isWordByte(name[at-1]) {
		return 1
	}
	return 0
}

func isStart(starts uint64, at int) bool { return at < 64 && starts>>at&1 == 1 }

func isWordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c >= utf8.RuneSelf && c != separator
}

func nextIndex(s, text []byte, after int) int {
	i := bytes.Index(s[after+1:], text)
	if i < 0 {
		return -1
	}
	return after + 1 + i
}

// inRest judges the image, the own part of the ref, and the id.
func (n *needle) inRest(rest []byte, sh *shape) cost {
	image, own, id := sh.cut(rest)
	best := miss
	for at := bytes.Index(rest, n.bytes); at >= 0; at = nextIndex(rest, n.bytes, at) {
		best = costDeep
		if at == 0 || !isWordByte(rest[at-1]) {
			best = costElsewhere
			break
		}
	}
	switch {
	case best != miss:
		for _, whole := range [][]byte{image, own, id} {
			if bytes.Equal(n.bytes, whole) {
				return costWhole
			}
		}
		return best
	case n.literal:
		return miss
	}
	cutImage, backImage := briefly(len(image), int(sh.imageDigest))
	cutOwn, backOwn := briefly(len(own), int(sh.ownDigest))
	if scatteredIn(n.bytes, image[sh.host:cutImage], image[backImage:]) || scatteredIn(n.bytes, own[:cutOwn], own[backOwn:]) {
		return costDeep + 1
	}
	return miss
}

// cut takes a row of the rest apart.
func (sh *shape) cut(rest []byte) (image, own, id []byte) {
	image, rest = rest[:sh.image], rest[sh.image+1:]
	return image, rest[:sh.own], rest[sh.own+1:]
}

// inAffix judges what is not a ref's own.
func (n *needle) inAffix(ix *Index, row int, hit *affixHit) cost {
	_, own, _ := ix.shapes[row].cut(ix.rest.at(row))
	ok, whole := hit.spans(ix.affixes[ix.shapes[row].affix], own)
	switch {
	case whole:
		return costWhole
	case ok:
		return costElsewhere
	case hit.inside:
		return costCommon
	default:
		return miss
	}
}

// tellsOf reports whether the row contains the word in one piece where it tells
// something about the row.
func (n *needle) tellsOf(ix *Index, row int) bool {
	found := ix.nameMask[row]&n.mask == n.mask && bytes.Contains(ix.names.at(row), n.bytes) ||
		ix.restMask[row]&n.mask == n.mask && bytes.Contains(ix.rest.at(row), n.bytes)
	if sh := &ix.shapes[row]; !found {
		hit := &n.affixes[sh.affix]
		if hit.heads == nil && hit.tails == nil {
			return false
		}
		_, own, _ := sh.cut(ix.rest.at(row))
		found, _ = hit.spans(ix.affixes[sh.affix], own)
	}
	return found && (!n.sensitive || n.tells(ix.rows[row]))
}

// scatteredIn reports whether the letters of the text are in the pieces in their
// order. All is folded UTF-8, in which a letter of ASCII is one byte and nothing
// else contains it.
func scatteredIn(text []byte, pieces ...[]byte) bool {
	next := 0
	for _, piece := range pieces {
		for i := 0; i < len(piece); i++ {
			c := text[next]
			if piece[i] != c {
				continue
			}
			if c >= utf8.RuneSelf {
				_, size := utf8.DecodeRune(text[next:])
				if !bytes.HasPrefix(piece[i:], text[next:next+size]) {
					continue
				}
				i, next = i+size-1, next+size-1
			}
			if next++; next == len(text) {
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
