package query

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"
	"pgregory.net/rapid"

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
		return true // a mistake hides nothing
	case isField && field == "state":
		holds = s.State.Failed() && value == "failed" || string(s.State) == value
	case isField && field == "name":
		holds = naiveContains(s.Name, value)
	case isField && field == "ref":
		holds = naiveContains(s.Ref.Value, value)
	case isField && field == "image":
		holds = naiveContains(s.ImageName.Value, value)
	case isField && field == "twin":
		holds = store.HasTwins(s)
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

// someText draws texts that share letters, so that words often hit.
func someText(t *rapid.T, label string) string {
	pieces := rapid.SampledFrom([]string{
		"node", "agents", "py", "Node", "PY", "a", "b2", "20", "-", "-", "_", "/", "daytona", "é", "É", "ſ", "\u212a", "k", "日本", "n",
	})
	return strings.Join(rapid.SliceOfN(pieces, 0, 5).Draw(t, label), "")
}

func someSnapshot(t *rapid.T) *model.Snapshot {
	hex := rapid.StringMatching(`[0-9a-f]{64}`)
	ref := rapid.OneOf(
		rapid.Just("null"), rapid.Just(`""`),
		rapid.Map(hex, func(h string) string { return `"registry.example.com/daytona/daytona-` + h + `:daytona"` }),
		rapid.Map(hex, func(h string) string { return `"127.0.0.1:55000/d/daytona-` + h[:60] + `"` }),
		rapid.Map(hex, func(h string) string { return `"daytona-` + h[:4] + `:daytona"` }),
		rapid.Custom(func(t *rapid.T) string { return fmt.Sprintf("%q", someText(t, "ref")) }),
		rapid.Custom(func(t *rapid.T) string { return fmt.Sprintf("%q", "ghcr.io/"+someText(t, "ref")+":daytona") }),
	)
	image := rapid.OneOf(
		rapid.Just(""), rapid.Just("node:20"), rapid.Just("localhost/node@sha256:"+digest),
		rapid.Custom(func(t *rapid.T) string { return someText(t, "image") }),
	)
	raw := fmt.Sprintf(`{"id":"%s-%s","name":%q,"imageName":%q,"ref":%s,"state":%q}`,
		rapid.StringMatching(`[0-9a-f]{8}`).Draw(t, "id"), rapid.StringMatching(`[a-z]{4}`).Draw(t, "id"),
		someText(t, "name"), image.Draw(t, "image"), ref.Draw(t, "ref"),
		rapid.SampledFrom([]string{"active", "error", "build_failed", "zombie"}).Draw(t, "state"))
	s, err := model.Decode([]byte(raw))
	if err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	return s
}

func someStore(t *rapid.T) *model.Store {
	store, _ := model.NewStore().Apply(rapid.SliceOfN(rapid.Custom(someSnapshot), 0, 12).Draw(t, "snapshots"))
	return store
}

// someWord draws a word, often one that is in some snapshot of the store.
func someWord(t *rapid.T, store *model.Store) string {
	texts := []string{"node", "na", "d", "a", "daytona", "k", "-3", "on", "é", "0", "NO", ":day", "daytona-3"}
	for _, s := range store.All() {
		texts = append(texts, s.Name, s.ImageName.Value, s.Ref.Value, s.Ref.Value, s.ID)
	}
	text := []rune(rapid.SampledFrom(texts).Draw(t, "text"))
	from := rapid.IntRange(0, len(text)).Draw(t, "from")
	to := rapid.IntRange(from, min(len(text), from+rapid.SampledFrom([]int{1, 2, 3, 6, 200}).Draw(t, "letters"))).Draw(t, "to")
	word := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '"' {
			return -1
		}
		return r
	}, string(text[from:to]))
	if rapid.Bool().Draw(t, "lower") {
		word = strings.ToLower(word)
	}
	return strings.TrimLeft(word, "-'")
}

func someTerm(t *rapid.T, store *model.Store) string {
	word := someWord(t, store)
	prefix := rapid.SampledFrom([]string{"", "", "", "", "", "'", "-", "-'", "name:", "-name:", "ref:", "image:"}).Draw(t, "prefix")
	field, _, isField := strings.Cut(word, ":")
	switch {
	case word == "" || isField && allFields().named(field) != nil:
		return rapid.SampledFrom([]string{"state:failed", "-state:error", "state:zombie", "state:active", "twin:yes"}).Draw(t, "field")
	case strings.HasSuffix(prefix, ":"):
		word = strings.ReplaceAll(strings.TrimLeft(word, "="), ",", "")
		if word == "" {
			return "state:active"
		}
	}
	return prefix + word
}

