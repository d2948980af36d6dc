package family_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/family"
)

func TestSplit(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{ // name -> "family version"; a family alone has none
		// Two dots.
		"agents-1.4.0":                  "agents 1.4.0",
		"agents-v2.0.1-rc1":             "agents v2.0.1-rc1",
		"agents-V2.0.1":                 "agents V2.0.1",
		"agents-1.4.0-rc.1":             "agents 1.4.0-rc.1",
		"agents-1.4.0-alpha.beta.2":     "agents 1.4.0-alpha.beta.2",
		"agents-1.4.0-0.3.7":            "agents 1.4.0-0.3.7",
		"agents-1.4.0rc2":               "agents 1.4.0rc2",
		"agents-1.4.0.rc2":              "agents 1.4.0.rc2",
		"agents-1.4.0b3":                "agents 1.4.0b3",
		"agents-1.4.0.dev1":             "agents 1.4.0.dev1",
		"agents-1.4.0-SNAPSHOT":         "agents 1.4.0-SNAPSHOT",
		"agents-1.4.0+build.5":          "agents 1.4.0+build.5",
		"agents-1.4.0-rc1+20261128":     "agents 1.4.0-rc1+20261128",
		"agents-1.4.0-14-g3fa2bc5":      "agents 1.4.0-14-g3fa2bc5",
		"agents-1.4.0-3fa2bc5":          "agents 1.4.0-3fa2bc5",
		"agents-1.4.0-20261128":         "agents 1.4.0-20261128",
		"agents-2026.11.28":             "agents 2026.11.28",
		"agents-0.0.0":                  "agents 0.0.0",
		"agents-1.4.0-slim":             "agents-1.4.0-slim", // a variant
		"agents-1.4.0-rc1-slim":         "agents-1.4.0-rc1-slim",
		"agents-1.4.0-gpu-20261128":     "agents-1.4.0-gpu 20261128",
		"agents-1.4":                    "agents-1.4",
		"agents-1.2.3.4":                "agents-1.2.3.4",
		"agents-1..4":                   "agents-1..4",
		"agents-1.4.":                   "agents-1.4.",
		"agents-1.4.0.":                 "agents-1.4.0.",
		"agents-1.4.0-":                 "agents-1.4.0-",
		"agents-1.4.0+":                 "agents-1.4.0+",
		"agents-1.4.x":                  "agents-1.4.x",
		"agents1.4.0":                   "agents1.4.0", // no separator
		"agentsv1.4.0":                  "agentsv1.4.0",
		"agents-vv1.4.0":                "agents-vv1.4.0",
		"agents-1.4.0-rc1-final-answer": "agents-1.4.0-rc1-final-answer",
		// Dates.
		"agents-20261128":         "agents 20261128",
		"agents-v20261128":        "agents v20261128",
		"agents-20261128-1530":    "agents 20261128-1530",
		"agents-20261128-153000":  "agents 20261128-153000",
		"agents-20261128_1530":    "agents 20261128_1530",
		"agents-20261128T153000Z": "agents 20261128T153000Z",
		"agents-20261128t1530":    "agents 20261128t1530",
		"agents-20261128.2":       "agents 20261128.2",
		"agents-20261128-3fa2bc5": "agents 20261128-3fa2bc5",
		"agents-3fa2bc5-20261128": "agents 3fa2bc5-20261128",
		"agents-20240229":         "agents 20240229",
		"agents-20260229":         "agents-20260229", // not a leap year
		"agents-20261301":         "agents-20261301",
		"agents-20261100":         "agents-20261100",
		"agents-20260431":         "agents-20260431",
		"agents-12345678":         "agents-12345678",
		"agents-19991231":         "agents-19991231",
		"agents-2026-11-28":       "agents-2026-11-28",
		"agents-202611":           "agents-202611",
		"agents-20261128153000":   "agents-20261128153000",
		"agents-20261128-2530":    "agents-20261128-2530",
		"agents-20261128-1":       "agents-20261128-1",
		"agents-20261128-nightly": "agents-20261128-nightly",
		// Commits.
		"agents-3fa2bc5":                            "agents 3fa2bc5",
		"agents-3FA2BC5":                            "agents 3FA2BC5",
		"agents-" + strings.Repeat("3f", 20):        "agents " + strings.Repeat("3f", 20),
		"agents-" + strings.Repeat("3f", 20) + "a":  "agents-" + strings.Repeat("3f", 20) + "a",
		"agents-3fa2bc":                             "agents-3fa2bc",
		"agents-facade":                             "agents-facade",
		"agents-defaced":                            "agents-defaced", // no digit
		"agents-1234567":                            "agents-1234567", // no letter
		"agents-g3fa2bc5":                           "agents-g3fa2bc5",
		"agents-3fa2bc5-slim":                       "agents-3fa2bc5-slim",
		"agents@sha256:" + strings.Repeat("3f", 32): "agents@sha256:" + strings.Repeat("3f", 32),
		// Bare numbers.
		"node-20":        "node-20",
		"node-v20":       "node-v20",
		"python-3.12":    "python-3.12",
		"node:20":        "node:20",
		"node-20-agents": "node-20-agents",
		// Separators, registries.
		"agents_1.4.0":                        "agents 1.4.0",
		"agents:1.4.0":                        "agents 1.4.0",
		"agents/1.4.0":                        "agents 1.4.0",
		"agents.1.4.0":                        "agents 1.4.0",
		"agents@1.4.0":                        "agents 1.4.0",
		"agents--1.4.0":                       "agents 1.4.0",
		"agents:_1.4.0":                       "agents 1.4.0",
		"registry.acme.dev/base/node:20.18.1": "registry.acme.dev/base/node 20.18.1",
		"registry.acme.dev:5000/base/node":    "registry.acme.dev:5000/base/node",
		"localhost:5000/app:1.4.0":            "localhost:5000/app 1.4.0",
		"10.0.0.1:5000/app":                   "10.0.0.1:5000/app",
		"acme/golden/20261128":                "acme/golden 20261128",
		"agents-20261128/nightly":             "agents-20261128/nightly",
		"python3.20261128":                    "python3.20261128", // the dot is of a number
		// Only a version, or nothing.
		"1.4.0":     "1.4.0",
		"v1.4.0":    "v1.4.0",
		"20261128":  "20261128",
		"3fa2bc5":   "3fa2bc5",
		"-1.4.0":    "-1.4.0",
		"::3fa2bc5": "::3fa2bc5",
		"":          "",
		"---":       "---",
		"v":         "v",
		"v-1.4.0":   "v 1.4.0",
		// Unicode.
		"агент-1.4.0":  "агент 1.4.0",
		"東京-20261128":  "東京 20261128",
		"agents-١.٤.٠": "agents-١.٤.٠",
		"agents–1.4.0": "agents–1.4.0", // an en dash
		"agents-\xff":  "agents-\xff",
		"\xff-1.4.0":   "\xff 1.4.0",
		"agents-１.４.０": "agents-１.４.０",
		"Agents-1.4.0": "Agents 1.4.0",
	} {
		got, v := (*family.Rules)(nil).Split(name)
		if v.Text != "" {
			got += " " + v.Text
		}
		if got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestConfiguredPatterns(t *testing.T) {
	t.Parallel()
	rules, err := family.NewRules([]string{`(?:node|bun)[-:](\d+)`, `node-(\d+)-agents`, `release-(.+)`, `(\d+)`, `v(v*)x`}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"node-20":          "node 20",
		"bun:1":            "bun 1",
		"deno-2":           "deno-2",
		"my-node-20":       "my-node-20", // the pattern is for the whole name
		"node-20-agents":   "node-*-agents 20",
		"node-20-agents-2": "node-20-agents-2",
		"release-kiwi":     "release kiwi",
		"release-1.4.0":    "release 1.4.0",
		"42":               "42", // nothing is left
		"vx":               "vx", // nothing is captured
		"agents-1.4.0":     "agents 1.4.0",
	} {
		got, v := rules.Split(name)
		if v.Text != "" {
			got += " " + v.Text
		}
		if got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	for _, wrong := range []string{`node-\d+`, `(a)(b)`, `(`, ``, `a(?:b)`} {
		if family.CheckPattern(wrong) == nil {
			t.Errorf("%q is accepted", wrong)
		}
		if _, err := family.NewRules([]string{wrong}, nil); err == nil {
			t.Errorf("%q is accepted", wrong)
		}
	}
}

var day = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

// storeOf returns a store of names, which were created one day after the other. The id of
// each is its name.
func storeOf(names ...string) *model.Store {
	var all []*model.Snapshot
	for i, name := range names {
		all = append(all, &model.Snapshot{ID: name, Name: name, State: model.StateActive, CreatedAt: model.SomeTime(day.AddDate(0, 0, i))})
	}
	store, _ := model.NewStore().Apply(all)
	return store
}

func namesOf(f *family.Family) string {
	var names []string
	for _, s := range f.Members {
		names = append(names, s.Name)
	}
	return strings.Join(names, " ")
}

// The names are in order of creation; want is the newest first.
func TestOrder(t *testing.T) {
	t.Parallel()
	for what, tc := range map[string]struct{ created, want string }{
		"versions":               {"a-1.10.0 a-1.2.0 a-1.9.3", "a-1.10.0 a-1.9.3 a-1.2.0"},
		"leading zeros":          {"a-2026.11.28 a-2026.02.03", "a-2026.11.28 a-2026.02.03"},
		"prefix v":               {"a-v1.10.0 a-1.2.0", "a-v1.10.0 a-1.2.0"},
		"pre-releases":           {"a-1.4.0 a-1.4.0-rc1 a-1.4.0-beta.2 a-1.4.0-beta.11 a-1.4.0-alpha", "a-1.4.0 a-1.4.0-rc1 a-1.4.0-beta.11 a-1.4.0-beta.2 a-1.4.0-alpha"},
		"numbers of words":       {"a-1.4.0-rc10 a-1.4.0-rc2 a-1.4.0-RC3", "a-1.4.0-rc10 a-1.4.0-RC3 a-1.4.0-rc2"},
		"numbers before words":   {"a-1.4.0-alpha a-1.4.0-2 a-1.4.0-alpha.1", "a-1.4.0-alpha.1 a-1.4.0-alpha a-1.4.0-2"},
		"long numbers":           {"a-1.4.0-20261128153000 a-1.4.0-3", "a-1.4.0-20261128153000 a-1.4.0-3"},
		"metadata has no order":  {"a-1.4.0+9 a-1.4.0+1", "a-1.4.0+1 a-1.4.0+9"},
		"separators":             {"a:1.4.0 a-1.3.0 a/1.2.0", "a:1.4.0 a-1.3.0 a/1.2.0"},
		"dates":                  {"a-20261128 a-20251231 a-20260101", "a-20261128 a-20260101 a-20251231"},
		"times":                  {"a-20261128-1530 a-20261128-090000 a-20261128 a-20261128T1600Z", "a-20261128T1600Z a-20261128-1530 a-20261128-090000 a-20261128"},
		"numbers of a day":       {"a-20261128.10 a-20261128.9", "a-20261128.10 a-20261128.9"},
		"commits":                {"a-ffffff0 a-0fffff0 a-1fffff0", "a-1fffff0 a-0fffff0 a-ffffff0"},
		"versions and dates":     {"a-20261128 a-1.4.0 a-1.3.0", "a-1.3.0 a-1.4.0 a-20261128"},
		"a commit among numbers": {"a-1.5.0 a-1.4.0 a-1.3.0-3fa2bc5", "a-1.3.0-3fa2bc5 a-1.4.0 a-1.5.0"},
		"a date with a commit":   {"a-20261128 a-20261127-3fa2bc5", "a-20261127-3fa2bc5 a-20261128"},
	} {
		set := family.NewSet(storeOf(strings.Fields(tc.created)...), nil)
		if len(set.All()) != 1 || namesOf(set.All()[0]) != tc.want {
			t.Errorf("%s: %d families, %s, want %s", what, len(set.All()), namesOf(set.All()[0]), tc.want)
		}
		for i, s := range set.All()[0].Members {
			if set.Rank(s) != i+1 || set.Of(s).Name != "a" || set.Of(s) != set.All()[0] || set.Version(s).Text == "" {
				t.Errorf("%s: rank %d of %s", what, set.Rank(s), s.Name)
			}
		}
	}
}

func TestConfiguredNumbersHaveAnOrder(t *testing.T) {
	t.Parallel()
	rules, _ := family.NewRules([]string{`node-(.+)`}, nil)
	for created, want := range map[string]string{
		"node-20 node-9 node-v18":     "node-20 node-v18 node-9",
		"node-20.2 node-20.10 node-3": "node-20.10 node-20.2 node-3",
		"node-kiwi node-9 node-20":    "node-20 node-9 node-kiwi",
		"node-20. node-9":             "node-9 node-20.",
	} {
		if got := namesOf(family.NewSet(storeOf(strings.Fields(created)...), rules).All()[0]); got != want {
			t.Errorf("%s: %s, want %s", created, got, want)
		}
	}
}

func TestReplacedSnapshotsKeepTheirPlace(t *testing.T) {
	t.Parallel()
	store := storeOf("a-3fa2bc5", "a-4fa2bc5", "a-5fa2bc5", "a-6fa2bc5")
	none := family.NewSet(store, nil)
	if got := namesOf(none.All()[0]); got != "a-6fa2bc5 a-5fa2bc5 a-4fa2bc5 a-3fa2bc5" {
		t.Errorf("got %s", got)
	}
	var rules *family.Rules
	rules = rules.With(map[string]time.Time{"a-6fa2bc5": day.AddDate(0, 0, -1), "other": day})
	set := family.NewSet(store, rules)
	if got := namesOf(set.All()[0]); got != "a-5fa2bc5 a-4fa2bc5 a-3fa2bc5 a-6fa2bc5" {
		t.Errorf("got %s", got)
	}
	if !set.BuiltFrom(store, rules) || set.BuiltFrom(store, nil) || none.BuiltFrom(storeOf(), nil) || (*family.Set)(nil).BuiltFrom(store, nil) {
		t.Error("a set is taken for another")
	}
}

func TestFamiliesOfOneAndOfDaytona(t *testing.T) {
	t.Parallel()
	all := storeOf("b", "a-1.0.0", "a", "a-1.1.0", "1.0.0").All()
	general := *all[3]
	general.ID, general.General = "general", true
	unknown := &model.Snapshot{ID: "unknown", Name: "a-7fa2bc5"}
	store, _ := model.NewStore().Apply(append(all[:5:5], &general, unknown))
	var got []string
	for _, f := range family.NewSet(store, nil).All() {
		got = append(got, fmt.Sprintf("%s %t %t: %s", f.Name, f.Versioned, f.General, namesOf(f)))
	}
	want := "1.0.0 false false: 1.0.0|a true false: a-1.1.0 a-1.0.0 a-7fa2bc5|a false false: a|a true true: a-1.1.0|b false false: b"
	if strings.Join(got, "|") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "|"), want)
	}
	set := family.NewSet(store, nil)
	if stranger := (&model.Snapshot{ID: "x", Name: "x"}); set.Rank(stranger) != 1 || set.Of(stranger) != nil {
		t.Error("a snapshot that is not in the store")
	}
}

func BenchmarkNewSet(b *testing.B) {
	var names []string
	for i := range 100_000 {
		names = append(names, fmt.Sprintf("team-%d/agents-%d:1.%d.%d", i%7, i%400, i%50, i))
	}
	store := storeOf(names...)
	for b.Loop() {
		family.NewSet(store, nil)
	}
}
