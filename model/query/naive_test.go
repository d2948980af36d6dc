package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"daytona/snapdeck/model"
)

// The naive search is the reference for the index: it is written without regard to
// speed, with sahilm/fuzzy over every text and strings.EqualFold at every offset.

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

func naiveSubsequence(s, word string) bool {
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

// candidates returns the texts with subsequence matches.
func candidates(s *model.Snapshot) []string {
	image := s.ImageName.Value
	return []string{s.Name, shortened(image[hostLen(image):]), shortened(splitRef(s.Ref.Value).unique)}
}

// shortened returns a text with its digest as on the screen.
func shortened(unique string) string {
	from, to := digestGap(len(unique), digestLen(unique))
	return unique[:from] + unique[to:]
}

func naiveWord(s *model.Snapshot, word string, literal bool) bool {
	for _, text := range []string{s.Name, s.ImageName.Value, s.Ref.Value, s.ID} {
		if naiveContains(text, word) {
			return true
		}
	}
	return !literal && slices.ContainsFunc(candidates(s), func(text string) bool { return naiveSubsequence(text, word) })
}

// naiveNot reports whether the snapshot matches -word. A word only in the affix of
// its ref does not exclude it.
func naiveNot(s *model.Snapshot, word string) bool {
	for _, text := range []string{s.Name, s.ImageName.Value, s.ID} {
		if naiveContains(text, word) {
			return false
		}
	}
	ref := splitRef(s.Ref.Value)
	if !naiveContains(s.Ref.Value, word) {
		return true
	}
	// Look for an occurrence of the word that touches the unique part.
	runes := []rune(s.Ref.Value)
	prefix, unique := utf8.RuneCountInString(ref.prefix), utf8.RuneCountInString(ref.unique)
	for i := range runes {
		for j := i; j <= len(runes); j++ {
			if i < prefix+unique && j > prefix && naiveContains(string(runes[i:j]), word) && !naiveContains(string(runes[i:max(i, j-1)]), word) &&
				!naiveContains(string(runes[min(i+1, j):j]), word) {
				return false
			}
		}
	}
	return true
}

// naiveTerm matches the kinds of terms that [genTerm] draws.
func naiveTerm(store *model.Store, s *model.Snapshot, term string) bool {
	rest, negated := strings.CutPrefix(term, "-")
	field, value, isField := strings.Cut(rest, ":")
	var matches bool
	switch {
	case isField && value == "zombie" && store.Count("zombie") == 0:
		return true // an unreadable term hides nothing
	case isField && field == "state":
		matches = s.State.Failed() && value == "failed" || string(s.State) == value
	case isField && field == "name":
		matches = naiveContains(s.Name, value)
	case isField && field == "ref":
		matches = naiveContains(s.Ref.Value, value)
	case isField && field == "image":
		matches = naiveContains(s.ImageName.Value, value)
	case isField && field == "shared":
		matches = store.HasSameRef(s)
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
	return matches != negated
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