func someQuery(t *rapid.T, store *model.Store) string {
	var terms []string
	for range rapid.IntRange(1, 3).Draw(t, "terms") {
		terms = append(terms, someTerm(t, store))
	}
	return strings.Join(terms, " ")
}

func TestIndexFindsWhatANaiveSearchFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		store := someStore(t)
		ix := NewIndex(store)
		for range 5 {
			text := someQuery(t, store)
			q := Parse(text)
			r, err := ix.Search(t.Context(), q, Context{})
			if err != nil {
				t.Fatal(err)
			}
			want := naiveSearch(store, text)
			got := r.Snapshots
			if q.HasWords() {
				inBestOrder(t, ix, r)
				got = inStoreOrder(store, got)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%q finds %q, want %q", text, namesOf(got), namesOf(want))
			}
		}
	})
}

// inStoreOrder puts found snapshots into the order of the store.
func inStoreOrder(store *model.Store, found []*model.Snapshot) []*model.Snapshot {
	var sorted []*model.Snapshot
	for _, s := range store.All() {
		if slices.Contains(found, s) {
			sorted = append(sorted, s)
		}
	}
	return sorted
}

// inBestOrder checks that no worse match comes before a better one, and that equal
// ones are in the order of their names.
func inBestOrder(t *rapid.T, ix *Index, r Result) {
	rowOf := make(map[*model.Snapshot]int)
	for row, s := range ix.rows {
		rowOf[s] = row
	}
	for i := 1; i < len(r.Snapshots); i++ {
		a, b := rowOf[r.Snapshots[i-1]], rowOf[r.Snapshots[i]]
		if r.ranks[a] > r.ranks[b] || r.ranks[a] == r.ranks[b] && a > b {
			t.Fatalf("%q comes before %q", ix.rows[a].Name, ix.rows[b].Name)
		}
	}
}

// An index of our own finds, sahilm/fuzzy marks: both must mean the same by a
// match. Nothing but the names is there to be found.
func TestIndexAndFuzzyFindTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) string { return someText(t, "name") }), 0, 12, rapid.ID).Draw(t, "names")
		var rows []*model.Snapshot
		for i, name := range names {
			s, err := model.Decode(fmt.Appendf(nil, `{"id":"#%d","name":%q}`, i, name))
			if err != nil {
				t.Fatal(err)
			}
			rows = append(rows, s)
		}
		store, _ := model.NewStore().Apply(rows)
		word := strings.ToLower(someText(t, "word"))
		if word == "" || strings.ContainsFunc(word, unicode.IsUpper) {
			return
		}
		q := Query{terms: []term{{word: newWord(word, false)}}}
		r, err := NewIndex(store).Search(t.Context(), q, Context{})
		if err != nil {
			t.Fatal(err)
		}
		var want []*model.Snapshot
		for _, m := range fuzzy.FindNoSort(word, names) {
			want = append(want, rows[m.Index])
		}
		if got := inStoreOrder(store, r.Snapshots); !slices.Equal(got, want) {
			t.Fatalf("%q finds %q, fuzzy finds %q", word, namesOf(got), namesOf(want))
		}
	})
}

func TestRefineAnswersAsSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		store := someStore(t)
		ix := NewIndex(store)
		last, text := Result{}, ""
		for range 6 {
			switch rapid.SampledFrom([]string{"letter", "letter", "term", "new", "delete"}).Draw(t, "edit") {
			case "letter":
				text += rapid.SampledFrom([]string{"n", "o", "a", "-", "'", "d", "2", "N", ":"}).Draw(t, "letter")
			case "term":
				text += " " + someTerm(t, store)
			case "new":
				text = someQuery(t, store)
			case "delete":
				text = strings.ToValidUTF8(text[:max(0, len(text)-1)], "")
			}
			fresh, err := ix.Search(t.Context(), Parse(text), Context{})
			if err != nil {
				t.Fatal(err)
			}
			refined, err := ix.Refine(t.Context(), last, Parse(text), Context{})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(fresh.Snapshots, refined.Snapshots) {
				t.Fatalf("%q after %q finds %q, want %q", text, last.query, namesOf(refined.Snapshots), namesOf(fresh.Snapshots))
			}
			last = refined
		}
	})
}

func TestUpdatedIndexIsANewIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		store := someStore(t)
		ix := NewIndex(store)
		for range 4 {
			rows := rapid.Permutation(store.All()).Draw(t, "order")
			if !rapid.Bool().Draw(t, "reorder") {
				rows = slices.Clone(store.All())
			}
			rows = rows[:rapid.IntRange(0, len(rows)).Draw(t, "kept")]
			rows = append(rows, rapid.SliceOfN(rapid.Custom(someSnapshot), 0, 3).Draw(t, "fresh")...)
			for i := range rows {
				if rapid.IntRange(0, 3).Draw(t, "change") == 0 {
					rows[i] = changed(t, rows[i])
				}
			}
			next, _ := store.Apply(rows)
			updated := ix.Update(next)
			sameIndex(t, updated, NewIndex(next))
			if next == store && updated != ix {
				t.Fatal("another index for the same store")
			}
			store, ix = next, updated
		}
	})
}

// changed returns the snapshot with another state and sometimes another name.
func changed(t *rapid.T, s *model.Snapshot) *model.Snapshot {
	name := s.Name
	if rapid.Bool().Draw(t, "rename") {
		name = someText(t, "name")
	}
	raw := fmt.Sprintf(`{"id":%q,"name":%q,"imageName":%q,"ref":%q,"state":"inactive"}`, s.ID, name, s.ImageName.Value, s.Ref.Value)
	fresh, err := model.Decode([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return fresh
}

func sameIndex(t *rapid.T, got, want *Index) {
	switch {
	case got.store != want.store:
		t.Fatal("another store")
	case !slices.Equal(got.rows, want.rows):
		t.Fatalf("rows %q, want %q", namesOf(got.rows), namesOf(want.rows))
	case !slices.Equal(got.order, want.order):
		t.Fatalf("order %v, want %v", got.order, want.order)
	case !bytes.Equal(got.names.text, want.names.text) || !slices.Equal(got.names.ends, want.names.ends):
		t.Fatalf("names %q, want %q", got.names.text, want.names.text)
	case !bytes.Equal(got.rest.text, want.rest.text) || !slices.Equal(got.rest.ends, want.rest.ends):
		t.Fatalf("rest %q, want %q", got.rest.text, want.rest.text)
	case !slices.Equal(got.starts, want.starts) || !slices.Equal(got.nameMask, want.nameMask) || !slices.Equal(got.restMask, want.restMask):
		t.Fatal("other masks")
	case !slices.Equal(got.regions(), want.regions()):
		t.Fatal("other regions")
	}
	for row := range got.shapes {
		a, b := got.shapes[row], want.shapes[row]
		if got.affixes[a.affix] != want.affixes[b.affix] {
			t.Fatalf("affix %v, want %v", got.affixes[a.affix], want.affixes[b.affix])
		}
		a.affix, b.affix = 0, 0
		if a != b {
			t.Fatalf("shape %+v, want %+v", a, b)
		}
	}
}

func TestExplainCountsWhatEachTermHides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		store := someStore(t)
		ix := NewIndex(store)
		text := someQuery(t, store)
		terms := strings.Fields(text)
		hidden, err := ix.Explain(t.Context(), Parse(text), Context{})
		if err != nil {
			t.Fatal(err)
		}
		byTerm := make(map[int]Hidden)
		for _, h := range hidden {
			if text[h.From:h.To] != h.Term {
				t.Fatalf("%+v is not there in %q", h, text)
			}
			byTerm[h.From] = h
		}
		at := 0
		for i, term := range terms {
			h, understood := byTerm[at]
			at += len(term) + 1
			if !understood {
				if strings.TrimLeft(term, "-'") != "" && !strings.HasSuffix(term, "state:zombie") {
					t.Fatalf("%q is not explained", term)
				}
				continue
			}
			without := strings.Join(slices.Delete(slices.Clone(terms), i, i+1), " ")
			alone, only := len(naiveSearch(store, term)), len(naiveSearch(store, without))-len(naiveSearch(store, text))
			if h.Alone != alone || h.Only != only {
				t.Fatalf("%q in %q: %+v, want alone %d, only %d", term, text, h, alone, only)
			}
		}
	})
}
