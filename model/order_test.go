package model_test

import (
	"slices"
	"testing"

	"daytona/snapdeck/model"
)

func TestCompareAttention(t *testing.T) {
	want := []*model.Snapshot{
		snapshot(t, "failed today", "state=build_failed", "updatedAt=2026-11-24T00:00:00Z"),
		snapshot(t, "failed yesterday", "state=error", "updatedAt=2026-11-23T00:00:00Z"),
		snapshot(t, "starts now", "state=pending", "updatedAt=2026-11-24T00:00:02Z"),
		snapshot(t, "builds", "state=building", "updatedAt=2026-11-24T00:00:01Z"),
		snapshot(t, "pulls", "state=pulling", "updatedAt=2026-11-24T00:00:00Z"),
		snapshot(t, "from a sandbox", "state=snapshotting", "updatedAt=2026-11-23T00:00:00Z"),
		snapshot(t, "removing", "state=removing", "updatedAt=2026-11-24T00:00:00Z"),
		snapshot(t, "created last", "createdAt=2026-11-24T03:00:00Z"),
		snapshot(t, "used last", "createdAt=2026-11-01T00:00:00Z", "lastUsedAt=2026-11-24T02:00:00Z"),
		snapshot(t, "inactive", "state=inactive", "lastUsedAt=2026-11-24T01:00:00Z"),
		snapshot(t, "unknown state", "state=zombie", "lastUsedAt=2026-11-23T00:00:00Z"),
		snapshot(t, "A, never used"),
		snapshot(t, "b, never used"),
		snapshot(t, "general", "general=true", "lastUsedAt=2026-11-24T05:00:00Z"),
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, model.CompareAttention)
	if ids(got) != ids(want) {
		t.Errorf("order\n%s\nwant\n%s", ids(got), ids(want))
	}
}

func TestStates(t *testing.T) {
	for _, state := range model.States() {
		if !state.Known() {
			t.Errorf("%s is not known", state)
		}
	}
	for state, want := range map[model.State][4]bool{ // failed, starting, in transition, known
		"active": {3: true}, "inactive": {3: true}, "error": {0: true, 3: true}, "build_failed": {0: true, 3: true},
		"pending": {1: true, 2: true, 3: true}, "pulling": {1: true, 2: true, 3: true}, "building": {1: true, 2: true, 3: true},
		"snapshotting": {1: true, 2: true, 3: true}, "removing": {2: true, 3: true}, "zombie": {}, "": {},
	} {
		if got := [4]bool{state.Failed(), state.Starting(), state.InTransition(), state.Known()}; got != want {
			t.Errorf("%q: %v, want %v", state, got, want)
		}
	}
	if got := model.StateBuildFailed.Label(); got != "build failed" {
		t.Errorf("Label() = %q", got)
	}
}
