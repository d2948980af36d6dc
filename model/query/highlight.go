package query

import (
	"slices"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"daytona/snapdeck/model"
)

// TextField is a text of a snapshot that a query can match.
type TextField uint8

// The text fields.
const (
	Name TextField = iota
	Image
	Ref
	ID
	ErrorReason
	ReasonPattern // [model.Snapshot.ReasonPattern], or [model.ShortReason]
)

// text returns the text of the field, "" if the snapshot has none.
func (f TextField) text(s *model.Snapshot) string {
	switch f {
	case Name:
		return s.Name
	case Image:
		return s.ImageName.Value
	case Ref:
		return s.Ref.Value
	case ID:
		return s.ID
	case ErrorReason:
		return s.ErrorReason.Value
	default:
		return s.ReasonPattern()
	}
}

// Matches returns the byte offsets in a field that the query matches, ascending, for
// highlighting. It considers the other fields too: if the name contains a word, its
// letters are not highlighted in the ref. It takes some microseconds for each field,
// so call it for visible rows only.
func (q Query) Matches(s *model.Snapshot, field TextField) []int {
	var offsets []int
	for i := range q.terms {
		t := &q.terms[i]
		switch {
		case t.negated:
		case t.isWord():
			offsets = append(offsets, t.word.offsets(s, field)...)
		default:
			for _, v := range t.values {
				if v.word != nil && v.field == field {
					at, n := v.word.bestIndex(field.text(s))
					offsets = append(offsets, offsetRange(at, n)...)
				}
			}
		}
	}
	slices.Sort(offsets)
	return slices.Compact(offsets)
}

// offsets returns the offsets of the word in the field: of a substring if there is
// one, else of a subsequence. It returns none if another field matches better.
func (w *word) offsets(s *model.Snapshot, field TextField) []int {
	if field >= ErrorReason {
		return nil // words are not searched for in errors, see the fields error and reason
	}
	text := field.text(s)
	if field == Ref {
		return w.refOffsets(s)
	}
	if at, n := w.bestIndex(text); at >= 0 {
		return offsetRange(at, n)
	}
	switch {
	case w.literal || field == ID:
		return nil
	case field == Name:
		return w.subsequenceOffsets(text)
	case w.isDistinctive(s) || w.isSubsequence(s.Name):
		return nil
	default:
		return shiftOffsets(w.subsequenceOffsets(text[hostLen(text):]), hostLen(text))
	}
}

// refOffsets returns the offsets of the word in the ref.
func (w *word) refOffsets(s *model.Snapshot) []int {
	ref := splitRef(s.Ref.Value)
	if at, n := w.distinctiveIndex(ref); at >= 0 {
		return offsetRange(at, n)
	}
	if w.isDistinctive(s) || !w.literal && w.isSubsequence(s.Name) {
		return nil
	}
	if at, n := w.bestIndex(s.Ref.Value); at >= 0 {
		return offsetRange(at, n)
	}
	if w.literal {
		return nil
	}
	return shiftOffsets(w.subsequenceOffsets(ref.unique), len(ref.prefix))
}

// subsequenceOffsets returns the offsets of the letters of the word in the unique
// part of a text, outside the gap of its digest.
func (w *word) subsequenceOffsets(unique string) []int {
	from, to := digestGap(len(unique), digestLen(unique))
	text := unique[:from] + unique[to:]
	var offsets []int
	if !w.sensitive {
		if found := fuzzy.Find(w.text, []string{text}); len(found) == 1 {
			offsets = found[0].MatchedIndexes
		}
	}
	if offsets == nil {
		offsets = w.letterOffsets(text) // case-sensitive, or after a NUL, where fuzzy stops
	}
	for i := range offsets {
		if offsets[i] >= from {
			offsets[i] += to - from
		}
	}
	return offsets
}

// bestIndex returns the offset of the word in s, preferably at the start of a word,
// and its length in bytes; -1 if s does not contain it.
func (w *word) bestIndex(s string) (at, n int) {
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

// offsetRange returns n offsets starting at from, none if from is negative.
func offsetRange(from, n int) []int {
	if from < 0 {
		return nil
	}
	offsets := make([]int, n)
	for i := range offsets {
		offsets[i] = from + i
	}
	return offsets
}

func shiftOffsets(offsets []int, by int) []int {
	for i := range offsets {
		offsets[i] += by
	}
	return offsets
}
