package row

import (
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/text"
)

// A failed row says since when and why. The command gives way to its exit code, and all is
// cut before it disappears.
func TestFailureLine(t *testing.T) {
	t.Parallel()
	const oom = "failed to build image: The command '/bin/sh -c uv sync --frozen --no-dev' returned a non-zero code: 137 (out of memory)"
	for _, tc := range []struct {
		reason string
		width  int
		want   string
	}{
		{"failed to build image: The command '/bin/sh -c npm ci' returned a non-zero code: 137", 36, "3m ago · npm ci → exit 137"},
		{oom, 80, "3m ago · uv sync --frozen --no-dev → exit 137 (out of memory)"},
		{oom, 48, "3m ago · uv sync --f… → exit 137 (out of memory)"},
		{oom, 36, "3m ago · uv sync… → exit 137 (out o…"},
		{oom, 12, "3m ago · uv…"},
		{"failed to pull image a/b:1: unexpected EOF", 36, "3m ago · pull: unexpected EOF"},
		{"failed to pull image a/b:1: unexpected EOF", 20, "3m ago · pull: unex…"},
		{"failed to pull image a/b:1: unexpected EOF", unlimited, "3m ago · failed to pull image a/b:1: unexpected EOF"},
		{"", 36, "3m ago · the server gave no reason"},
	} {
		v := NewViewState(start)
		s := snapshotOf(t, map[string]any{"id": "1", "name": "a", "state": "error", "errorReason": tc.reason, "updatedAt": start.Add(-3 * time.Minute).Format(time.RFC3339)})
		if got := v.sourceIn(s, tc.width).String(); got != tc.want {
			t.Errorf("in %d cells it is\n%q, want\n%q", tc.width, got, tc.want)
		}
	}
}

// The time of a failure is when it was observed. Without one there is only the reason.
func TestFailureLineWithoutTime(t *testing.T) {
	t.Parallel()
	v := NewViewState(start)
	s := snapshotOf(t, map[string]any{"id": "1", "name": "a", "state": "error", "errorReason": "x"})
	if got := v.sourceIn(s, 36).String(); got != "x" {
		t.Errorf("it is %q", got)
	}
	v.History.Observe([]model.Change{{Kind: model.Added, After: s}}, start)
	v.Now = start.Add(time.Hour)
	if got := v.sourceIn(s, 36).String(); got != "1h ago · x" {
		t.Errorf("it is %q", got)
	}
}

// A time in the future is not "0s ago".
func TestTimesInTheFuture(t *testing.T) {
	t.Parallel()
	v := NewViewState(start)
	later := start.AddDate(1, 0, 0)
	s := snapshotOf(t, map[string]any{"id": "1", "name": "a", "state": "error", "errorReason": "x", "updatedAt": later.Format(time.RFC3339)})
	if got, want := v.sourceIn(s, 36).String(), later.Format(time.DateOnly)+" · x"; got != want {
		t.Errorf("the failure is %q, want %q", got, want)
	}
	if got := v.ageText(model.SomeTime(later)).String(); got != "–" {
		t.Errorf("the age is %q", got)
	}
}

// A build that takes longer than others did shows when it will be ended.
func TestALongBuildShowsItsDeadline(t *testing.T) {
	v := NewViewState(start)
	s := snapshotOf(t, map[string]any{"id": "1", "name": "long", "state": "building", "imageName": "node:20",
		"createdAt": start.Format(time.RFC3339), "updatedAt": start.Format(time.RFC3339)})
	other := *s
	other.ID = "other"
	active := other
	active.State = model.StateActive
	v.History.Observe([]model.Change{{Kind: model.Added, After: &other}}, start)
	v.History.Observe([]model.Change{{Kind: model.StateChanged, Before: &other, After: &active}}, start.Add(2*time.Minute))
	v.Now = start.Add(time.Minute)
	if got := v.progressLine(s, unlimited).String(); got != "1m00s ━━━━━━━─────── ~2m00s" {
		t.Errorf("in time: %q", got)
	}
	v.Now = start.Add(4 * time.Minute)
	if got := v.progressLine(s, unlimited).String(); got != "4m00s ━━━━━━━━━━━━━━ ~2m00s" {
		t.Errorf("longer than usual: %q", got)
	}
	v.Now = start.Add(40 * time.Minute)
	if got := v.progressLine(s, unlimited).String(); got != "40m00s of 1h · node:20" {
		t.Errorf("late: %q", got)
	}
	v.Now = start.Add(330 * 24 * time.Hour)
	if got := v.progressLine(s, unlimited).String(); got != "330d · overdue · node:20" {
		t.Errorf("too late: %q", got)
	}
}

