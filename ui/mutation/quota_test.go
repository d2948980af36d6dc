package mutation

import (
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// TestQuotaInQuestions says how much of the quota is used in each question that creates or
// activates, and in no other.
func TestQuotaInQuestions(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		limit  int
		state  model.State
		mode   model.RebuildMode
		others int // active ones
		want   string
	}{
		{0, model.StateActive, model.InPlace, 5, ""},
		{100, model.StateActive, model.InPlace, 5, "· quota: 6/100 snapshots\n"},
		{100, model.StateInactive, model.InPlace, 5, "· quota: 5/100 snapshots, then 6\n"},
		{10, model.StateActive, model.InPlace, 9, "! quota: 10/10 snapshots\n"},
		{10, model.StateInactive, model.InPlace, 8, "! quota: 8/10 snapshots, then 9\n"},
		{10, model.StateInactive, model.InPlace, 10, "! quota: 10/10 snapshots, no room for 1 more\n"},
		{10, model.StateError, model.VerifyFirst, 9, "! quota: 9/10 snapshots, no room for 2 more\n"},
		{10, model.StateActive, model.InPlace, 10, "! quota: 11/10 snapshots, over the limit\n"},
		{10, model.StateActive, model.Restore, 1, "· quota: 2/10 snapshots, then 3\n"},
	} {
		s := built(tc.state)
		all := []*model.Snapshot{s}
		for i := range tc.others {
			all = append(all, &model.Snapshot{ID: "o" + strings.Repeat("x", i), Name: "other", State: model.StateActive})
		}
		v := view(nil, all...)
		v.Limit = model.ConfiguredLimit(tc.limit)
		got := ""
		for line := range strings.Lines(plain(PlanLines(v, s, model.Plan{Snapshot: s, Mode: tc.mode}, false))) {
			if strings.Contains(line, "quota") {
				got += line
			}
		}
		if got != tc.want {
			t.Errorf("limit %d, %s, %s: %q, want %q", tc.limit, tc.state, tc.mode, got, tc.want)
		}
		for m, want := range map[*Mutation]bool{Activate(): tc.limit > 0, Delete(): false, Deactivate(): false} {
			if got := strings.Contains(plain(m.Impact(v, s)), "quota: "); got != want {
				t.Errorf("%s has the quota: %v", m.Name, got)
			}
		}
	}
}

// TestQuotaInBulk adds up the places that the marked snapshots need.
func TestQuotaInBulk(t *testing.T) {
	t.Parallel()
	active, inactive := built(model.StateActive), built(model.StateInactive)
	inactive.ID = "2"
	v := view(nil, active, inactive)
	v.Limit = model.ConfiguredLimit(100)
	for m, want := range map[*Mutation]string{Rebuild(): "· quota: 1/100 snapshots, then 2\n", Activate(): "· quota: 1/100 snapshots, then 2\n", Delete(): ""} {
		b := Bulk{Mutation: m, View: v, Preview: Preview{Able: []*model.Snapshot{active, inactive}}}
		got := ""
		for line := range strings.Lines(plain(b.Lines())) {
			if strings.Contains(line, "quota") {
				got += line
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", m.Name, got, want)
		}
	}
}

// TestQuotaCountsDiffer names the count of the list and that of the server.
func TestQuotaCountsDiffer(t *testing.T) {
	t.Parallel()
	s := built(model.StateInactive)
	v := view(nil, s)
	v.SetQuota(model.ReportedQuota{Limit: 10, Used: model.Some(9)})
	v.Now = v.Now.Add(3 * time.Minute)
	got := plain(PlanLines(v, s, model.Plan{Snapshot: s, Mode: model.InPlace}, false))
	for _, want := range []string{"! quota: ~0/10 snapshots, then 1\n", "· quota: 0 as listed, the server counted 9 3m ago\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	v.SetQuota(model.ReportedQuota{Limit: 10, Used: model.Some(0)})
	if got := plain(PlanLines(v, s, model.Plan{Snapshot: s, Mode: model.InPlace}, false)); strings.Contains(got, "counted") || strings.Contains(got, "~") {
		t.Errorf("they agree:\n%s", got)
	}
}
