package query

import (
	"fmt"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/family"
)

// familyIndex returns an index of names, the ones created first at the start.
func familyIndex(t testing.TB, names ...string) *Index {
	var all []*model.Snapshot
	for i, name := range names {
		all = append(all, snapshot(t, name, "createdAt="+now.AddDate(0, 0, i-100).Format(time.RFC3339)))
	}
	return NewIndex(storeOf(all))
}

func TestFamilyFields(t *testing.T) {
	ix := familyIndex(t, "agents-1.9.0", "agents-1.10.0", "agents-1.2.0", "agents-gpu-3fa2bc5", "agents-gpu-4fa2bc5", "agents", "node-20", "Web:20261128")
	for text, want := range map[string]string{
		"family:agents":                "agents-1.9.0 agents-1.10.0 agents-1.2.0 agents-gpu-3fa2bc5 agents-gpu-4fa2bc5 agents",
		"family:=agents":               "agents-1.9.0 agents-1.10.0 agents-1.2.0 agents",
		"family:=agents has:version":   "agents-1.9.0 agents-1.10.0 agents-1.2.0",
		"-has:version":                 "agents node-20",
		"family:gpu,web":               "agents-gpu-3fa2bc5 agents-gpu-4fa2bc5 Web:20261128",
		"family:Web":                   "Web:20261128",
		"family:WEB":                   "",
		"family:1.9":                   "",
		"family:node-20":               "node-20",
		"-family:agents":               "node-20 Web:20261128",
		"newest:1":                     "agents-1.10.0 agents-gpu-4fa2bc5 agents node-20 Web:20261128",
		"newest:>1":                    "agents-1.9.0 agents-1.2.0 agents-gpu-3fa2bc5",
		"newest:<=2 family:=agents":    "agents-1.9.0 agents-1.10.0 agents",
		"newest:2,3":                   "agents-1.9.0 agents-1.2.0 agents-gpu-3fa2bc5",
		"-newest:1":                    "agents-1.9.0 agents-1.2.0 agents-gpu-3fa2bc5",
		"newest:0":                     "",
		"gpu newest:1":                 "agents-gpu-4fa2bc5",
		"newest:>99999999999999999999": "agents-1.9.0 agents-1.10.0 agents-1.2.0 agents-gpu-3fa2bc5 agents-gpu-4fa2bc5 agents node-20 Web:20261128", // a problem
	} {
		if got := namesOf(search(t, ix, text, Context{}).Snapshots); got != want {
			t.Errorf("%q finds\n     %s\nwant %s", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"newest:x":   "a place in the family like >3; 1 is the newest",
		"newest:1.5": "a place in the family like >3; 1 is the newest",
		"newest:-1":  "a place in the family like >3; 1 is the newest",
		"family:=":   "part of the name of a family, or =name",
	} {
		if problems := Parse(text).problems; len(problems) != 1 || problems[0].Expected != want {
			t.Errorf("%q: %v", text, problems)
		}
	}
	for text, want := range map[string]string{"famly:a": "did you mean family:", "newst:1": "did you mean newest:"} {
		if hints := Parse(text).Hints(); len(hints) != 1 || hints[0].Text != want {
			t.Errorf("%q: %v", text, hints)
		}
	}
}

func TestFamiliesFollowTheRulesAndTheStore(t *testing.T) {
	ix := familyIndex(t, "node-20", "node-22", "node-21", "other")
	rules, err := family.NewRules([]string{`node-(\d+)`}, nil)
	if err != nil {
		t.Fatal(err)
	}
	none, some := Context{Now: now}, Context{Now: now, Families: rules}
	last := search(t, ix, "newest:1", none)
	if got := namesOf(last.Snapshots); got != "node-20 node-22 node-21 other" || !ix.HasFamilies(nil) || ix.HasFamilies(rules) {
		t.Errorf("without rules %s", got)
	}
	for _, text := range []string{"newest:1 n", "newest:1"} {
		r, err := ix.Refine(t.Context(), last, Parse(text), some)
		if want := map[string]string{"newest:1 n": "node-22", "newest:1": "node-22 other"}[text]; err != nil || namesOf(r.Snapshots) != want {
			t.Errorf("%q with rules: %s, want %s, %v", text, namesOf(r.Snapshots), want, err)
		}
	}
	effects, err := ix.Explain(t.Context(), Parse("newest:2 other"), some)
	if err != nil || len(effects) != 2 || effects[0].Matches != 1 {
		t.Errorf("effects are %+v, %v", effects, err)
	}
	store, _ := ix.store.Without("id of node-22")
	next := ix.Update(store)
	if got := namesOf(search(t, next, "newest:1 family:node", some).Snapshots); got != "node-21" {
		t.Errorf("after a delete %s", got)
	}
	if !ix.HasFamilies(rules) || !next.HasFamilies(rules) {
		t.Error("the families are not kept")
	}
}

func TestUsesFamilies(t *testing.T) {
	for text, want := range map[string]bool{"": false, "family": false, "family:a": true, "x -newest:1": true, "has:version": false, "'family:a": false} {
		if got := Parse(text).UsesFamilies(); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

// BenchmarkFamilies measures one key press with a field of families, and finding these
// after a poll.
func BenchmarkFamilies(b *testing.B) {
	rows := fleet(100_000)
	for i, s := range rows {
		s.Name = fmt.Sprintf("agents-%d:1.%d.0", i%4000, i)
	}
	ix := NewIndex(storeOf(rows))
	mustSearch(b, ix, Result{}, "newest:1")
	b.Run("key", func(b *testing.B) {
		for b.Loop() {
			mustSearch(b, ix, Result{}, "newest:>3 agents")
		}
	})
	b.Run("without", func(b *testing.B) {
		for b.Loop() {
			mustSearch(b, ix, Result{}, "agents")
		}
	})
	b.Run("after a poll", func(b *testing.B) {
		for b.Loop() {
			*ix.families = familyCache{}
			mustSearch(b, ix, Result{}, "newest:>3 agents")
		}
	})
}
