package query

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// wordMatcher is a word prepared for one index.
type wordMatcher struct {
	*word
	mask    uint64
	affixes []affixMatch // by the number of the affix in the index
}

// affixMatch is how a word matches outside the unique part of a ref.
type affixMatch struct {
	inside bool // the affix contains the word
	// afterPrefix holds the remainders of the word where the affix's prefix ends
	// with the start of it: the unique part must start with one of them.
	afterPrefix []string
	// beforeSuffix is the same for the affix's suffix: the unique part must end
	// with one of them.
	beforeSuffix []string
}

func newWordMatcher(w *word, affixes []affix) wordMatcher {
	m := wordMatcher{word: w, mask: maskOf(w.folded), affixes: make([]affixMatch, len(affixes))}
	for i, a := range affixes {
		m.affixes[i] = a.match(w.folded)
	}
	return m
}

// match returns how a ref with this affix can contain the word other than within
// its unique part.
func (a affix) match(word string) affixMatch {
	found := affixMatch{inside: strings.Contains(a.prefix, word) || strings.Contains(a.suffix, word)}
	for n := 1; n < len(word) && n <= len(a.prefix); n++ {
		if strings.HasSuffix(a.prefix, word[:n]) {
			found.afterPrefix = append(found.afterPrefix, word[n:])
		}
	}
	for n := 1; n < len(word) && n <= len(a.suffix); n++ {
		if strings.HasSuffix(word, a.suffix[:n]) {
			found.beforeSuffix = append(found.beforeSuffix, word[:len(word)-n])
		}
	}
	return found
}

// possible reports whether a ref with this affix can contain the word other than
// within its unique part.
func (m *affixMatch) possible() bool {
	return m.inside || m.afterPrefix != nil || m.beforeSuffix != nil
}

// crosses reports whether the word lies partly in the affix and partly in the
// unique part of a ref, and whether it covers the whole unique part.
func (m *affixMatch) crosses(a affix, unique []byte) (ok, whole bool) {
	for _, rest := range m.afterPrefix {
		shared := min(len(rest), len(unique))
		if rest[:shared] == string(unique[:shared]) && strings.HasPrefix(a.suffix, rest[shared:]) {
			ok, whole = true, whole || len(rest) == len(unique) || len(rest) == len(unique)+len(a.suffix)
		}
	}
	for _, rest := range m.beforeSuffix {
		ok = ok || bytes.HasSuffix(unique, []byte(rest))
	}
	return ok, whole
}

// cost returns how well the row matches the word, or miss.
func (m *wordMatcher) cost(ix *Index, row int) cost {
	layout := &ix.layouts[row]
	inAffix := &m.affixes[layout.affix]
	best := miss
	if ix.nameMask[row]&m.mask == m.mask {
		best = m.nameCost(ix.names.at(row), ix.wordStarts[row])
	}
	if best >= costOtherField && ix.restMask[row]&m.mask == m.mask {
		best = min(best, m.restCost(ix.rest.at(row), layout))
	}
	if best >= costOtherField && inAffix.possible() {
		best = min(best, m.affixCost(ix, row, inAffix))
	}
	if best != miss && m.sensitive && !m.matches(ix.rows[row]) {
		return miss
	}
	return best
}

// nameCost returns the cost of a match in a name.
func (m *wordMatcher) nameCost(name []byte, starts uint64) cost {
	at := bytes.Index(name, m.bytes)
	switch {
	case at == 0 && len(name) == len(m.bytes):
		return costExact
	case at == 0:
		return costPrefix + m.continues(name, at, starts)
	case at > 0:
		for from := at; from >= 0; from = nextIndex(name, m.bytes, from) {
			if isStart(starts, from) {
				return costWordStart + 8*m.continues(name, from, starts) + 4*followsWord(name, from) + cost(min(from/8, 3))
			}
		}
	}
	if at < 0 && (m.literal || !hasSubsequence(m.bytes, name)) {
		return miss
	}
	if chunks := chunksAtStarts(m.bytes, name, starts); chunks > 0 && !m.literal {
		return costWordStarts + cost(min(chunks-1, 15))
	}
	if at > 0 {
		return costSubstring + cost(min(at/4, 15))
	}
	return costSubsequence + cost(min(gapBytes(m.bytes, name), 15))
}

// continues returns 1 if the matched word of the name continues after the match,
// else 0.
func (m *wordMatcher) continues(name []byte, at int, starts uint64) cost {
	end := at + len(m.bytes)
	if end == len(name) || isStart(starts, end) || !isWordByte(name[end]) {
		return 0
	}
	return 1
}

// followsWord returns 1 if no separator precedes the match, as with 20 in node20,
// else 0.
func followsWord(name []byte, at int) cost {
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

// restCost returns the cost of a match in the image, the unique part of the ref,
// or the id.
func (m *wordMatcher) restCost(rest []byte, layout *rowLayout) cost {
	image, unique, id := layout.split(rest)
	if bytes.Equal(m.bytes, unique) || bytes.Equal(m.bytes, id) {
		return costExact
	}
	best := miss
	for at := bytes.Index(rest, m.bytes); at >= 0; at = nextIndex(rest, m.bytes, at) {
		best = costOtherInside
		if at == 0 || !isWordByte(rest[at-1]) {
			best = costOtherField
			break
		}
	}
	if best != miss || m.literal {
		return best
	}
	imageGap, imageEnd := digestGap(len(image), int(layout.imageDigest))
	uniqueGap, uniqueEnd := digestGap(len(unique), int(layout.uniqueDigest))
	if hasSubsequence(m.bytes, image[layout.host:imageGap], image[imageEnd:]) || hasSubsequence(m.bytes, unique[:uniqueGap], unique[uniqueEnd:]) {
		return costOtherInside + 1
	}
	return miss
}

// split returns the three texts of a row of the rest.
func (l *rowLayout) split(rest []byte) (image, unique, id []byte) {
	image, rest = rest[:l.image], rest[l.image+1:]
	return image, rest[:l.unique], rest[l.unique+1:]
}

// affixCost returns the cost of a match that touches the affix of the ref.
func (m *wordMatcher) affixCost(ix *Index, row int, inAffix *affixMatch) cost {
	_, unique, _ := ix.layouts[row].split(ix.rest.at(row))
	ok, whole := inAffix.crosses(ix.affixes[ix.layouts[row].affix], unique)
	switch {
	case whole:
		return costExact
	case ok:
		return costOtherField
	case inAffix.inside:
		return costAffix
	default:
		return miss
	}
}

// isDistinctiveIn reports whether the row contains the word as a substring, and not
// only in the affix of its ref.
func (m *wordMatcher) isDistinctiveIn(ix *Index, row int) bool {
	found := ix.nameMask[row]&m.mask == m.mask && bytes.Contains(ix.names.at(row), m.bytes) ||
		ix.restMask[row]&m.mask == m.mask && bytes.Contains(ix.rest.at(row), m.bytes)
	if layout := &ix.layouts[row]; !found {
		inAffix := &m.affixes[layout.affix]
		if inAffix.afterPrefix == nil && inAffix.beforeSuffix == nil {
			return false
		}
		_, unique, _ := layout.split(ix.rest.at(row))
		found, _ = inAffix.crosses(ix.affixes[layout.affix], unique)
	}
	return found && (!m.sensitive || m.isDistinctive(ix.rows[row]))
}
