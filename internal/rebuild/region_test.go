package rebuild_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// TestRegionToKeep chooses the same region whatever the order in which the server sends
// them.
func TestRegionToKeep(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		regions []string
		request func(*model.RebuildRequest)
		want    string
		refused bool
	}{
		"the default of the organization":    {regions: []string{"eu-1", "us"}, want: "us"},
		"the first by name":                  {regions: []string{"us", "eu-1"}, request: func(q *model.RebuildRequest) { q.Organization.DefaultRegionID = "" }, want: "eu-1"},
		"it is not in the default":           {regions: []string{"eu-1"}, want: "eu-1"},
		"the requested one":                  {regions: []string{"us", "eu-1"}, request: func(q *model.RebuildRequest) { q.RegionID = "eu-1" }, want: "eu-1"},
		"it is not in the requested one":     {regions: []string{"us", "eu-1"}, request: func(q *model.RebuildRequest) { q.RegionID = "ap" }, want: "ap", refused: true},
		"one of them can be used":            {regions: []string{"ap", "eu-1", "sa"}, want: "eu-1"},
		"the requested one cannot be used":   {regions: []string{"ap", "eu-1"}, request: func(q *model.RebuildRequest) { q.RegionID = "ap" }, want: "ap", refused: true},
		"none can be used":                   {regions: []string{"sa", "ap"}, want: "ap", refused: true},
		"the regions are not known":          {regions: []string{"sa", "ap"}, request: knowNothing, want: "ap"},
		"it is in none":                      {regions: []string{}, want: ""},
		"it is in none and one is requested": {regions: []string{}, request: func(q *model.RebuildRequest) { q.RegionID = "us" }, want: "us", refused: true},
	} {
		for range 2 {
			slices.Reverse(test.regions)
			q := requestFor(decode(t, map[string]any{"regionIds": test.regions}), model.InPlace)
			if test.request != nil {
				test.request(&q)
			}
			p := rebuild.Preflight(q)
			if p.Recipe.RegionID != test.want || p.Refused() != test.refused {
				t.Errorf("%s: %q of %v, %v, want %q", name, p.Recipe.RegionID, test.regions, p.Refusals, test.want)
			}
			if test.refused && p.Refusals[0].Reason != model.ReasonRegion {
				t.Errorf("%s: %v", name, p.Refusals)
			}
		}
	}
}

// TestLostRegions lists the lost regions in the order of the regions screen.
func TestLostRegions(t *testing.T) {
	t.Parallel()
	known := []model.Region{{ID: "us", Name: "us"}, {ID: "eu-1", Name: "eu"}, {ID: "ap", Name: "ap"}}
	for _, ids := range [][]string{{"ap", "us", "x", "eu-1"}, {"eu-1", "x", "ap", "us"}} {
		q := requestFor(decode(t, map[string]any{"regionIds": ids}), model.InPlace)
		q.Regions = known
		if got := rebuild.Preflight(q).Impact[0].Text; got != "regions eu, ap, x are lost: the API creates in one region only" {
			t.Errorf("%v: %s", ids, got)
		}
	}
}

// TestRegionsChangeAfterConfirmation refuses only if the confirmed region disappeared.
func TestRegionsChangeAfterConfirmation(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before, after []string
		refused       bool
	}{
		"another order":               {before: []string{"us", "eu-1"}, after: []string{"eu-1", "us"}},
		"one more":                    {before: []string{"us"}, after: []string{"eu-1", "us"}},
		"one less, not the confirmed": {before: []string{"us", "eu-1"}, after: []string{"us"}},
		"the confirmed one":           {before: []string{"us", "eu-1"}, after: []string{"eu-1"}, refused: true},
		"all":                         {before: []string{"us"}, after: []string{}, refused: true},
		"none before":                 {before: []string{}, after: []string{"us"}},
	} {
		for _, mode := range modes() {
			old := agents()
			old.regions = test.before
			w := newWorld(t, old)
			p := w.plan(mode)
			w.server.set(w.old.ID, func(r *row) { r.regions = test.after })
			result, err := w.workflow().Run(t.Context(), p, nil)
			refused, ok := errors.AsType[*rebuild.RefusedError](err)
			if ok != test.refused || ok && refused.Refusals[0].Reason != model.ReasonRegion {
				t.Errorf("%s, %s: %+v, %v", name, mode, result, err)
			}
			if want := map[bool]model.Outcome{true: model.OutcomeUntouched, false: model.OutcomeRebuilt}[test.refused]; result.Outcome != want {
				t.Errorf("%s, %s: %+v, %v", name, mode, result, err)
			}
			if rows := w.server.named(w.old.Name); !test.refused && rows[0].regions[0] != "us" {
				t.Errorf("%s, %s: created in %v", name, mode, rows[0].regions)
			}
		}
	}
}

// TestResumeInAnotherRegion resumes a rebuild that the server refuses in the confirmed
// region in another one of the old snapshot.
func TestResumeInAnotherRegion(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		w := newWorld(t, agents())
		w.on("POST", "name", before, func() error { return fault(model.Invalid, 400, "No runners are configured in region 'us'") })
		result, err := w.run(mode)
		if err == nil || result.Outcome != model.OutcomeUnfinished || !strings.Contains(err.Error(), "--region ID creates it in another of its regions: eu-1") {
			t.Fatalf("%s: %+v, %v", mode, result, err)
		}
		w.at = nil
		in := func(region string) *rebuild.Workflow {
			return w.workflow(func(o *rebuild.Options) { o.RegionID = region })
		}
		_, err = in("ap").Resume(t.Context(), result.Entry, nil)
		if wrong, ok := errors.AsType[*rebuild.NotInRegionError](err); !ok || !slices.Equal(wrong.Was, []string{"eu-1", "us"}) {
			t.Errorf("%s: another region: %v", mode, err)
		}
		if result, err = in("eu-1").Resume(t.Context(), result.Entry, nil); err != nil || result.Outcome != model.OutcomeRebuilt {
			t.Errorf("%s: %+v, %v", mode, result, err)
		}
		if rows := w.server.named(w.old.Name); len(rows) != 1 || rows[0].regions[0] != "eu-1" {
			t.Errorf("%s: the server has %+v", mode, rows)
		}
		w.wantNoEntry()
	}
}
