package model

import "testing"

func TestSnapshotLimit(t *testing.T) {
	t.Parallel()
	refusal := &Error{Code: Invalid, Message: "Snapshot quota exceeded. Maximum allowed: 100"}
	for name, tc := range map[string]struct {
		limit func() SnapshotLimit
		used  int
		want  int
	}{
		"unknown":                    {func() SnapshotLimit { return SnapshotLimit{} }, 5, 0},
		"configured":                 {func() SnapshotLimit { return ConfiguredLimit(120) }, 130, 120},
		"read":                       {func() SnapshotLimit { l := ConfiguredLimit(120); l.SetReported(500); return l }, 5, 500},
		"read, smaller than the use": {func() SnapshotLimit { l := ConfiguredLimit(120); l.SetReported(50); return l }, 51, 50},
		"read nothing":               {func() SnapshotLimit { l := ConfiguredLimit(120); l.SetReported(500); l.SetReported(0); return l }, 5, 500},
		"learnt":                     {func() SnapshotLimit { l := ConfiguredLimit(120); l.ApplyRefusal(refusal); return l }, 100, 100},
		"learnt, then raised":        {func() SnapshotLimit { l := ConfiguredLimit(120); l.ApplyRefusal(refusal); return l }, 101, 120},
		"learnt, not configured":     {func() SnapshotLimit { l := SnapshotLimit{}; l.ApplyRefusal(refusal); return l }, 101, 0},
		"read, then learnt":          {func() SnapshotLimit { l := SnapshotLimit{}; l.SetReported(500); l.ApplyRefusal(refusal); return l }, 99, 100},
		"learnt, then read":          {func() SnapshotLimit { l := SnapshotLimit{}; l.ApplyRefusal(refusal); l.SetReported(80); return l }, 99, 80},
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
		{QuotaUse{107, 120}, false, false},
		{QuotaUse{108, 120}, true, false},
		{QuotaUse{120, 120}, true, false},
		{QuotaUse{121, 120}, true, true},
		{QuotaUse{4, 5}, false, false},
		{QuotaUse{5, 5}, true, false},
		{QuotaUse{0, 1}, false, false},
	} {
		if tc.use.Near() != tc.near || tc.use.Exceeded() != tc.exceeded {
			t.Errorf("%s: near %v, exceeded %v", tc.use, tc.use.Near(), tc.use.Exceeded())
		}
	}
	if got := (QuotaUse{117, 120}).With(1).String(); got != "118/120 snapshots" {
		t.Error(got)
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
