package query

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/junegunn/fzf/src/algo"
	"github.com/junegunn/fzf/src/util"
	"github.com/sahilm/fuzzy"

	"daytona/snapdeck/model"
)

// fleet makes n snapshots as organizations have them: names of words and a hash,
// refs with 64 hex digits, half of them from Dockerfiles and half from images.
func fleet(tb testing.TB, n int) []*model.Snapshot {
	tb.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	rows := make([]*model.Snapshot, n)
	for i := range rows {
		rows[i] = member(tb, random, i)
	}
	return rows
}

func member(tb testing.TB, random *rand.Rand, i int) *model.Snapshot {
	tb.Helper()
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	hex := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteByte("0123456789abcdef"[random.IntN(16)])
		}
		return b.String()
	}
	language := pick("python", "node", "golang", "rust", "java", "ruby", "ubuntu", "debian", "gpu-train", "browser")
	name := strings.Join([]string{
		language, pick("agents", "sandbox", "tools", "ci", "web", "data", "eval", "base"), pick("prod", "staging", "dev", "canary"), hex(8),
	}, "-")
	image, build := language+":"+pick("3.12", "22.1", "1.26")+"-slim", ""
	if random.IntN(2) == 0 {
		image, build = "", `"buildInfo":{"dockerfileContent":"FROM debian","createdAt":"2026-11-01T00:00:00Z","updatedAt":"2026-11-01T00:00:00Z"},`
	}
	created := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC).Add(-time.Duration(random.IntN(1000)) * time.Hour)
	raw := fmt.Sprintf(`{"id":"%s-%s-4%s-8%s-%s","name":%q,"imageName":%q,"state":%q,%s"ref":"registry.example.com/daytona/daytona-%s:daytona",`+
		`"regionIds":[%q],"createdAt":%q,"lastUsedAt":null,"general":false,"cpu":%d}`,
		hex(8), hex(4), hex(3), hex(3), hex(12), name, image, pick("active", "active", "active", "inactive", "error", "building"),
		build, hex(64), pick("us", "eu", "ap"), created.Format(time.RFC3339), 1+i%4)
	s, err := model.Decode([]byte(raw))
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func storeOf(rows []*model.Snapshot) *model.Store {
	store, _ := model.NewStore().Apply(rows)
	return store
}

func sizes(b *testing.B, run func(b *testing.B, ix *Index)) {
	for _, n := range []int{10_000, 100_000} {
		ix := NewIndex(storeOf(fleet(b, n)))
		b.Run(fmt.Sprint(n), func(b *testing.B) { run(b, ix) })
	}
}

