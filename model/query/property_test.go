package query

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/sahilm/fuzzy"
	"pgregory.net/rapid"

	"daytona/snapdeck/model"
)

func TestIndexAgreesWithNaiveSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		store := genStore(t)
		ix := NewIndex(store)
		for range 5 {
			text := genQuery(t, store)
			q := Parse(text)
			r, err := ix.Search(t.Context(), q, Context{})
			if err != nil {
				t.Fatal(err)
			}
			want := naiveSearch(store, text)
			got := r.Snapshots
			if q.HasWords() {
				checkOrder(t, ix, r)
				got = sortByStore(store, got)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%q finds %q, want %q", text, namesOf(got), namesOf(want))
			}
		}
	})
}

// sortByStore returns the found snapshots in the order of the store.
func sortByStore(store *model.Store, found []*model.Snapshot) []*model.Snapshot {
	var sorted []*model.Snapshot
	for _, s := range store.All() {
		if slices.Contains(found, s) {
			sorted = append(sorted, s)
		}
	}
	return sorted
}

// checkOrder checks that results are ordered by rank, then by name.
func checkOrder(t *rapid.T, ix *Index, r Result) {
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

// The index finds snapshots and sahilm/fuzzy finds the letters to highlight, so both
// must agree on what matches. The snapshots have only names.
func TestIndexAgreesWithFuzzy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) string { return genText(t, "name") }), 0, 12, rapid.ID).Draw(t, "names")
		var rows []*model.Snapshot
		for i, name := range names {
			s, err := model.Decode(fmt.Appendf(nil, `{"id":"#%d","name":%q}`, i, name))
			if err != nil {
				t.Fatal(err)
			}
			rows = append(rows, s)
		}
		store, _ := model.NewStore().Apply(rows)
		word := strings.ToLower(genText(t, "word"))
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
		if got := sortByStore(store, r.Snapshots); !slices.Equal(got, want) {
			t.Fatalf("%q finds %q, fuzzy finds %q", word, namesOf(got), namesOf(want))
		}
	})
}

func TestRefineAgreesWithSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		store := genStore(t)
		ix := NewIndex(store)
		last, text := Result{}, ""
		for range 6 {
			switch rapid.SampledFrom([]string{"letter", "letter", "term", "new", "delete"}).Draw(t, "edit") {
			case "letter":
				text += rapid.SampledFrom([]string{"n", "o", "a", "-", "'", "d", "2", "N", ":"}).Draw(t, "letter")
			case "term":
				text += " " + genTerm(t, store)
			case "new":
				text = genQuery(t, store)
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

func TestUpdateAgreesWithNewIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		store := genStore(t)
		ix := NewIndex(store)
		for range 4 {
			rows := rapid.Permutation(store.All()).Draw(t, "order")
			if !rapid.Bool().Draw(t, "reorder") {
				rows = slices.Clone(store.All())
			}
			rows = rows[:rapid.IntRange(0, len(rows)).Draw(t, "kept")]
			rows = append(rows, rapid.SliceOfN(rapid.Custom(genSnapshot), 0, 3).Draw(t, "fresh")...)
			for i := range rows {
				if rapid.IntRange(0, 3).Draw(t, "change") == 0 {
					rows[i] = changed(t, rows[i])
				}
			}
			next, _ := store.Apply(rows)
			updated := ix.Update(next)
			checkSameIndex(t, updated, NewIndex(next))
			if next == store && updated != ix {
				t.Fatal("Update with the same store returns another index")
			}
			store, ix = next, updated
		}
	})
}

// changed returns the snapshot with another state, and sometimes another name.
func changed(t *rapid.T, s *model.Snapshot) *model.Snapshot {
	name := s.Name
	if rapid.Bool().Draw(t, "rename") {
		name = genText(t, "name")
	}
	raw := fmt.Sprintf(`{"id":%q,"name":%q,"imageName":%q,"ref":%q,"state":"inactive"}`, s.ID, name, s.ImageName.Value, s.Ref.Value)
	fresh, err := model.Decode([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return fresh
}

func checkSameIndex(t *rapid.T, got, want *Index) {
	switch {
	case got.store != want.store:
		t.Fatal("the stores differ")
	case !slices.Equal(got.rows, want.rows):
		t.Fatalf("rows %q, want %q", namesOf(got.rows), namesOf(want.rows))
	case !slices.Equal(got.order, want.order):
		t.Fatalf("order %v, want %v", got.order, want.order)
	case !bytes.Equal(got.names.text, want.names.text) || !slices.Equal(got.names.ends, want.names.ends):
		t.Fatalf("names %q, want %q", got.names.text, want.names.text)
	case !bytes.Equal(got.rest.text, want.rest.text) || !slices.Equal(got.rest.ends, want.rest.ends):
		t.Fatalf("rest %q, want %q", got.rest.text, want.rest.text)
	case !slices.Equal(got.wordStarts, want.wordStarts) || !slices.Equal(got.nameMask, want.nameMask) || !slices.Equal(got.restMask, want.restMask):
		t.Fatal("the masks differ")
	case !slices.Equal(got.regions(), want.regions()):
		t.Fatal("the regions differ")
	}
	for row := range got.layouts {
		a, b := got.layouts[row], want.layouts[row]
		if got.affixes[a.affix] != want.affixes[b.affix] {
			t.Fatalf("affix %v, want %v", got.affixes[a.affix], want.affixes[b.affix])
		}
		a.affix, b.affix = 0, 0
		if a != b {
			t.Fatalf("layout %+v, want %+v", a, b)
		}
	}
}

func TestExplainAgreesWithNaiveSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		store := genStore(t)
		ix := NewIndex(store)
		text := genQuery(t, store)
		terms := strings.Fields(text)
		effects, err := ix.Explain(t.Context(), Parse(text), Context{})
		if err != nil {
			t.Fatal(err)
		}
		for i, term := range terms {
			if len(effects) == 0 || effects[0].Term != term {
				if strings.TrimLeft(term, "-'") != "" && !strings.HasSuffix(term, "state:zombie") {
					t.Fatalf("%q is not explained", term)
				}
				continue
			}
			e := effects[0]
			effects = effects[1:]
			without := strings.Join(slices.Delete(slices.Clone(terms), i, i+1), " ")
			matches, excludes := len(naiveSearch(store, term)), len(naiveSearch(store, without))-len(naiveSearch(store, text))
			if e.Matches != matches || e.ExcludesAlone != excludes {
				t.Fatalf("%q in %q: %+v, want Matches %d, ExcludesAlone %d", term, text, e, matches, excludes)
			}
		}
		if len(effects) > 0 {
			t.Fatalf("%+v are no terms of %q", effects, text)
		}
	})
}
