package model

import (
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
