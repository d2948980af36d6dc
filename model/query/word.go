package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"daytona/snapdeck/model"
)

// word is a word of a query, or the text of a text field.
type word struct {
	text      string
	folded    string
	bytes     []byte // of folded
	literal   bool   // matches substrings only, no subsequences
	sensitive bool   // case-sensitive, because it contains an upper-case letter
}

func newWord(text string, literal bool) word {
	text = strings.ToValidUTF8(text, string(utf8.RuneError))
	folded := fold(text)
	return word{
		text:      text,
		folded:    folded,
		bytes:     []byte(folded),
		literal:   literal,
		sensitive: strings.ContainsFunc(text, unicode.IsUpper),
	}
}

// matches reports whether the name, image, ref or id of the snapshot contains the word
// as a substring, or, unless the word is literal, as a subsequence.
func (w *word) matches(s *model.Snapshot) bool {
	name, image, ref := s.Name, s.ImageName.Value, s.Ref.Value
	if w.isIn(name) || w.isIn(image) || w.isIn(ref) || w.isIn(s.ID) {
		return true
	}
	return !w.literal && (w.isSubsequence(name) || w.isUniqueSubsequence(image[hostLen(image):]) || w.isUniqueSubsequence(splitRef(ref).unique))
}

// isDistinctive reports whether the snapshot contains the word as a substring outside
// what most refs share: -daytona must not hide everything because every ref contains
// it.
func (w *word) isDistinctive(s *model.Snapshot) bool {
	at, _ := w.distinctiveIndex(splitRef(s.Ref.Value))
	return at >= 0 || w.isIn(s.Name) || w.isIn(s.ImageName.Value) || w.isIn(s.ID)
}

// distinctiveIndex returns the offset of the first occurrence of the word that
// touches the unique part of a ref, and its length in bytes; -1 if there is none.
func (w *word) distinctiveIndex(ref refParts) (at, n int) {
	whole := ref.prefix + ref.unique + ref.suffix
	for from := 0; ; {
		i, n := w.index(whole[from:])
		if i < 0 {
			return -1, 0
		}
		i += from
		if i < len(ref.prefix)+len(ref.unique) && i+n > len(ref.prefix) {
			return i, n
		}
		from = i + 1
	}
}

// isUniqueSubsequence reports whether the word is a subsequence of the unique part of
// a ref or an image, outside the gap of its digest.
func (w *word) isUniqueSubsequence(unique string) bool {
	from, to := digestGap(len(unique), digestLen(unique))
	return w.isSubsequence(unique[:from], unique[to:])
}

func (w *word) isIn(s string) bool {
	i, _ := w.index(s)
	return i >= 0
}

func (w *word) equals(s string) bool {
	i, n := w.index(s)
	return i == 0 && n == len(s)
}

// index returns the offset of the first occurrence of the word in s, and its length
// in bytes; -1 if there is none. The length may differ from that of the word, since
// the upper- and lower-case forms of some letters differ in length.
func (w *word) index(s string) (at, n int) {
	if w.sensitive {
		return strings.Index(s, w.text), len(w.text)
	}
	for at := range len(s) {
		if c := s[at]; c < utf8.RuneSelf && byte(foldRune(rune(c))) != w.folded[0] || !utf8.RuneStart(c) {
			continue
		}
		if n, ok := foldedPrefix(s[at:], w.folded); ok {
			return at, n
		}
	}
	return -1, 0
}

// isSubsequence reports whether the letters of the word occur in the pieces in this
// order.
func (w *word) isSubsequence(pieces ...string) bool {
	rest := w.pattern()
	for _, piece := range pieces {
		for _, r := range piece {
			if rest = w.consume(rest, r); rest == "" {
				return true
			}
		}
	}
	return false
}

// letterOffsets returns the first offsets of the letters of the word in s in this
// order, nil if they do not occur.
func (w *word) letterOffsets(s string) []int {
	var offsets []int
	rest := w.pattern()
	for i, r := range s {
		next := w.consume(rest, r)
		if len(next) < len(rest) {
			offsets = append(offsets, i)
		}
		if rest = next; rest == "" {
			return offsets
		}
	}
	return nil
}

// pattern returns the text to compare with.
func (w *word) pattern() string {
	if w.sensitive {
		return w.text
	}
	return w.folded
}

// consume returns the rest of the pattern after r: without its first letter if that
// is r.
func (w *word) consume(rest string, r rune) string {
	next, size := utf8.DecodeRuneInString(rest)
	if !w.sensitive {
		r = foldRune(r)
	}
	if r == next {
		return rest[size:]
	}
	return rest
}
