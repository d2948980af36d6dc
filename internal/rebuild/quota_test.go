package rebuild_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// TestQuota refuses what is over the quota before anything is changed.
func TestQuota(t *testing.T) {
	t.Parallel()
	limits := model.Limits{CPU: 4, Memory: 8, Disk: 10}
	none := model.Optional[int]{Presence: model.Present}
	tests := map[string]struct {
		quota model.Quota
		state model.State
		gpu   float64
		mode  model.RebuildMode
		want  []string // nil: not refused
	}{
		"nothing known":                 {},
		"its own place":                 {quota: model.Quota{Snapshots: 5, Used: 5}},
		"a place for an inactive one":   {quota: model.Quota{Snapshots: 5, Used: 4}, state: model.StateInactive},
		"none for an inactive one":      {quota: model.Quota{Snapshots: 5, Used: 5}, state: model.StateInactive, want: []string{"the organization uses 5 of 5 snapshots"}},
		"a place for a candidate":       {quota: model.Quota{Snapshots: 5, Used: 4}, mode: model.VerifyFirst},
		"none for a candidate":          {quota: model.Quota{Snapshots: 5, Used: 5}, mode: model.VerifyFirst, want: []string{"the organization uses 5 of 5 snapshots"}},
		"one for two, of an inactive":   {quota: model.Quota{Snapshots: 5, Used: 4}, mode: model.VerifyFirst, state: model.StateInactive, want: []string{"the organization uses 4 of 5 snapshots"}},
		"within the limits":             {quota: model.Quota{Sandbox: limits}},
		"over the limits":               {quota: model.Quota{Sandbox: model.Limits{CPU: 1, Memory: 3, Disk: 7}}, want: []string{"its CPU of 2 is over the organization's limit of 1", "its memory of 4 is over the organization's limit of 3", "its disk of 8 is over the organization's limit of 7"}},
		"within those of its region":    {quota: model.Quota{Sandbox: model.Limits{CPU: 1}, Regions: []model.RegionQuota{{RegionID: "us", SandboxClass: "container", Sandbox: limits}}}},
		"over those of its region":      {quota: model.Quota{Sandbox: limits, Regions: []model.RegionQuota{{RegionID: "us", SandboxClass: "container", Sandbox: model.Limits{Disk: 1}}}}, want: []string{"its disk of 8 is over the organization's limit of 1"}},
		"another region, another class": {quota: model.Quota{Regions: []model.RegionQuota{{RegionID: "eu", SandboxClass: "container", Sandbox: model.Limits{CPU: 1}}, {RegionID: "us", SandboxClass: "linux-vm", Sandbox: model.Limits{CPU: 1}}}}},
		"within those for GPUs":         {gpu: 1, quota: model.Quota{Sandbox: model.Limits{CPU: 1}, Regions: []model.RegionQuota{{RegionID: "us", SandboxClass: "container", GPUSandbox: limits}}}},
		"no GPU":                        {gpu: 1, quota: model.Quota{Regions: []model.RegionQuota{{RegionID: "us", SandboxClass: "container", GPU: none}}}, want: []string{"the organization has no GPU quota in its region"}},
		"no GPU wanted":                 {quota: model.Quota{Regions: []model.RegionQuota{{RegionID: "us", SandboxClass: "container", GPU: none}}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			old := agents()
			old.state, old.gpu = test.state, test.gpu
			w := newWorld(t, old)
			w.server.quota = test.quota
			mode := test.mode
			if mode == "" {
				mode = model.InPlace
			}
			result, err := w.run(mode)
			if test.want == nil {
				if err != nil {
					t.Errorf("%v", err)
				}
				return
			}
			var got []string
			if refused, ok := errors.AsType[*rebuild.RefusedError](err); ok {
				for _, refusal := range refused.Refusals {
					if refusal.Reason != model.ReasonQuota {
						t.Errorf("the reason is %s", refusal.Reason)
					}
					got = append(got, refusal.Text)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" || result.Outcome != model.OutcomeUntouched || w.wantWhole() != "old" {
				t.Errorf("%+v, %v, -want +got:\n%s", result, err, diff)
			}
		})
	}
}

// TestQuotaIsCheckedAgain stops before the delete if the quota was used up while the
// candidate was built.
func TestQuotaIsCheckedAgain(t *testing.T) {
	t.Parallel()
	old := agents()
	old.state = model.StateInactive
	w := newWorld(t, old)
	w.server.quota = model.Quota{Snapshots: 10, Used: 1}
	w.at = func(m moment) error {
		if m.call == "POST" && m.when == after {
			w.server.quota.Used = 10
		}
		return nil
	}
	result, err := w.run(model.VerifyFirst)
	if !errors.As(err, new(*rebuild.RefusedError)) || result.Outcome != model.OutcomeUntouched || result.Entry != "" {
		t.Errorf("%+v, %v", result, err)
	}
	w.wantWhole()
	w.wantNoEntry()
}
