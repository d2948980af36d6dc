package inspect

import (
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/row"
)

func decoded(t *testing.T, raw string) *model.Snapshot {
	t.Helper()
	s, err := model.Decode([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func compared(x, y *model.Snapshot) string { return comparison(Comparison{First: x, Second: y}) }

func comparison(c Comparison) string {
	v := row.NewViewState(time.Unix(0, 0))
	v.Regions = []model.Region{{ID: "r-1", Name: "us"}, {ID: "r-2", Name: "eu"}}
	var lines []string
	for _, line := range c.lines(&v) {
		lines = append(lines, strings.TrimSpace(line.String()))
	}
	return strings.Join(lines, "\n")
}

func TestCompare(t *testing.T) {
	t.Parallel()
	const first = `{"id":"aaaaaaaa-1","name":"one","state":"active","cpu":1,"mem":2,"size":1.23401,"regionIds":["r-2","r-1"],"gpu":null,"new":{"a":1},
		"buildInfo":{"dockerfileContent":"FROM a\nRUN x\n","contextHashes":["h"]}}`
	const second = `{"id":"bbbbbbbb-1","name":"two\u001b[31m","state":"active","cpu":2,"mem":2,"size":1.23402,"regionIds":["r-1","r-2"],"new":{"a":2},
		"buildInfo":{"dockerfileContent":"FROM a\nRUN y\n","contextHashes":["h"]}}`
	got := compared(decoded(t, first), decoded(t, second))
	for _, want := range []string{
		"- one  aaaaaaaa", "+ two^[[31m  bbbbbbbb", "DIFFERENT  5 properties",
		"cpu                  - 1\n+ 2", "size                 - 1.23401\n+ 1.23402",
		"gpu                  - none\n+ not sent by the server", `new                  - {"a":1}` + "\n" + `+ {"a":2}`,
		"SAME  4 properties\nstate, mem, regionIds, build.contextHashes",
		"Dockerfile from line 1\nFROM a\n- RUN x\n+ RUN y",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("misses %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "\x1b") {
		t.Errorf("%q", got)
	}
	swapped := compared(decoded(t, strings.ReplaceAll(first, `"r-2","r-1"`, `"r-2"`)), decoded(t, second))
	if !strings.Contains(swapped, "regionIds            - eu\n+ us, eu") {
		t.Errorf("no regions:\n%s", swapped)
	}
}

func TestCompareWithoutDockerfiles(t *testing.T) {
	t.Parallel()
	image := decoded(t, `{"id":"a","name":"image","state":"active","imageName":"x:1"}`)
	build := decoded(t, `{"id":"b","name":"build","state":"active","buildInfo":{"dockerfileContent":"FROM a\n"}}`)
	for want, pair := range map[string][2]*model.Snapshot{
		"neither has a Dockerfile":          {image, image},
		"only build has one, with 1 line":   {image, build},
		"only build has one, with 1 line\n": {build, image},
		"the same in both":                  {build, build},
	} {
		if got := compared(pair[0], pair[1]) + "\n"; !strings.Contains(got, "DOCKERFILE\n"+want) {
			t.Errorf("misses %q:\n%s", want, got)
		}
	}
	if got := compared(image, image); !strings.Contains(got, "DIFFERENT  0 properties") {
		t.Error(got)
	}
}

// TestCompareShowsTheWholeDockerfile: unlike a question, it scrolls as far as needed.
func TestCompareShowsTheWholeDockerfile(t *testing.T) {
	t.Parallel()
	x := decoded(t, `{"id":"a","name":"a","state":"active","buildInfo":{"dockerfileContent":"FROM a\n"}}`)
	y := decoded(t, `{"id":"b","name":"b","state":"active","buildInfo":{"dockerfileContent":"FROM a\n`+strings.Repeat(`RUN x\n`, 500)+`"}}`)
	if n := strings.Count(compared(x, y), "+ RUN x"); n != 500 {
		t.Errorf("%d lines", n)
	}
}

func TestComparisonOfASavedRecipe(t *testing.T) {
	t.Parallel()
	old, current := decoded(t, `{"id":"a","name":"web","state":"active","cpu":1}`), decoded(t, `{"id":"b","name":"web","state":"error","cpu":2}`)
	c := Comparison{First: old, Second: current, Saved: time.Unix(-7200, 0)}
	if got := comparison(c); !strings.Contains(got, "- web  a  saved recipe of 1969-12-31 22:00:00Z, 2h ago\n+ web  b  ✗ error\n") {
		t.Errorf("got\n%s", got)
	}
	changed := decoded(t, `{"id":"b","name":"web","state":"active","cpu":2}`)
	undeleted := decoded(t, `{"id":"a","name":"web","state":"inactive","cpu":9}`)
	store, _ := model.NewStore().Apply([]*model.Snapshot{changed, undeleted})
	if !c.Update(store) || c.Second != changed || c.First != old {
		t.Errorf("the recipe follows the list, or the snapshot does not: %+v", c)
	}
	if c.Update(store) {
		t.Error("the same list is a change")
	}
}

// TestComparisonOfListedSnapshots: the older one is the first, and both follow the list.
func TestComparisonOfListedSnapshots(t *testing.T) {
	t.Parallel()
	x := decoded(t, `{"id":"a","name":"x","state":"active","createdAt":"2026-11-02T00:00:00Z"}`)
	y := decoded(t, `{"id":"b","name":"y","state":"active","createdAt":"2026-11-01T00:00:00Z"}`)
	c := NewComparison(x, y)
	if c.First != y || c.Second != x {
		t.Errorf("the first is %s", c.First.Name)
	}
	changed := decoded(t, `{"id":"b","name":"y","state":"inactive","createdAt":"2026-11-01T00:00:00Z"}`)
	store, _ := model.NewStore().Apply([]*model.Snapshot{changed})
	if !c.Update(store) || c.First != changed || c.Second != x {
		t.Errorf("got %+v", c)
	}
}
