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

// fleet returns n realistic snapshots: names of words and a hash, refs with 64 hex
// digits, half of them built from Dockerfiles and half from images.
func fleet(n int) []*model.Snapshot {
	random := rand.New(rand.NewPCG(1, 2))
	rows := make([]*model.Snapshot, n)
	for i := range rows {
		rows[i] = randomSnapshot(random, i)
	}
	return rows
}

// randomSnapshot fills in the fields without decoding JSON, which would take most of
// the time of these tests.
func randomSnapshot(random *rand.Rand, i int) *model.Snapshot {
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
	s := &model.Snapshot{
		ID:         strings.Join([]string{hex(8), hex(4), "4" + hex(3), "8" + hex(3), hex(12)}, "-"),
		Name:       name,
		ImageName:  model.Some(""),
		State:      model.State(pick("active", "active", "active", "inactive", "error", "building")),
		Ref:        model.Some("registry.example.com/daytona/daytona-" + hex(64) + ":daytona"),
		RegionIDs:  model.Some([]string{pick("us", "eu", "ap")}),
		CreatedAt:  model.SomeTime(now.Add(-time.Duration(random.IntN(1000)) * time.Hour)),
		LastUsedAt: model.OptionalTime{Presence: model.Null},
		CPU:        model.Some(float64(1 + i%4)),
	}
	if random.IntN(2) == 0 {
		s.BuildInfo = model.Some(&model.BuildInfo{DockerfileContent: model.Some(model.NewJSONText("FROM debian"))})
	} else {
		s.ImageName = model.Some(language + ":" + pick("3.12", "22.1", "1.26") + "-slim")
	}
	return s
}

func storeOf(rows []*model.Snapshot) *model.Store {
	store, _ := model.NewStore().Apply(rows)
	return store
}

func sizes(b *testing.B, run func(b *testing.B, ix *Index)) {
	for _, n := range []int{10_000, 100_000} {
		ix := NewIndex(storeOf(fleet(n)))
		b.Run(fmt.Sprint(n), func(b *testing.B) { run(b, ix) })
	}
}

func mustSearch(tb testing.TB, ix *Index, last Result, text string) Result {
	tb.Helper()
	r, err := ix.Refine(context.Background(), last, Parse(text), Context{Now: now})
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// prefixes returns the queries that occur while the user types text.
func prefixes(text string) []string {
	var all []string
	for i := range text {
		all = append(all, text[:i+1])
	}
	return all
}

// BenchmarkKey measures one key press.
func BenchmarkKey(b *testing.B) {
	sizes(b, func(b *testing.B, ix *Index) {
		for name, key := range map[string][2]string{ // the queries before and after it
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
					if _, err := ix.Refine(ctx, before, q, before.context); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	})
}

// BenchmarkTyping types a query key by key, and compares with fzf's matcher and
// sahilm/fuzzy over the same texts, without sorting.
func BenchmarkTyping(b *testing.B) {
	keys := prefixes("python-ag")
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

// candidatesOf returns the texts with subsequence matches, as fzf would need them to
// find the same snapshots.
func candidatesOf(ix *Index) []string {
	texts := make([]string, len(ix.rows))
	for i, s := range ix.rows {
		texts[i] = s.Name + " " + s.ImageName.Value + " " + splitRef(s.Ref.Value).unique
	}
	return texts
}

// fzfAll searches all texts with fzf's matcher on all processors and returns the
// number of matches.
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
		store := storeOf(fleet(n))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				NewIndex(store)
			}
		})
	}
}

// BenchmarkPoll measures a poll that changes 1 % of the snapshots while a query is
// active: the update of the index, and the repeated query.
func BenchmarkPoll(b *testing.B) {
	const n = 100_000
	random := rand.New(rand.NewPCG(3, 4))
	rows := fleet(n)
	ix := NewIndex(storeOf(rows))
	changed := make([]*model.Snapshot, 0, n)
	for i := range rows {
		if i%100 == 0 { // just used, so it moves to the top of the list
			changed = append(changed, randomSnapshot(random, i))
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

// BenchmarkIndexMemory reports the memory that an index retains.
func BenchmarkIndexMemory(b *testing.B) {
	store := storeOf(fleet(100_000))
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
