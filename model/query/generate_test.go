package query

import (
	"fmt"
	"strings"
	"unicode"

	"pgregory.net/rapid"

	"daytona/snapdeck/model"
)

// genText draws texts that share letters, so that words often match.
func genText(t *rapid.T, label string) string {
	pieces := rapid.SampledFrom([]string{
		"node", "agents", "py", "Node", "PY", "a", "b2", "20", "-", "-", "_", "/", "daytona", "é", "É", "ſ", "\u212a", "k", "日本", "n",
	})
	return strings.Join(rapid.SliceOfN(pieces, 0, 5).Draw(t, label), "")
}

func genSnapshot(t *rapid.T) *model.Snapshot {
	hex := rapid.StringMatching(`[0-9a-f]{64}`)
	ref := rapid.OneOf(
		rapid.Just("null"), rapid.Just(`""`),
		rapid.Map(hex, func(h string) string { return `"registry.example.com/daytona/daytona-` + h + `:daytona"` }),
		rapid.Map(hex, func(h string) string { return `"127.0.0.1:55000/d/daytona-` + h[:60] + `"` }),
		rapid.Map(hex, func(h string) string { return `"daytona-` + h[:4] + `:daytona"` }),
		rapid.Custom(func(t *rapid.T) string { return fmt.Sprintf("%q", genText(t, "ref")) }),
		rapid.Custom(func(t *rapid.T) string { return fmt.Sprintf("%q", "ghcr.io/"+genText(t, "ref")+":daytona") }),
	)
	image := rapid.OneOf(
		rapid.Just(""), rapid.Just("node:20"), rapid.Just("localhost/node@sha256:"+digest),
		rapid.Custom(func(t *rapid.T) string { return genText(t, "image") }),
	)
	raw := fmt.Sprintf(`{"id":"%s-%s","name":%q,"imageName":%q,"ref":%s,"state":%q}`,
		rapid.StringMatching(`[0-9a-f]{8}`).Draw(t, "id"), rapid.StringMatching(`[a-z]{4}`).Draw(t, "id"),
		genText(t, "name"), image.Draw(t, "image"), ref.Draw(t, "ref"),
		rapid.SampledFrom([]string{"active", "error", "build_failed", "zombie"}).Draw(t, "state"))
	s, err := model.Decode([]byte(raw))
	if err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	return s
}

func genStore(t *rapid.T) *model.Store {
	store, _ := model.NewStore().Apply(rapid.SliceOfN(rapid.Custom(genSnapshot), 0, 12).Draw(t, "snapshots"))
	return store
}

// genWord draws a word, often one from a snapshot of the store.
func genWord(t *rapid.T, store *model.Store) string {
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

func genTerm(t *rapid.T, store *model.Store) string {
	word := genWord(t, store)
	prefix := rapid.SampledFrom([]string{"", "", "", "", "", "'", "-", "-'", "name:", "-name:", "ref:", "image:"}).Draw(t, "prefix")
	field, _, isField := strings.Cut(word, ":")
	switch {
	case word == "" || isField && allFields().named(field) != nil:
		return rapid.SampledFrom([]string{"state:failed", "-state:error", "state:zombie", "state:active", "shared:yes"}).Draw(t, "field")
	case strings.HasSuffix(prefix, ":"):
		word = strings.ReplaceAll(strings.TrimLeft(word, "="), ",", "")
		if word == "" {
			return "state:active"
		}
	}
	return prefix + word
}

func genQuery(t *rapid.T, store *model.Store) string {
	var terms []string
	for range rapid.IntRange(1, 3).Draw(t, "terms") {
		terms = append(terms, genTerm(t, store))
	}
	return strings.Join(terms, " ")
}
