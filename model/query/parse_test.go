package query

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/model"
)

// describe formats each term of a query: how it is parsed, and its text.
func describe(q Query) []string {
	var all []string
	for i := range q.terms {
		t := &q.terms[i]
		text := q.text[t.from:t.to]
		if t.isWord() {
			kind := "fuzzy"
			if t.word.literal {
				kind = "literal"
			}
			if t.word.sensitive {
				kind = "case-sensitive " + kind
			}
			if t.negated {
				kind = "not " + kind
			}
			all = append(all, fmt.Sprintf("%s %s", kind, t.word.text))
			continue
		}
		all = append(all, fmt.Sprintf("%s(%d) %s", t.field.name, len(t.values), text))
	}
	return all
}

func TestParse(t *testing.T) {
	for text, want := range map[string][]string{
		"":                         nil,
		" \t ":                     nil,
		"noag":                     {"fuzzy noag"},
		"node  ag\tprod":           {"fuzzy node", "fuzzy ag", "fuzzy prod"},
		"Node":                     {"case-sensitive fuzzy Node"},
		"'agents":                  {"literal agents"},
		`"two words" x`:            {"literal two words", "fuzzy x"},
		`'"two words"`:             {"literal two words"},
		`"open quote`:              {"literal open quote"},
		`"state:failed"`:           {"literal state:failed"},
		"-canary":                  {"not literal canary"},
		"-'canary":                 {"not literal canary"},
		"--x":                      {"not literal -x"},
		"a-b":                      {"fuzzy a-b"},
		"- ' -' \"\"":              nil,
		"node:24":                  {"fuzzy node:24"},
		"http://x":                 {"fuzzy http://x"},
		":x":                       {"fuzzy :x"},
		"state:failed":             {"state(1) state:failed"},
		"STATE:failed":             {"state(1) STATE:failed"},
		"-state:pending,building":  {"state(2) -state:pending,building"},
		"state:a,,b,":              {"state(2) state:a,,b,"},
		"state: node":              {"fuzzy node"},
		"state:,":                  nil,
		`error:"npm ci",pip`:       {`error(2) error:"npm ci",pip`},
		`error:"a,b"`:              {`error(1) error:"a,b"`},
		`region:"my region`:        {`region(1) region:"my region`},
		"used:>30d,never x":        {"used(2) used:>30d,never", "fuzzy x"},
		"cpu:2,x,4":                {"cpu(2) cpu:2,x,4"},
		"cpu:x":                    nil,
		"name:=node":               {"name(1) name:=node"},
		"name:=":                   nil,
		"日本 état":                  {"fuzzy 日本", "fuzzy état"},
		"\xff":                     {"fuzzy \uFFFD"},
		"size:>=1.5 gpu:>0 mem:<4": {"size(1) size:>=1.5", "gpu(1) gpu:>0", "mem(1) mem:<4"},
	} {
		q := Parse(text)
		if diff := cmp.Diff(want, describe(q)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
		if q.Empty() != (want == nil) {
			t.Errorf("%q: Empty() = %t", text, q.Empty())
		}
		if q.String() != text {
			t.Errorf("%q: String() = %q", text, q.String())
		}
	}
}

func TestHasWords(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "node": true, "'node": true, "-node": false, "state:failed": false, "state:failed n": true, "name:node": false,
	} {
		if got := Parse(text).HasWords(); got != want {
			t.Errorf("%q: HasWords() = %t", text, got)
		}
	}
}