// A building row shows its step behind the bar. The bar gives way to it where there is
// little room, and the step is cut last.
func TestBuildingRowShowsItsStep(t *testing.T) {
	t.Parallel()
	building := snapshotOf(t, map[string]any{"id": "1", "name": "a", "state": "building", "buildInfo": map[string]any{"dockerfileContent": "FROM a"},
		"ref": "daytona-0123456789abcdef:daytona", "createdAt": start.Format(time.RFC3339), "updatedAt": start.Format(time.RFC3339)})
	pulling := *building
	pulling.State = model.StatePulling
	step := text.Lit("Step 7/19 RUN npm ci")
	for _, tc := range []struct {
		snapshot *model.Snapshot
		median   bool
		step     text.Safe
		after    time.Duration
		width    int
		want     string
	}{
		{building, true, step, time.Minute, 49, "1m00s ━━━━━━━─────── ~2m00s  Step 7/19 RUN npm ci"},
		{building, true, step, time.Minute, 36, "1m00s ━━━── Step 7/19 RUN npm ci"},
		{building, true, step, time.Minute, 24, "1m00s ━━━── Step 7/19 R…"},
		{building, true, text.Safe{}, time.Minute, 36, "1m00s ━━━━━━━─────── ~2m00s"},
		{building, false, step, time.Minute, 36, "1m00s · Step 7/19 RUN npm ci"},
		{building, false, text.Safe{}, time.Minute, 36, "1m00s · 0123456789ab…"},
		{building, true, step, 40 * time.Minute, 36, "40m00s of 1h · Step 7/19 RUN npm ci"},
		{&pulling, false, step, time.Minute, 36, "1m00s · 0123456789ab…"},
	} {
		v := NewViewState(start)
		if tc.median {
			other, active := *building, *building
			active.State = model.StateActive
			v.History.Observe([]model.Change{{Kind: model.Added, After: &other}}, start.Add(-2*time.Minute))
			v.History.Observe([]model.Change{{Kind: model.StateChanged, Before: &other, After: &active}}, start)
		}
		v.Now = start.Add(tc.after)
		v.BuildStep = func(string) text.Safe { return tc.step }
		if got := v.sourceIn(tc.snapshot, tc.width).String(); got != tc.want {
			t.Errorf("in %d cells it is\n%q, want\n%q", tc.width, got, tc.want)
		}
	}
}

// The row of a rebuild shows the step of what it builds.
func TestRebuildingRowShowsItsStep(t *testing.T) {
	t.Parallel()
	v := NewViewState(start)
	built := snapshotOf(t, map[string]any{"id": "2", "name": "a", "state": "building", "buildInfo": map[string]any{"dockerfileContent": "FROM a"}})
	store, _ := v.Data.Store.Apply([]*model.Snapshot{built})
	v.Data = v.Data.With(store)
	v.Pending["1"] = &Pending{ID: "1", Action: "rebuild", Workflow: true, Started: start, Steps: []model.RebuildEvent{{Step: model.StepFollow, SnapshotID: "2"}}}
	v.Pending["2"] = v.Pending["1"]
	v.Now = start.Add(11 * time.Second)
	asked := ""
	v.BuildStep = func(id string) text.Safe { asked = id; return text.Lit("Step 1/2 FROM a") }
	if got := v.sourceIn(built, 40).String(); got != "rebuild 11s · Step 1/2 FROM a" || asked != "2" {
		t.Errorf("it is %q, the step of %q", got, asked)
	}
	selected := &model.Snapshot{ID: "1"}
	if ids := v.Builds(selected, []*model.Snapshot{selected, built, nil}); len(ids) != 1 || ids[0] != "2" {
		t.Errorf("builds %v", ids)
	}
}
