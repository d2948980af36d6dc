package model_test

import (
	"slices"
	"testing"

	"daytona/snapdeck/model"
)

func matrixRegions() []model.Region {
	return []model.Region{{ID: "dc_x1", Name: "acme-dc1"}, {ID: "us", Name: "us"}, {ID: "eu", Name: "eu"}}
}

func TestSortRegions(t *testing.T) {
	t.Parallel()
	want := []string{"dc_x1", "us", "eu", "mars", "venus"}
	ids := slices.Clone(want)
	slices.Sort(ids)
	for range 20 {
		if got := model.SortRegions(append(ids, ids[0]), matrixRegions()); !slices.Equal(got, want) {
			t.Fatalf("%v of %v, want %v", got, ids, want)
		}
		ids = append(ids[1:], ids[0])
	}
	if got := model.SortRegions([]string{"us", "eu"}, nil); !slices.Equal(got, []string{"eu", "us"}) {
		t.Errorf("without a list: %v", got)
	}
	if got := model.SortRegions(nil, matrixRegions()); len(got) > 0 {
		t.Errorf("of none: %v", got)
	}
}

// The order in which the server sends the regions must not choose one.
func TestCreateRegions(t *testing.T) {
	t.Parallel()
	for _, sent := range []string{`["us","dc_x1","eu","mars"]`, `["mars","eu","dc_x1","us"]`, `["eu","us","mars","dc_x1"]`} {
		s := snapshot(t, "a", "regionIds="+sent)
		for _, c := range []struct {
			known     []model.Region
			defaultID string
			want      []string
		}{
			{matrixRegions(), "", []string{"dc_x1", "us", "eu"}}, // by name
			{matrixRegions(), "us", []string{"us", "dc_x1", "eu"}},
			{matrixRegions(), "mars", []string{"dc_x1", "us", "eu"}}, // not usable
			{matrixRegions()[1:], "", []string{"eu", "us"}},
			{matrixRegions()[1:2], "eu", []string{"us"}},
			{nil, "us", []string{"us", "dc_x1", "eu", "mars"}},
			{[]model.Region{}, "us", nil},
		} {
			var got []string
			for _, region := range s.CreateRegions(c.known, c.defaultID) {
				got = append(got, region.ID)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s, default %q: %v, want %v", sent, c.defaultID, got, c.want)
			}
		}
	}
}
