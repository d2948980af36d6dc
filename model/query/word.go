package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"daytona/snapdeck/model"
)

// word is a word of a query and what it can hit.
type word struct {
	text      string
	folded    string
	literal   bool // only in one piece, never scattered
	sensitive bool // case matters, since it was written with a capital
}

func newWord(text string, literal bool) word {
	return word{
		text:      text,
		folded:    fold(text),
		literal:   literal,
		sensitive: strings.ContainsFunc(text, unicode.IsUpper),
	}
}

// within reports whether s contains the word in one piece.
func (w *word) within(s string) bool {
	if w.sensitive {
		return strings.Contains(s, w.text)
	}
	return strings.Contains(fold(s), w.folded)
}

// equals reports whether s is the word.
func (w *word) equals(s string) bool {
	if w.sensitive {
		return s == w.text
	}
	return fold(s) == w.folded
}

// scattered reports whether the letters of the word are in s in their order.
func (w *word) scattered(s string) bool {
	want := w.text
	if !w.sensitive {
		s, want = fold(s), w.folded
	}
	for _, r := range s {
		if want == "" {
			break
		}
		first, size := utf8.DecodeRuneInString(want)
		if r == first {
			want = want[size:]
		}
	}
	return want == ""
}

// scatteredInRef is scattered for a ref or an image.
func (w *word) scatteredInRef(ref string) bool {
	own := partsOf(ref).own
	cut, back := briefCut(own)
	return w.scattered(own[:cut] + own[back:])
}

// hits reports whether the word finds the snapshot. This is the definition; the
// index is a faster way to the same answer.
func (w *word) hits(s *model.Snapshot) bool {
	name, image, ref := s.Name, s.ImageName.Value, s.Ref.Value
	if w.within(name) || w.within(image) || w.within(ref) || w.within(s.ID) {
		return true
	}
	return !w.literal && (w.scattered(name) || w.scatteredInRef(image) || w.scatteredInRef(ref))
}
