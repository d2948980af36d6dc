package ui

import (
	"fmt"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// tab chooses the region that a rebuild keeps, and the mode. The default comes first,
// whatever the order in which the server sends the regions.
func TestRebuildChoosesRegion(t *testing.T) {
	t.Parallel()
	const name = "spring-petclinic" // in us and eu
	for presses, want := range []struct {
		shown  string
		mode   model.RebuildMode
		region string
	}{
		{"[in place · eu]", model.InPlace, "eu"},
		{"[verify first · eu]", model.VerifyFirst, "eu"},
		{"[in place · us]", model.InPlace, "us"},
		{"[verify first · us]", model.VerifyFirst, "us"},
		{"[in place · eu]", model.InPlace, "eu"},
	} {
		r := &scripted{verifyToo: true, result: model.RebuildResult{Outcome: model.OutcomeRebuilt}}
		h := newHarness(t, withRebuilder(r))
		h.filterFor(name)
		h.app.state.Organization.DefaultRegionID = "" // an API key cannot read it
		h.press("R")
		for range presses {
			h.press("tab")
		}
		h.sees(want.shown)
		h.press("y")
		if len(r.ran) != 1 || r.ran[0].Mode != want.mode || r.ran[0].Recipe.RegionID != want.region {
			t.Fatalf("after %d tabs it ran %+v", presses, r.ran)
		}
	}
	h := newHarness(t, withRebuilder(&scripted{verifyToo: true}))
	h.filterFor(name)
	h.app.state.Organization.DefaultRegionID = "us"
	h.press("R")
	h.sees("[in place · us]")
}

// A question must not plan a rebuild for each of a hundred regions.
func TestRebuildOffersSomeRegions(t *testing.T) {
	t.Parallel()
	r := &scripted{}
	h := newHarness(t, withRebuilder(r))
	h.onQuiet()
	s := *h.app.selected()
	s.RegionIDs.Value, h.app.state.Regions = nil, nil
	for i := range 100 {
		id := fmt.Sprintf("region-%02d", i)
		s.RegionIDs.Value = append(s.RegionIDs.Value, id)
		h.app.state.Regions = append(h.app.state.Regions, model.Region{ID: id, Name: id})
	}
	r.plans = 0
	h.run(h.app.askRebuildOf(&s, nil, nil))
	h.advance(time.Second)
	h.sees("in place · region-00", "in place · region-11", "88 more regions cannot be chosen here")
	h.misses("region-12")
	if r.plans > 30 {
		t.Errorf("%d plans", r.plans)
	}
}

// The question says why an image cannot be verified first.
func TestRebuildOfImage(t *testing.T) {
	t.Parallel()
	h := newHarness(t, withRebuilder(&scripted{}))
	h.onQuiet()
	h.press("R")
	h.sees("· not for images")
	h.misses("verify first")
}
