package model

import (
	"testing"
	"time"
)

func TestSnapshotLimit(t *testing.T) {
	t.Parallel()
	refusal := &Error{Code: Invalid, Message: "Snapshot quota exceeded. Maximum allowed: 100"}
	for name, tc := range map[string]struct {
		limit func() SnapshotLimit
		used  int
		want  int
	}{
		"unknown":    {func() SnapshotLimit { return SnapshotLimit{} }, 5, 0},
		"configured": {func() SnapshotLimit { return ConfiguredLimit(120) }, 130, 120},
		"read": {func() SnapshotLimit {
			l := ConfiguredLimit(120)
			l.SetReported(ReportedQuota{Limit: 500}, 0, time.Time{})
			return l
		}, 5, 500},
		"read, smaller than the use": {func() SnapshotLimit {
			l := ConfiguredLimit(120)
			l.SetReported(ReportedQuota{Limit: 50}, 0, time.Time{})
			return l
		}, 51, 50},
		"read nothing": {func() SnapshotLimit {
			l := ConfiguredLimit(120)
			l.SetReported(ReportedQuota{Limit: 500}, 0, time.Time{})
			l.SetReported(ReportedQuota{Limit: 0}, 0, time.Time{})
			return l
		}, 5, 500},
		"learnt":                 {func() SnapshotLimit { l := ConfiguredLimit(120); l.ApplyRefusal(refusal); return l }, 100, 100},
		"learnt, then raised":    {func() SnapshotLimit { l := ConfiguredLimit(120); l.ApplyRefusal(refusal); return l }, 101, 120},
		"learnt, not configured": {func() SnapshotLimit { l := SnapshotLimit{}; l.ApplyRefusal(refusal); return l }, 101, 0},
		"read, then learnt": {func() SnapshotLimit {
			l := SnapshotLimit{}
			l.SetReported(ReportedQuota{Limit: 500}, 0, time.Time{})
			l.ApplyRefusal(refusal)
			return l
		}, 99, 100},
		"learnt, then read": {func() SnapshotLimit {
			l := SnapshotLimit{}
			l.ApplyRefusal(refusal)
			l.SetReported(ReportedQuota{Limit: 80}, 0, time.Time{})
			return l
		}, 99, 80},
		"another error": {func() SnapshotLimit {
			l := ConfiguredLimit(120)
			l.ApplyRefusal(&Error{Code: Invalid, Message: "no"})
			l.ApplyRefusal(nil)
			return l
		}, 5, 120},
		"a refusal without a number": {func() SnapshotLimit {
			l := ConfiguredLimit(120)
			l.ApplyRefusal(&Error{Code: Invalid, Message: "Snapshot quota exceeded"})
			return l
		}, 5, 120},
	} {
		if got := tc.limit().Use(tc.used); got != (QuotaUse{Used: tc.used, Limit: tc.want}) {
			t.Errorf("%s: %+v, want a limit of %d", name, got, tc.want)
		}
	}
}

func TestQuotaUse(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		use            QuotaUse
		near, exceeded bool
	}{
		{QuotaUse{}, false, false},
		{QuotaUse{Used: 7}, false, false},
		{QuotaUse{Used: 107, Limit: 120}, false, false},
		{QuotaUse{Used: 108, Limit: 120}, true, false},
		{QuotaUse{Used: 120, Limit: 120}, true, false},
		{QuotaUse{Used: 121, Limit: 120}, true, true},
		{QuotaUse{Used: 4, Limit: 5}, false, false},
		{QuotaUse{Used: 5, Limit: 5}, true, false},
		{QuotaUse{Used: 0, Limit: 1}, false, false},
	} {
		if tc.use.Near() != tc.near || tc.use.Exceeded() != tc.exceeded {
			t.Errorf("%s: near %v, exceeded %v", tc.use, tc.use.Near(), tc.use.Exceeded())
		}
	}
	if got := (QuotaUse{Used: 117, Limit: 120}).With(1).String(); got != "118/120 snapshots" {
		t.Error(got)
	}
	if !(QuotaUse{Used: 98, Limit: 120, Differs: true, Counted: 105}).With(3).Near() {
		t.Error("3 more than the server counted are not near the limit")
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		mode  RebuildMode
		state State
		want  int
	}{
		{InPlace, StateActive, 0}, {InPlace, StateInactive, 1}, {InPlace, StateError, 1},
		{VerifyFirst, StateActive, 1}, {VerifyFirst, StateBuildFailed, 2},
		{Restore, StateActive, 1}, {Restore, StateInactive, 1}, {Create, StatePending, 1},
	} {
		if got := (Plan{Mode: tc.mode, Snapshot: &Snapshot{State: tc.state}}).Places(); got != tc.want {
			t.Errorf("%s, %s: %d, want %d", tc.mode, tc.state, got, tc.want)
		}
	}
}

// TestCountsDiffer keeps the server's count where it was another one than that of the list at the
// same time.
func TestCountsDiffer(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	var l SnapshotLimit
	l.SetReported(ReportedQuota{Limit: 90, Used: Some(87)}, 87, at)
	if got := l.Use(88); got != (QuotaUse{Used: 88, Limit: 90}) {
		t.Errorf("the list went on: %+v", got)
	}
	l.SetReported(ReportedQuota{Limit: 100, Used: Some(90)}, 87, at)
	if got := l.Use(87); got != (QuotaUse{Used: 87, Limit: 100, Differs: true, Counted: 90, At: at}) || got.String() != "~87/100 snapshots" || !got.Near() {
		t.Errorf("%+v, %s", got, got)
	}
	l.SetReported(ReportedQuota{}, 87, at) // could not be read
	if got := l.Use(87); !got.Differs {
		t.Error("forgotten")
	}
	l.SetReported(ReportedQuota{Limit: 100}, 87, at)
	if got := l.Use(87); got.Differs || got.Near() || got.String() != "87/100 snapshots" {
		t.Errorf("without a count: %+v", got)
	}
}
