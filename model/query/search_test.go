package query

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"daytona/snapdeck/model"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestSearchWithoutTerms(t *testing.T) {
	ix := fieldIndex(t)
	r := search(t, ix, "  ", Context{})
	if &r.Snapshots[0] != &ix.store.All()[0] || len(r.Snapshots) != ix.store.Len() {
		t.Error("an empty query does not return the slice of the store")
	}
	empty := NewIndex(model.NewStore())
	for _, text := range []string{"", "node", "state:failed", "-x"} {
		if r := search(t, empty, text, Context{}); len(r.Snapshots) != 0 {
			t.Errorf("%q finds %d snapshots in an empty store", text, len(r.Snapshots))
		}
	}
}

func TestNarrows(t *testing.T) {
	later := Context{Now: now.Add(time.Second)}
	for _, c := range []struct {
		last, next string
		context    Context
		want       bool
	}{
		{"nod", "node", Context{Now: now}, true},
		{"nod", "node", later, true},
		{"node", "nod", Context{Now: now}, false},
		{"od", "node", Context{Now: now}, true},
		{"nd", "node", Context{Now: now}, false},
		{"nod", "Node", Context{Now: now}, true},
		{"Nod", "node", Context{Now: now}, false},
		{"'nod", "'node", Context{Now: now}, true},
		{"'nod", "node", Context{Now: now}, false},
		{"nod", "'node", Context{Now: now}, true},
		{"node", "node ag", Context{Now: now}, true},
		{"node ag", "ag node x", Context{Now: now}, true},
		{"node ag", "node", Context{Now: now}, false},
		{"-no", "-node", Context{Now: now}, false},
		{"-node", "-no", Context{Now: now}, false}, // -daytona excludes less than -daytona-3
		{"-node", "node", Context{Now: now}, false},
		{"node", "-node", Context{Now: now}, false},
		{"-no", "node", Context{Now: now}, false},
		{"-node", "-node x", Context{Now: now}, true},
		{"state:failed", "state:failed n", later, true},
		{"state:fail", "state:failed", Context{Now: now}, false},
		{"used:>3d", "used:>3d n", Context{Now: now}, true},
		{"used:>3d", "used:>3d n", later, false},
		{"region:eu", "region:eu n", Context{Now: now, Regions: []model.Region{{ID: "eu"}}}, false},
		{"ttl:<3d", "ttl:<3d n", Context{Now: now, Timeout: time.Hour}, false},
		{"", "n", Context{Now: now}, true},
	} {
		last := Result{query: Parse(c.last), context: Context{Now: now}}
		if got := narrows(last, Parse(c.next), c.context); got != c.want {
			t.Errorf("%q after %q: %t, want %t", c.next, c.last, got, c.want)
		}
	}
}

func TestRefineIgnoresAResultOfAnotherIndex(t *testing.T) {
	rows := []*model.Snapshot{snapshot(t, "node-a"), snapshot(t, "node-b")}
	old := NewIndex(storeOf(rows[:1]))
	last := search(t, old, "nod", Context{})
	r, err := old.Update(storeOf(rows)).Refine(t.Context(), last, Parse("node"), Context{})
	if err != nil || namesOf(r.Snapshots) != "node-a node-b" {
		t.Errorf("found %q, %v", namesOf(r.Snapshots), err)
	}
}

func TestSearchReturnsTheErrorOfACanceledContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	ix := NewIndex(storeOf(fleet(3 * parallelRows)))
	for _, text := range []string{"", "node", "state:failed", "-node"} {
		if r, err := ix.Search(ctx, Parse(text), Context{}); !errors.Is(err, context.Canceled) || r.ranks != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := ix.Explain(ctx, Parse("node"), Context{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Explain: %v", err)
	}
}

func TestInParallelCoversEachRowOnce(t *testing.T) {
	for _, n := range []int{0, 1, blockRows, blockRows + 1, parallelRows, 5*parallelRows + 17} {
		seen := make([]byte, n)
		if err := inParallel(t.Context(), n, func(from, to int) {
			for i := from; i < to; i++ {
				seen[i]++
			}
		}); err != nil {
			t.Fatal(err)
		}
		if i := slices.IndexFunc(seen, func(times byte) bool { return times != 1 }); i >= 0 {
			t.Errorf("n = %d: row %d is covered %d times", n, i, seen[i])
		}
	}
}

func TestInParallelRepeatsPanicsInTheCaller(t *testing.T) {
	const n = 4 * parallelRows
	for _, at := range []int{0, n - 1} { // in the caller's goroutine, and in another
		func() {
			defer func() {
				if r := recover(); r == nil {
					t.Errorf("the panic at row %d is lost", at)
				}
			}()
			_ = inParallel(t.Context(), n, func(from, to int) {
				if from <= at && at < to {
					panic("odd row")
				}
			})
		}()
	}
}

// Large stores are searched in parallel, with the same result as in one block.
func TestParallelSearchFindsTheSame(t *testing.T) {
	rows := fleet(4 * parallelRows)
	ix := NewIndex(storeOf(rows))
	for _, text := range []string{"python-ag", "py prod a", "state:failed cpu:1", "-prod", "zqxw", "1a2b"} {
		q := Parse(text)
		r := search(t, ix, text, Context{})
		p := ix.prepare(q, Context{})
		p.ranks = make([]cost, len(ix.rows))
		want := p.inStoreOrder
		p.filterRows(0, len(ix.rows))
		if q.HasWords() {
			want = p.byRank
			p.rankRows(0, len(ix.rows))
		}
		if !slices.Equal(r.Snapshots, want()) {
			t.Errorf("%q finds %d snapshots in parallel, %d in one block", text, len(r.Snapshots), len(want()))
		}
	}
}

func TestExplain(t *testing.T) {
	ix := fieldIndex(t)
	q := Parse("node state:failed  cpu:x -zz")
	effects, err := ix.Explain(t.Context(), q, Context{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	want := []TermEffect{
		{Term: "node", Matches: 2, ExcludesAlone: 2},
		{Term: "state:failed", Matches: 2, ExcludesAlone: 2},
		{Term: "-zz", Matches: 9},
	}
	if !slices.Equal(effects, want) {
		t.Errorf("%+v, want %+v", effects, want)
	}
	if effects, err := ix.Explain(t.Context(), Parse(""), Context{}); effects != nil || err != nil {
		t.Errorf("Explain of an empty query = %v, %v", effects, err)
	}
}

func TestRefsWithDifferentAffixes(t *testing.T) {
	ix := NewIndex(storeOf([]*model.Snapshot{
		snapshot(t, "a", "ref=r.io/daytona-11:daytona"), snapshot(t, "b", "ref=r.io/daytona-22"), snapshot(t, "c", "ref=q.io/daytona-33"),
	}))
	for text, want := range map[string]string{":daytona": "a", "11:day": "a", "22:day": "", "r.io/": "a b", "daytona-": "a b c"} {
		if got := namesOf(search(t, ix, text, Context{}).Snapshots); got != want {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
}

// Texts longer than any internal limit, invalid UTF-8, and texts without letters.
func TestSearchWithUnusualTexts(t *testing.T) {
	long := strings.Repeat("node-", 100_000)
	var rows []*model.Snapshot
	for _, text := range []string{long, "", "\x00", "\xff", strings.Repeat("a", 70), strings.Repeat("é", 70), "/", "a/", ".com/", strings.Repeat("h.", 200) + "/x", strings.Repeat("f", 300)} {
		rows = append(rows, snapshot(t, text, "ref="+text, "imageName="+text))
	}
	for i := range 400 { // more affixes than an index stores
		rows = append(rows, snapshot(t, "many", "id="+strings.Repeat("i", i+1), "ref=r"+strings.Repeat("r", i)+".io/daytona-"+digest))
	}
	ix := NewIndex(storeOf(rows))
	for _, text := range []string{"node", long, "a", "é", "\xff", "f", strings.Repeat("f", 300), "h.h./x", "many", "3fa2", ".io/daytona-3fa2", "rrrr", "-many", strings.Repeat("a", 70)} {
		for _, s := range search(t, ix, text, Context{}).Snapshots {
			Parse(text).Matches(s, Ref)
		}
	}
	if got := len(search(t, ix, ".io/daytona-3fa2", Context{}).Snapshots); got != 400 {
		t.Errorf("found %d of 400 refs in different registries", got)
	}
}

func TestRefineAllocations(t *testing.T) {
	ix := NewIndex(storeOf(fleet(parallelRows)))
	last := search(t, ix, "nod", Context{})
	q := Parse("node")
	got := testing.AllocsPerRun(20, func() {
		if _, err := ix.Refine(context.Background(), last, q, Context{}); err != nil {
			t.Fatal(err)
		}
	})
	if got > 10 {
		t.Errorf("Refine allocates %.0f times, want at most 10", got)
	}
}
