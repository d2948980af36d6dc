package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"daytona/snapdeck/model"
)

// The index is compared with a search as one would write it without a thought for
// speed: sahilm/fuzzy over every text, and strings.EqualFold for every place.

func naiveContains(s, word string) bool {
	if strings.ContainsFunc(word, unicode.IsUpper) {
		return strings.Contains(s, word)
	}
	for i := range s {
		for j := i; j <= len(s); j++ {
			if (j == len(s) || utf8.RuneStart(s[j])) && strings.EqualFold(s[i:j], word) {
				return true
			}
		}
	}
	return false
}

func naiveScattered(s, word string) bool {
	if !strings.ContainsFunc(word, unicode.IsUpper) {
		return len(fuzzy.Find(word, []string{s})) == 1
	}
	rest := []rune(word)
	for _, r := range s {
		if len(rest) > 0 && r == rest[0] {
			rest = rest[1:]
		}
	}
	return len(rest) == 0
}

// candidates are the texts over which letters may be scattered.
func candidates(s *model.Snapshot) []string {
	image := s.ImageName.Value
	return []string{s.Name, brief(image[hostLen(image):]), brief(partsOf(s.Ref.Value).own)}
}

// brief is the own part of a ref or an image as a screen shows it.
func brief(own string) string {
	cut, back := briefly(len(own), digestLen(own))
	return own[:cut] + own[back:]
}

func naiveWord(s *model.Snapshot, word string, literal bool) bool {
	for _, text := range []string{s.Name, s.ImageName.Value, s.Ref.Value, s.ID} {
		if naiveContains(text, word) {
			return true
		}
	}
	return !literal && slices.ContainsFunc(candidates(s), func(text string) bool { return naiveScattered(text, word) })
}

// naiveNot: what is only in the common part of a ref hides nothing.
func naiveNot(s *model.Snapshot, word string) bool {
	for _, text := range []string{s.Name, s.ImageName.Value, s.ID} {
		if naiveContains(text, word) {
			return false
		}
	}
	ref := partsOf(s.Ref.Value)
	if !naiveContains(s.Ref.Value, word) {
		return true
	}
	// Put the own part away, and see whether the word is still to be found: then
	// it was found in the common part, where it counts only if it is also
	// elsewhere.
	runes := []rune(s.Ref.Value)
	head, own := utf8.RuneCountInString(ref.head), utf8.RuneCountInString(ref.own)
	for i := range runes {
		for j := i; j <= len(runes); j++ {
			if i < head+own && j > head && naiveContains(string(runes[i:j]), word) && !naiveContains(string(runes[i:max(i, j-1)]), word) &&
				!naiveContains(string(runes[min(i+1, j):j]), word) {
				return false
			}
		}
	}
	return true
}

// naiveTerm understands the few terms that the generator makes.
func naiveTerm(store *model.Store, s *model.Snapshot, term string) bool {
	rest, negated := strings.CutPrefix(term, "-")
	field, value, isField := strings.Cut(rest, ":")
	var holds bool
	switch {
	case isField && value == "zombie" && store.Count("zombie") == 0:
		return true // an unreadable term hides nothing
	case isField && field == "state":
		holds = s.State.Failed() && value == "failed" || string(s.State) == value
	case isField && field == "name":
		holds = naiveContains(s.Name, value)
	case isField && field == "ref":
		holds = naiveContains(s.Ref.Value, value)
	case isField && field == "image":
		holds = naiveContains(s.ImageName.Value, value)
	case isField && field == "shared":
		holds = store.HasSameRef(s)
	case strings.HasPrefix(rest, "'"):
		if negated {
			return naiveNot(s, rest[1:])
		}
		return naiveWord(s, rest[1:], true)
	case negated:
		return naiveNot(s, rest)
	default:
		return naiveWord(s, rest, false)
	}
	return holds != negated
}

func naiveSearch(store *model.Store, query string) []*model.Snapshot {
	var found []*model.Snapshot
	for _, s := range store.All() {
		if !slices.ContainsFunc(strings.Fields(query), func(term string) bool { return !naiveTerm(store, s, term) }) {
			found = append(found, s)
		}
	}
	return found
}