func TestProblems(t *testing.T) {
	ix := NewIndex(storeOf([]*model.Snapshot{snapshot(t, "a", `regionIds=["eu"]`, "state=zombie")}))
	c := Context{Now: now, Regions: []model.Region{{ID: "eu", Name: "Europe"}, {ID: "us"}}}
	for text, want := range map[string]string{
		"node state:failed used:>30d":   "",
		"state:zombie region:europe":    "",
		"state:nonsense":                "nonsense: a state: failed, busy, error, build_failed, pending, pulling, building, snapshotting, removing, active, inactive",
		"a state:failed,bad,active b":   "bad: a state: failed, busy, error, build_failed, pending, pulling, building, snapshotting, removing, active, inactive",
		"-region:mars":                  "mars: a region: Europe, us",
		"cpu:two mem:>":                 "two: a number of cores like >=2; >: a size in GiB like >=4",
		"size:inf gpu:nan disk:1e3":     "inf: a size in GB like >2.5; nan: a number of GPUs like >0; 1e3: a size in GiB like >10",
		"age:30 age:d age:1.2.3d":       "30: a duration like >7d; d: a duration like >7d; 1.2.3d: a duration like >7d",
		"used:>never":                   ">never: a duration like >30d, or never",
		"ttl:soon":                      "soon: a duration like <3d, or never",
		"has:dockerfile,legs,e":         "legs: one of dockerfile, image, entrypoint, error, ref, size, version; e: one of dockerfile, image, entrypoint, error, ref, size, version",
		"general:maybe shared:":         "maybe: yes or no",
		"name:=":                        "=: part of the name, or =name",
		`general:"" region:""`:          `"": yes or no; "": a region name or id`,
		"region:mars cpu:x state:bogus": "mars: a region: Europe, us; x: a number of cores like >=2; bogus: a state: failed, busy, error, build_failed, pending, pulling, building, snapshotting, removing, active, inactive",
	} {
		var got []string
		for _, m := range search(t, ix, text, c).Problems {
			got = append(got, text[m.From:m.To]+": "+m.Expected)
		}
		if got := strings.Join(got, "; "); got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
	// Values that need no data are checked by Parse.
	if got := Parse("cpu:x region:mars").problems; len(got) != 1 || got[0].From != 4 || got[0].To != 5 {
		t.Errorf("problems %v", got)
	}
	// If no regions are known, those in the store are listed.
	if got := search(t, ix, "region:mars", Context{}).Problems; len(got) != 1 || got[0].Expected != "a region: eu" {
		t.Errorf("without regions: %v", got)
	}
	// The other terms still apply.
	if got := search(t, ix, "a cpu:x state:bogus region:mars,eu", c).Snapshots; len(got) != 1 {
		t.Errorf("found %s", namesOf(got))
	}
}

func TestHints(t *testing.T) {
	for text, want := range map[string]string{
		"state:failed node:24 x:y a:b": "",
		"stat:failed":                  "stat: did you mean state:",
		"stats:failed":                 "stats: did you mean state:",
		"sttae:failed":                 "sttae: did you mean state:",
		"regions:eu -reg:us":           "regions: did you mean region:; reg: did you mean region:",
		"re:x":                         "", // region or ref
		"statement:x agent:x":          "",
		`"stat:failed" 'state:failed`:  "", // quotes mean the text
		`"state":x -'stats:x`:          "",
		"node state:":                  "state:: a state: failed, busy, error, build_failed, pending, pulling, building, snapshotting, removing, active, inactive",
		"-used:":                       "-used:: a duration like >30d, or never",
		"failed":                       "failed: state:failed filters by state",
	} {
		q := Parse(text)
		var got []string
		for _, h := range q.Hints() {
			got = append(got, text[h.From:h.To]+": "+h.Text)
			if adviceOnly := h.strict == (Problem{}); adviceOnly != (text[h.From:h.To] == "failed") {
				t.Errorf("%q: %+v", text, h)
			}
		}
		if got := strings.Join(got, "; "); got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
	// The hinted word is still searched for.
	if got := describe(Parse("stat:failed")); len(got) != 1 || got[0] != "fuzzy stat:failed" {
		t.Errorf("stat:failed is parsed as %v", got)
	}
}

func TestStrictProblems(t *testing.T) {
	for text, want := range map[string]string{
		"":                            "",
		"node:20 failed -busy x:y":    "",
		"state:failed http://x":       "",
		`"stat:failed" -"regoin:eu"`:  "",
		"-regoin:eu":                  `regoin:eu: region:, or quotes for literal text: '"regoin:eu"'`,
		"usd:>30d general:no":         `usd:>30d: used:, or quotes for literal text: '"usd:>30d"'`,
		`a eror:"npm ci"`:             `eror:"npm ci": error:, or quotes for literal text: '"eror:npm ci"'`,
		"general: Stat:x cpu:two mem": `general:: yes or no; Stat:x: state:, or quotes for literal text: '"Stat:x"'; two: a number of cores like >=2`,
	} {
		var got []string
		for _, m := range Parse(text).StrictProblems() {
			got = append(got, text[m.From:m.To]+": "+m.Expected)
		}
		if got := strings.Join(got, "; "); got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
	// The suggested query is parsed as literal text.
	for _, text := range []string{`"regoin:eu"`, `"eror:npm ci"`} {
		if got := describe(Parse(text)); len(got) != 1 || got[0] != "literal "+strings.Trim(text, `"`) {
			t.Errorf("%s is parsed as %v", text, got)
		}
	}
}

func TestFieldsParse(t *testing.T) {
	values := map[string]string{
		"state": "failed", "region": "eu", "used": "never", "ttl": "<3d", "age": ">1w2d", "size": ">=1.5GB",
		"name": "a", "ref": "a", "image": "a", "id": "a", "error": "a", "reason": "a", "has": "dockerfile", "general": "yes", "shared": "no",
		"family": "=a", "newest": ">3", "cpu": "2", "gpu": ">0", "mem": "<=4GiB", "disk": "<10",
	}
	for _, field := range Fields() {
		value, ok := values[field]
		if q := Parse(field + ":" + value); !ok || q.Empty() || len(q.problems) > 0 {
			t.Errorf("%s:%s is not parsed: %v", field, value, q.problems)
		}
		if similar := allFields().suggest(field); similar != nil && similar.name != field {
			t.Errorf("%s suggests %s", field, similar.name)
		}
	}
	if len(Fields()) != len(values) {
		t.Errorf("%d fields, %d tested", len(Fields()), len(values))
	}
}

// FuzzParse checks for any text that the positions of problems, hints and terms are
// valid and that the index can search for it.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"", "node", "'a -b \"c d\"", `error:"npm ci`, "state:failed,busy -region:eu", "used:>30d ttl:<3d age:1w2d",
		"cpu:>=2 size:<1.5", "-", "'", "stat:x", "x:\xff", "日本:é", "age:99999999999999999y", "\u212a", "name:=", "ref:::,,",
	} {
		f.Add(text)
	}
	ix := NewIndex(storeOf([]*model.Snapshot{
		snapshot(f, "node-agents", "imageName=node:22", "ref=registry.example.com/daytona/daytona-"+digest+":daytona"),
		snapshot(f, "Ünïcode-\u212a日本", "ref=null", "errorReason=npm ci failed", `regionIds=["eu"]`),
		snapshot(f, "\x00", "state=zombie"),
	}))
	c := Context{Now: now, Regions: []model.Region{{ID: "eu", Name: "eu"}}}
	f.Fuzz(func(t *testing.T, text string) {
		q := Parse(text)
		r, err := ix.Search(t.Context(), q, c)
		if err != nil {
			t.Fatal(err)
		}
		last := 0
		for _, m := range r.Problems {
			if m.From < last || m.To <= m.From || m.To > len(text) || m.Expected == "" {
				t.Fatalf("%q: problem %+v after %d", text, m, last)
			}
			last = m.From
		}
		for _, h := range q.Hints() {
			if h.From < 0 || h.To <= h.From || h.To > len(text) || h.Text == "" {
				t.Fatalf("%q: hint %+v", text, h)
			}
		}
		for _, m := range q.StrictProblems() {
			if m.From < 0 || m.To <= m.From || m.To > len(text) || m.Expected == "" {
				t.Fatalf("%q: strict problem %+v", text, m)
			}
		}
		effects, err := ix.Explain(t.Context(), q, c)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range effects {
			if h.Term == "" || !strings.Contains(text, h.Term) || h.Matches > ix.store.Len() {
				t.Fatalf("%q: %+v", text, h)
			}
		}
		for _, s := range r.Snapshots {
			for _, field := range []TextField{Name, Image, Ref, ID, ErrorReason} {
				checkOffsets(t, q.Matches(s, field), field.text(s))
			}
		}
		for _, completion := range Complete(text, c) {
			if completion == "" {
				t.Fatalf("%q completes to an empty text", text)
			}
		}
	})
}

// checkOffsets checks that offsets are ascending and within the text.
func checkOffsets(t *testing.T, offsets []int, text string) {
	t.Helper()
	for i, at := range offsets {
		if at < 0 || at >= len(text) || i > 0 && at <= offsets[i-1] {
			t.Fatalf("offsets %v in %q", offsets, text)
		}
	}
}