func mustSearch(tb testing.TB, ix *Index, last Result, text string) Result {
	tb.Helper()
	r, err := ix.Refine(context.Background(), last, Parse(text), Context{Now: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// typed are the queries that appear while somebody types.
func typed(text string) []string {
	var all []string
	for i := range text {
		all = append(all, text[:i+1])
	}
	return all
}

// BenchmarkKey is what one key costs.
func BenchmarkKey(b *testing.B) {
	sizes(b, func(b *testing.B, ix *Index) {
		for name, key := range map[string][2]string{ // the query before, and after
			"first letter":    {"", "p"},
			"first hex digit": {"", "a"},
			"extends":         {"pyth", "pytho"},
			"deletes":         {"python-ag", "python-a"},
			"no match":        {"zqx", "zqxw"},
			"no match fresh":  {"", "zqxw"},
			"three words":     {"py prod", "py prod a"},
			"hex":             {"", "1a2b"},
			"pasted digest":   {"", "daytona-1a2b3c4d5e6f70811a2b3c4d5e6f70811a2b3c4d5e6f70811a2b3c4d5e6f7081:daytona"},
			"literal":         {"", "'prod"},
			"not":             {"", "-prod"},
			"capital":         {"", "Python"},
			"state":           {"", "state:failed"},
			"field and word":  {"state:failed", "state:failed n"},
			"used":            {"", "used:>30d"},
			"name field":      {"", "name:prod"},
			"ref field":       {"", "ref:1a2b"},
		} {
			b.Run(name, func(b *testing.B) {
				before := Result{}
				if key[0] != "" {
					before = mustSearch(b, ix, before, key[0])
				}
				q, ctx := Parse(key[1]), context.Background()
				b.ReportAllocs()
				for b.Loop() {
					if _, err := ix.Refine(ctx, before, q, before.about); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	})
}

// BenchmarkTyping types a query key by key. The same keys are given to fzf's
// matcher and to sahilm/fuzzy over the same texts, without their sorting.
func BenchmarkTyping(b *testing.B) {
	keys := typed("python-ag")
	sizes(b, func(b *testing.B, ix *Index) {
		b.Run("snapdeck", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				last := Result{}
				for _, key := range keys {
					last = mustSearch(b, ix, last, key)
				}
			}
		})
		candidates := candidatesOf(ix)
		b.Run("fzf", func(b *testing.B) {
			texts := make([]util.Chars, len(candidates))
			for i, c := range candidates {
				texts[i] = util.ToChars([]byte(c))
			}
			for b.Loop() {
				for _, key := range keys {
					fzfAll(texts, key)
				}
			}
		})
		if len(candidates) <= 10_000 {
			b.Run("sahilm", func(b *testing.B) {
				for b.Loop() {
					for _, key := range keys {
						fuzzy.FindNoSort(key, candidates)
					}
				}
			})
		}
	})
}

// candidatesOf are the texts in which letters may be scattered: what fzf would be
// given where it should find the same.
func candidatesOf(ix *Index) []string {
	texts := make([]string, len(ix.rows))
	for i, s := range ix.rows {
		texts[i] = s.Name + " " + s.ImageName.Value + " " + partsOf(s.Ref.Value).own
	}
	return texts
}

// fzfAll is fzf's search through all texts on all processors.
func fzfAll(texts []util.Chars, key string) int {
	var (
		group   sync.WaitGroup
		workers = runtime.GOMAXPROCS(0)
		found   = make([]int, workers)
		pattern = []rune(key)
	)
	for w := range workers {
		group.Go(func() {
			slab := util.MakeSlab(100*1024, 2048)
			for i := len(texts) * w / workers; i < len(texts)*(w+1)/workers; i++ {
				if r, _ := algo.FuzzyMatchV2(false, true, true, &texts[i], pattern, false, slab); r.Start >= 0 {
					found[w]++
				}
			}
		})
	}
	group.Wait()
	total := 0
	for _, n := range found {
		total += n
	}
	return total
}

func BenchmarkNewIndex(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		store := storeOf(fleet(b, n))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				NewIndex(store)
			}
		})
	}
}

// BenchmarkPoll is a poll that changes 1 % while a query is on: the new index, and
// the query once more.
func BenchmarkPoll(b *testing.B) {
	const n = 100_000
	random := rand.New(rand.NewPCG(3, 4))
	rows := fleet(b, n)
	ix := NewIndex(storeOf(rows))
	changed := make([]*model.Snapshot, 0, n)
	for i := range rows {
		if i%100 == 0 { // used: first in the list from now on
			changed = append(changed, member(b, random, i))
		}
	}
	for i, s := range rows {
		if i%100 != 0 {
			changed = append(changed, s)
		}
	}
	store := storeOf(changed)
	b.Run("update", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			ix.Update(store)
		}
	})
	b.Run("update and search", func(b *testing.B) {
		b.ReportAllocs()
		last := mustSearch(b, ix, Result{}, "python-ag")
		for b.Loop() {
			mustSearch(b, ix.Update(store), last, "python-ag")
		}
	})
}

// BenchmarkIndexMemory reports what an index keeps alive.
func BenchmarkIndexMemory(b *testing.B) {
	store := storeOf(fleet(b, 100_000))
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		ix := NewIndex(store)
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
		runtime.KeepAlive(ix)
	}
}
