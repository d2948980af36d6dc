package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"daytona/snapdeck/model"
)

// word is a word of a query.
type word struct {
	text      string
	folded    string
	bytes     []byte // of folded
	literal   bool   // only in one piece, never scattered
	sensitive bool   // case matters, since it was written with a capital
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

// hits reports whether a snapshot satisfies the word: it contains the word in one
// piece, or its letters in this order.
func (w *word) hits(s *model.Snapshot) bool {
	name, image, ref := s.Name, s.ImageName.Value, s.Ref.Value
	if w.within(name) || w.within(image) || w.within(ref) || w.within(s.ID) {
		return true
	}
	return !w.literal && (w.scattered(name) || w.scatteredBriefly(image[hostLen(image):]) || w.scatteredBriefly(partsOf(ref).own))
}

// tells reports whether a snapshot contains the word in one piece, where it tells
// something about this snapshot: -daytona must not hide everything because every
// ref contains it.
func (w *word) tells(s *model.Snapshot) bool {
	at, _ := w.telling(partsOf(s.Ref.Value))
	return at >= 0 || w.within(s.Name) || w.within(s.ImageName.Value) || w.within(s.ID)
}

// telling returns where a ref contains the word, not only in what most refs have
// in common, and how many bytes of it that takes; -1 where it does not.
func (w *word) telling(ref parts) (at, n int) {
	whole := ref.head + ref.own + ref.tail
	for from := 0; ; {
		i, n := w.index(whole[from:])
		if i < 0 {
			return -1, 0
		}
		i += from
		if i < len(ref.head)+len(ref.own) && i+n > len(ref.head) {
			return i, n
		}
		from = i + 1
	}
}

// scatteredBriefly reports whether the letters of the word are in the own part of
// a ref or an image, in which the middle of a digest does not count.
func (w *word) scatteredBriefly(own string) bool {
	cut, back := briefly(len(own), digestLen(own))
	return w.scattered(own[:cut], own[back:])
}

func (w *word) within(s string) bool {
	i, _ := w.index(s)
	return i >= 0
}

func (w *word) equals(s string) bool {
	i, n := w.index(s)
	return i == 0 && n == len(s)
}

// index returns where s contains the word first, and how many bytes of s it
// takes; -1 where it does not.
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

// scattered reports whether the letters of the word are in the pieces in their
// order.
func (w *word) scattered(pieces ...string) bool {
	want := w.wanted()
	for _, piece := range pieces {
		for _, r := range piece {
			if want = w.take(want, r); want == "" {
				return true
			}
		}
	}
	return false
}

// letters returns where the letters of the word are in s, each as early as it can
// be; nil where they are not.
func (w *word) letters(s string) []int {
	var offsets []int
	want := w.wanted()
	for i, r := range s {
		rest := w.take(want, r)
		if len(rest) < len(want) {
			offsets = append(offsets, i)
		}
		if want = rest; want == "" {
			return offsets
		}
	}
	return nil
}

func (w *word) wanted() string {
	if w.sensitive {
		return w.text
	}
	return w.folded
}

// take returns what is wanted after the rune: one letter less, if it was the next.
func (w *word) take(want string, r rune) string {
	next, size := utf8.DecodeRuneInString(want)
	if !w.sensitive {
		r = foldRune(r)
	}
	if r == next {
		return want[size:]
	}
	return want
}
