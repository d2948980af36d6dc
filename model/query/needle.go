package query

import (
	"bytes"
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
	if bytes.Equal(n.bytes, own) || bytes.Equal(n.bytes, id) {
		return costWhole
	}
	best := miss
	for at := bytes.Index(rest, n.bytes); at >= 0; at = nextIndex(rest, n.bytes, at) {
		best = costDeep
		if at == 0 || !isWordByte(rest[at-1]) {
			best = costElsewhere
			break
		}
	}
	if best != miss || n.literal {
		return best
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
