package model_test

import (
	"strings"
	"testing"

	"daytona/snapdeck/model"
)

func TestBulkTextFollowsItsNumber(t *testing.T) {
	for kind, want := range map[model.ImpactKind]string{
		model.ImpactRegions:     "loses regions: ",
		model.ImpactActivates:   "is inactive now",
		model.ImpactCached:      "has the same ref",
		model.ImpactUnchecked:   "was not fully checked",
		model.ImpactSameRef:     "shares its ref: ",
		model.ImpactComment:     "gets a comment in its Dockerfile",
		model.ImpactServerCheck: "is checked with the server first",
		"other":                 "other",
	} {
		if got := kind.BulkText(1); !strings.HasPrefix(got, want) {
			t.Errorf("1 %s, want %s", got, want)
		}
	}
	if got := model.ImpactRegions.BulkText(12); !strings.HasPrefix(got, "lose regions: ") {
		t.Errorf("12 %s", got)
	}
}
