package row

import (
	"testing"
	"time"

	"daytona/snapdeck/model"
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
