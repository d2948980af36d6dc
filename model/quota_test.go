package model

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLimits(t *testing.T) {
	t.Parallel()
	one := 1
	q := Quota{
		Sandbox: Limits{CPU: 4, Memory: 8, Disk: 10}, DefaultRegion: "us",
		Regions: []RegionQuota{
			{RegionID: "eu", SandboxClass: "linux-vm", Sandbox: Limits{CPU: 99}},
			{RegionID: "us", SandboxClass: "container", Sandbox: Limits{CPU: 6}, GPUSandbox: Limits{Memory: 192}},
		},
	}
	for name, tt := range map[string]struct {
		recipe Recipe
		want   Limits
	}{
		"default region and class": {Recipe{}, Limits{CPU: 6, Memory: 8, Disk: 10}},
		"GPU":                      {Recipe{RegionID: "us", GPU: &one}, Limits{CPU: 6, Memory: 192, Disk: 10}},
		"zero GPUs":                {Recipe{RegionID: "us", GPU: new(int)}, Limits{CPU: 6, Memory: 8, Disk: 10}},
		"another class":            {Recipe{RegionID: "eu"}, Limits{CPU: 4, Memory: 8, Disk: 10}},
		"region without limits":    {Recipe{RegionID: "own", GPU: &one}, Limits{CPU: 4, Memory: 8, Disk: 10}},
	} {
		if diff := cmp.Diff(tt.want, q.Limits(tt.recipe)); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
	}
	if (Quota{}).Region(Recipe{}) != nil {
		t.Error("the zero Quota has a region")
	}
}

func TestExceededSnapshotQuota(t *testing.T) {
	t.Parallel()
	refusal := func(message string) error { return &Error{Code: Invalid, Status: 400, Message: message} }
	for _, tc := range []struct {
		err   error
		limit int
		ok    bool
	}{
		{refusal("Snapshot quota exceeded. Maximum allowed: 29"), 29, true},
		{fmt.Errorf("create: %w", refusal("SNAPSHOT QUOTA EXCEEDED. maximum allowed:7.")), 7, true},
		{refusal("Snapshot quota exceeded. Maximum allowed: 120\nContact us."), 120, true},
		{refusal("Snapshot quota exceeded"), 0, true},
		{refusal("Snapshot quota exceeded. Maximum allowed: many"), 0, true},
		{refusal("Snapshot quota exceeded. Maximum allowed: -3"), 0, true},
		{refusal("Snapshot quota exceeded. Maximum allowed: 99999999999999999999999"), 0, true},
		{refusal("CPU request 99 exceeds maximum allowed per sandbox (8)."), 0, false},
		{refusal("Volume quota exceeded. Maximum allowed: 10"), 0, false},
		{&Error{Code: Conflict, Message: "Snapshot quota exceeded. Maximum allowed: 29"}, 0, false},
		{&Error{Code: ServerError, Message: "Snapshot quota exceeded. Maximum allowed: 29"}, 0, false},
		{errors.New("Snapshot quota exceeded. Maximum allowed: 29"), 0, false},
		{nil, 0, false},
	} {
		if limit, ok := ExceededSnapshotQuota(tc.err); limit != tc.limit || ok != tc.ok {
			t.Errorf("%v: %d, %v, want %d, %v", tc.err, limit, ok, tc.limit, tc.ok)
		}
	}
}
