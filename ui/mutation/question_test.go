package mutation

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

func plain(lines []text.Line) string {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(line.String() + "\n")
	}
	return b.String()
}

func TestTitles(t *testing.T) {
	t.Parallel()
	s := &model.Snapshot{ID: "3fa2c1d0-8b1e-4c55-9a0e-5b7d1f22e91c", Name: "node\x1b"}
	if got := Title(Delete(), s, "acme · host").String(); got != "Delete node^[  3fa2c1d0  in acme · host" {
		t.Errorf("got %q", got)
	}
	if got := BulkTitle(Activate(), 1200).String(); got != "Activate 1,200 snapshots" {
		t.Errorf("got %q", got)
	}
}

func TestBulkLines(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	var able []*model.Snapshot
	for i := range maxNames + 3 {
		able = append(able, &model.Snapshot{ID: fmt.Sprintf("%08d-0", i), Name: fmt.Sprint("name-", i)})
	}
	able[0].LastUsedAt = model.SomeTime(now.Add(-time.Hour))
	v := view(nil, able...)
	v.Now = now
	hidden := 5
	b := Bulk{
		Mutation: Delete(), View: v, Concurrency: 4, Protect: []string{"name-1*"},
		Hidden: func([]*model.Snapshot) int { return hidden },
	}
	found := Preview{Able: able, Reasons: map[string]int{"it is general": 2, "busy": 1}, Lines: []text.Line{Warning(text.Lit("the impact"))}}
	got := plain(b.lines(found, []text.Line{Warning(text.Lit("the use"))}))
	want := []string{
		"DELETE /snapshots/ID for each of these, 4 at a time:\n\n  name-0  00000000\n  name-1  00000001\n",
		"  name-29  00000029\n  and 3 more\n\n" +
			"! 5 marked but hidden by the filter\n! 11 match a protect pattern\n! 1 used in the last day\n! the use\n! the impact\n" +
			"! 1 snapshot skipped: busy\n! 2 snapshots skipped: it is general\n",
	}
	if !strings.HasPrefix(got, want[0]) || !strings.HasSuffix(got, want[1]) {
		t.Errorf("got\n%s", got)
	}
	b.Mutation, hidden = Activate(), 0
	if got := plain(b.lines(found, nil)); strings.Contains(got, "protect") || strings.Contains(got, "last day") || strings.Contains(got, "hidden") {
		t.Errorf("activating warns of what it does not endanger:\n%s", got)
	}
}

func TestQuitLinesNameTheAction(t *testing.T) {
	t.Parallel()
	saved := func(action string) *row.Pending {
		return &row.Pending{Name: "x", Action: action, Workflow: true, Steps: []model.RebuildEvent{{Step: model.StepCreate, Saved: true}}}
	}
	for want, running := range map[string][]*row.Pending{
		"The restore is interrupted. Its recipe is saved": {saved("restore"), saved("restore")},
		"The actions are interrupted. Their recipes are ": {saved("restore"), saved("rebuild"), saved("restore")},
		"The server continues. ":                          {{Name: "x", Action: "delete"}},
	} {
		if got := plain(QuitLines(running, time.Now())); !strings.HasPrefix(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestInvalidDockerfileIsRefused(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"FROM a\x00b":                    "UTF-8",
		"\xff\xfe\x00":                   "UTF-8",
		strings.Repeat("x", 1<<20+1):     "over 1 MiB",
		"FROM ünï\n":                     "",
		strings.Repeat("RUN x\n", 10000): "",
	} {
		if got := RefuseDockerfile(content); !strings.Contains(got, want) || (want == "") != (got == "") {
			t.Errorf("%.20q: %q, want %q", content, got, want)
		}
	}
}

func TestWordsOfInterruptedActions(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		modes        []model.RebuildMode
		action, past string
		deletes      bool
	}{
		"rebuilds":         {[]model.RebuildMode{model.InPlace, model.VerifyFirst}, "rebuild", "rebuilt", true},
		"restores":         {[]model.RebuildMode{model.Restore, model.Restore}, "restore", "restored", false},
		"a create":         {[]model.RebuildMode{model.Create}, "create", "created", false},
		"mixed":            {[]model.RebuildMode{model.Create, model.InPlace}, "action", "resumed", true},
		"neither rebuilds": {[]model.RebuildMode{model.Create, model.Restore}, "action", "resumed", false},
		"unknown":          {[]model.RebuildMode{""}, "rebuild", "rebuilt", true},
	} {
		var left []model.UnfinishedRebuild
		for _, mode := range tc.modes {
			left = append(left, model.UnfinishedRebuild{Name: "x", Mode: mode})
		}
		if got := UnfinishedAction(left); got != tc.action {
			t.Errorf("%s: %q, want %q", name, got, tc.action)
		}
		if got := ResumedPast(left); got != tc.past {
			t.Errorf("%s: %q, want %q", name, got, tc.past)
		}
		var body []string
		for _, line := range ResumeLines(left, "F", time.Now()) {
			body = append(body, line.String())
		}
		if got := strings.Contains(strings.Join(body, "\n"), "it deletes the old"); got != tc.deletes {
			t.Errorf("%s: %q", name, body)
		}
	}
}
