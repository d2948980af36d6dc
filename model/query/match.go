package query

import (
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"

	"daytona/snapdeck/model"
)

// Field is a text of a snapshot in which a query can hit letters.
type Field uint8

// The texts in which letters are marked.
const (
	Name Field = iota
	Ref
	Image
	ID
	ErrorReason
)

// Of returns the text of the field, "" where there is none.
func (f Field) Of(s *model.Snapshot) string {
	switch f {
	case Name:
		return s.Name
	case Ref:
		return s.Ref.Value
	case Image:
		return s.ImageName.Value
	case ID:
		return s.ID
	default:
		return s.ErrorReason.Value
	}
}

// Matches returns which bytes of the field the query hits, as ascending offsets,
// to be highlighted. It looks at the whole snapshot, since letters that are
// scattered over the ref mean nothing where the word is in the name. It is meant
// for the rows on the screen: some microseconds each.
func (q Query) Matches(s *model.Snapshot, field Field) []int {
	var marks []int
	for i := range q.terms {
		t := &q.terms[i]
		if t.negated || !t.isWord() {
			continue
		}
		marks = append(marks, t.word.marks(s, field)...)
	}
	slices.Sort(marks)
	return slices.Compact(marks)
}

// marks returns the offsets of the letters that the word hits in the field.
func (w *word) marks(s *model.Snapshot, field Field) []int {
	text := field.Of(s)
	if i := strings.Index(fold(text), w.folded); i >= 0 && !w.sensitive {
		return span(i, len(w.text))
	}
	found := fuzzy.Find(w.text, []string{text})
	if len(found) == 0 || w.literal {
		return nil
	}
	return found[0].MatchedIndexes
}

func span(from, n int) []int {
	offsets := make([]int, n)
	for i := range offsets {
		offsets[i] = from + i
	}
	return offsets
}
