package query

import (
	"slices"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"daytona/snapdeck/model"
)

// Field is a text of a snapshot in which a query can hit letters.
type Field uint8

// The texts in which hit letters are marked.
const (
	Name Field = iota
	Image
	Ref
	ID
	ErrorReason
)

// of returns the text of the field, "" where there is none.
func (f Field) of(s *model.Snapshot) string {
	switch f {
	case Name:
		return s.Name
	case Image:
		return s.ImageName.Value
	case Ref:
		return s.Ref.Value
	case ID:
		return s.ID
	default:
		return s.ErrorReason.Value
	}
}

// Matches returns which bytes of a field of the snapshot the query hits, as
// ascending offsets, to be highlighted. It looks at the whole snapshot, since
// letters scattered over the ref mean nothing where the word is found in the name.
// It is meant for the rows on the screen: some microseconds a field.
func (q Query) Matches(s *model.Snapshot, field Field) []int {
	var marks []int
	for i := range q.terms {
		t := &q.terms[i]
		switch {
		case t.negated:
		case t.isWord():
			marks = append(marks, t.word.marks(s, field)...)
		default:
			for _, a := range t.any {
				if a.word != nil && a.of == field {
					at, n := a.word.piece(field.of(s))
					marks = append(marks, span(at, n)...)
				}
			}
		}
	}
	slices.Sort(marks)
	return slices.Compact(marks)
}

// marks returns the offsets of what the word hits in the field: one piece where
// the field contains the word, else its letters. What does not say much is not
// marked where another field says more.
func (w *word) marks(s *model.Snapshot, field Field) []int {
	text := field.of(s)
	if field == ErrorReason {
		return nil // only the field error: looks there
	}
	if field == Ref {
		return w.refMarks(s)
	}
	if at, n := w.piece(text); at >= 0 {
		return span(at, n)
	}
	switch {
	case w.literal || field == ID:
		return nil
	case field == Name:
		return w.scatteredMarks(text)
	case w.tells(s) || w.scattered(s.Name):
		return nil
	default:
		return shift(w.scatteredMarks(text[hostLen(text):]), hostLen(text))
	}
}

// refMarks are the marks in a ref, most of which says nothing.
func (w *word) refMarks(s *model.Snapshot) []int {
	ref := partsOf(s.Ref.Value)
	if at, n := w.telling(ref); at >= 0 {
		return span(at, n)
	}
	if w.tells(s) || !w.literal && w.scattered(s.Name) {
		return nil
	}
	if at, n := w.piece(s.Ref.Value); at >= 0 {
		return span(at, n)
	}
	if w.literal {
		return nil
	}
	return shift(w.scatteredMarks(ref.own), len(ref.head))
}

// scatteredMarks finds the letters of the word in a text without common parts, in
// which the middle of a digest does not count.
func (w *word) scatteredMarks(own string) []int {
	cut, back := briefly(len(own), digestLen(own))
	text := own[:cut] + own[back:]
	var marks []int
	if !w.sensitive {
		if found := fuzzy.Find(w.text, []string{text}); len(found) == 1 {
			marks = found[0].MatchedIndexes
		}
	}
	if marks == nil {
		marks = w.letters(text) // in their case, or behind a NUL, where fuzzy stops
	}
	for i := range marks {
		if marks[i] >= cut {
			marks[i] += back - cut
		}
	}
	return marks
}

// piece returns where s contains the word, at the start of a word of s if it can
// be, and how many bytes of s it takes; -1 where it does not.
func (w *word) piece(s string) (at, n int) {
	at, n = w.index(s)
	for next, size := at, n; next >= 0; {
		before, _ := utf8.DecodeLastRuneInString(s[:next])
		if r, _ := utf8.DecodeRuneInString(s[next:]); next == 0 || startsWord(before, r) {
			return next, size
		}
		i, m := w.index(s[next+1:])
		if i < 0 {
			break
		}
		next, size = next+1+i, m
	}
	return at, n
}

// span are n offsets from one on, none where it is negative.
func span(from, n int) []int {
	if from < 0 {
		return nil
	}
	offsets := make([]int, n)
	for i := range offsets {
		offsets[i] = from + i
	}
	return offsets
}

func shift(offsets []int, by int) []int {
	for i := range offsets {
		offsets[i] += by
	}
	return offsets
}
