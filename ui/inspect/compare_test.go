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

func compared(x, y *model.Snapshot) string {
	v := row.NewViewState(time.Unix(0, 0))
	v.Regions = []model.Region{{ID: "r-1", Name: "us"}, {ID: "r-2", Name: "eu"}}
	var lines []string
	for _, line := range Compare(&v, x, y) {
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
