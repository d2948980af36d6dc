package query

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daytona/snapdeck/model"
)

// marked writes a text with its marked bytes between brackets.
func marked(text string, marks []int) string {
	var b strings.Builder
	for i := range len(text) {
		in, before := slices.Contains(marks, i), slices.Contains(marks, i-1)
		if in && !before {
			b.WriteByte('[')
		}
		if !in && before {
			b.WriteByte(']')
		}
		b.WriteByte(text[i])
	}
	if slices.Contains(marks, len(text)-1) {
		b.WriteByte(']')
	}
	return b.String()
}

func TestMatchesMarkWhatIsHit(t *testing.T) {
	const head, tail = "registry.example.com/daytona/daytona-", ":daytona"
	s := snapshot(t, "node-20-agents", "id=3fb0c1d2-aa", "ref="+head+digest+tail,
		"imageName=docker.io/library/node:22-slim", `errorReason=npm ERR! node`)
	upper := snapshot(t, "NodeAgents", "id=#")
	foreign := snapshot(t, "\u212aéK-日本", "id=#")
	for _, c := range []struct {
		of    *model.Snapshot
		query string
		field Field
		want  string
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
		// In the other columns what is in one piece, and scattered letters only
		// where no column has the word.
		{s, "node", Image, "docker.io/library/[node]:22-slim"},
		{s, "noag", Image, "docker.io/library/node:22-slim"},
		{s, "libr", Image, "docker.io/[libr]ary/node:22-slim"},
		{s, "lbslim", Image, "docker.io/[l]i[b]rary/node:22-[slim]"},
		{s, "ne-", Image, "docker.io/library/node:22-slim"},
		{s, "2e", Ref, head + digest + tail},
		{s, "docker", Image, "[docker].io/library/node:22-slim"},
		{s, "image:slim", Image, "docker.io/library/node:22-[slim]"},
		{s, "3fa2", Ref, head + "[3fa2]" + digest[4:] + tail},
		{s, "3fe91c", Ref, head + "[3f]" + digest[2:60] + "[e91c]" + tail},
		{s, digest, Ref, head + "[" + digest + "]" + tail},
		{s, "na-3fa2", Ref, head[:34] + "[na-3fa2]" + digest[4:] + tail},
		{s, "daytona", Ref, "registry.example.com/[daytona]/daytona-" + digest + tail},
		{s, "a", Ref, head + digest[:2] + "[a]" + digest[3:] + tail},
		{s, "s", Ref, head + digest + tail}, // in every ref, and in this name
		{s, "node", Ref, head + digest + tail},
		{s, "ref:daytona", Ref, "registry.example.com/[daytona]/daytona-" + digest + tail},
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
		marks := Parse(c.query).Matches(c.of, c.field)
		checkMarks(t, marks, c.field.of(c.of))
		if got := marked(c.field.of(c.of), marks); got != c.want {
			t.Errorf("%q in field %d: %s, want %s", c.query, c.field, got, c.want)
		}
	}
}

// Whatever a single word finds is marked somewhere, and what is marked is the word.
func TestEveryHitIsMarked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		store := someStore(t)
		word := newWord(someWord(t, store), rapid.Bool().Draw(t, "literal"))
		if word.text == "" {
			return
		}
		q := Query{terms: []term{{word: word}}}
		for _, s := range store.All() {
			hit := false
			for _, field := range []Field{Name, Image, Ref, ID} {
				marks := q.Matches(s, field)
				if len(marks) == 0 {
					continue
				}
				hit = true
				text := field.of(s)
				var letters strings.Builder
				for i, r := range text {
					if slices.Contains(marks, i) {
						letters.WriteRune(r)
					}
				}
				if got := letters.String(); got != word.text && (word.sensitive || fold(got) != word.folded) {
					t.Fatalf("%q marks %q in %q", word.text, got, text)
				}
			}
			if hit != word.hits(s) {
				t.Fatalf("%q in %q: marked %t, found %t", word.text, s.Name, hit, word.hits(s))
			}
		}
	})
}

func BenchmarkMatches(b *testing.B) {
	rows := fleet(b, 100)
	for name, text := range map[string]string{"piece": "prod", "letters": "pyag", "elsewhere": "3fa2"} {
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
