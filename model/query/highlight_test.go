package query

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daytona/snapdeck/model"
)

// highlighted puts brackets around the bytes at the offsets.
func highlighted(text string, offsets []int) string {
	var b strings.Builder
	for i := range len(text) {
		in, before := slices.Contains(offsets, i), slices.Contains(offsets, i-1)
		if in && !before {
			b.WriteByte('[')
		}
		if !in && before {
			b.WriteByte(']')
		}
		b.WriteByte(text[i])
	}
	if slices.Contains(offsets, len(text)-1) {
		b.WriteByte(']')
	}
	return b.String()
}

func TestMatches(t *testing.T) {
	const prefix, suffix = "registry.example.com/daytona/daytona-", ":daytona"
	s := snapshot(t, "node-20-agents", "id=3fb0c1d2-aa", "ref="+prefix+digest+suffix,
		"imageName=docker.io/library/node:22-slim", `errorReason=npm ERR! node`)
	upper := snapshot(t, "NodeAgents", "id=#")
	foreign := snapshot(t, "\u212aéK-日本", "id=#")
	for _, c := range []struct {
		snapshot *model.Snapshot
		query    string
		field    TextField
		want     string
	}{
		{s, "", Name, "node-20-agents"},
		{s, "node", Name, "[node]-20-agents"},
		{s, "noag", Name, "[no]de-20-[ag]ents"},
		{s, "ents", Name, "node-20-ag[ents]"},
		{s, "20 ag", Name, "node-[20]-[ag]ents"},
		{s, "node od", Name, "[node]-20-agents"},
		{s, "-node", Name, "node-20-agents"},
		{s, "'age", Name, "node-20-[age]nts"},
		{s, "'nage", Name, "node-20-agents"},
		{s, "NODE", Name, "node-20-agents"},
		{upper, "node", Name, "[Node]Agents"},
		{upper, "nA", Name, "NodeAgents"},
		{upper, "NA", Name, "[N]ode[A]gents"},
		{s, "zzz", Name, "node-20-agents"},
		{s, "name:age", Name, "node-20-[age]nts"},
		{s, "-name:age", Name, "node-20-agents"},
		{s, "name:xx,20", Name, "node-[20]-agents"},
		{s, "ref:age", Name, "node-20-agents"},
		// Other fields: substrings, and subsequences only if no field contains the
		// word.
		{s, "node", Image, "docker.io/library/[node]:22-slim"},
		{s, "noag", Image, "docker.io/library/node:22-slim"},
		{s, "libr", Image, "docker.io/[libr]ary/node:22-slim"},
		{s, "lbslim", Image, "docker.io/[l]i[b]rary/node:22-[slim]"},
		{s, "ne-", Image, "docker.io/library/node:22-slim"},
		{s, "2e", Ref, prefix + digest + suffix},
		{s, "docker", Image, "[docker].io/library/node:22-slim"},
		{s, "image:slim", Image, "docker.io/library/node:22-[slim]"},
		{s, "3fa2", Ref, prefix + "[3fa2]" + digest[4:] + suffix},
		{s, "3fe91c", Ref, prefix + "[3f]" + digest[2:60] + "[e91c]" + suffix},
		{s, digest, Ref, prefix + "[" + digest + "]" + suffix},
		{s, "na-3fa2", Ref, prefix[:34] + "[na-3fa2]" + digest[4:] + suffix},
		{s, "daytona", Ref, "registry.example.com/[daytona]/daytona-" + digest + suffix},
		{s, "a", Ref, prefix + digest[:2] + "[a]" + digest[3:] + suffix},
		{s, "s", Ref, prefix + digest + suffix}, // in every ref, and in this name
		{s, "node", Ref, prefix + digest + suffix},
		{s, "ref:daytona", Ref, "registry.example.com/[daytona]/daytona-" + digest + suffix},
		{s, "3fb0", ID, "[3fb0]c1d2-aa"},
		{s, "3fc1", ID, "3fb0c1d2-aa"},
		{s, "id:aa", ID, "3fb0c1d2-[aa]"},
		{s, "error:err", ErrorReason, "npm [ERR]! node"},
		{s, "node", ErrorReason, "npm ERR! node"},
		{foreign, "k", Name, "[\u212a]éK-日本"},
		{foreign, "É", Name, "\u212aéK-日本"},
		{foreign, "ék", Name, "\u212a[éK]-日本"},
		{foreign, "日本", Name, "\u212aéK-[日本]"},
	} {
		offsets := Parse(c.query).Matches(c.snapshot, c.field)
		text := c.field.text(c.snapshot)
		checkOffsets(t, offsets, text)
		if got := highlighted(text, offsets); got != c.want {
			t.Errorf("%q in field %d: %s, want %s", c.query, c.field, got, c.want)
		}
	}
}

// A word that matches a snapshot is highlighted in some field, and the highlighted
// letters are those of the word.
func TestMatchesAgreesWithSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		store := genStore(t)
		word := newWord(genWord(t, store), rapid.Bool().Draw(t, "literal"))
		if word.text == "" {
			return
		}
		q := Query{terms: []term{{word: word}}}
		for _, s := range store.All() {
			matched := false
			for _, field := range []TextField{Name, Image, Ref, ID} {
				offsets := q.Matches(s, field)
				if len(offsets) == 0 {
					continue
				}
				matched = true
				text := field.text(s)
				var letters strings.Builder
				for i, r := range text {
					if slices.Contains(offsets, i) {
						letters.WriteRune(r)
					}
				}
				if got := letters.String(); got != word.text && (word.sensitive || fold(got) != word.folded) {
					t.Fatalf("%q highlights %q in %q", word.text, got, text)
				}
			}
			if matched != word.matches(s) {
				t.Fatalf("%q in %q: highlighted %t, matches %t", word.text, s.Name, matched, word.matches(s))
			}
		}
	})
}

func BenchmarkMatches(b *testing.B) {
	rows := fleet(100)
	for name, text := range map[string]string{"substring": "prod", "subsequence": "pyag", "other field": "3fa2"} {
		q := Parse(text)
		b.Run(name, func(b *testing.B) {
			i := 0
			for b.Loop() {
				s := rows[i%len(rows)]
				q.Matches(s, Name)
				q.Matches(s, Ref)
				i++
			}
		})
	}
}
