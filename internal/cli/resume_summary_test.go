package cli

import (
	"errors"
	"fmt"
	"testing"

	"daytona/snapdeck/model"
)

func TestResumeSummary(t *testing.T) {
	t.Parallel()
	accepted := model.RebuildResult{Outcome: model.OutcomeAccepted}
	littered := model.RebuildResult{Outcome: model.OutcomeAccepted, Entry: "e"}
	kept := model.RebuildResult{Outcome: model.OutcomeUnfinished, Entry: "e"}
	untouched := model.RebuildResult{Outcome: model.OutcomeUntouched}
	for _, tc := range []struct {
		name    string
		left    int
		results []model.RebuildResult
		err     error
		want    int
	}{
		{name: "nothing", want: 0},
		{name: "all", results: []model.RebuildResult{accepted, accepted}, want: 0},
		{name: "all, and one that is another's", left: 1, results: []model.RebuildResult{accepted}, want: 5},
		{name: "only another's", left: 1, want: 5},
		{name: "a candidate is left", results: []model.RebuildResult{littered}, want: 5},
		{name: "partly", results: []model.RebuildResult{kept, accepted}, err: &model.Error{Code: model.Network}, want: 3},
		{name: "none", results: []model.RebuildResult{kept}, err: errors.New("x"), want: 5},
		{name: "not reached", results: []model.RebuildResult{kept}, err: fmt.Errorf("x: %w", &model.Error{Code: model.Network}), want: 6},
		{name: "not allowed", results: []model.RebuildResult{kept}, err: &model.Error{Code: model.Forbidden}, want: 4},
		{name: "not valid", results: []model.RebuildResult{kept}, err: &model.Error{Code: model.Invalid}, want: 5},
		{name: "not needed", results: []model.RebuildResult{untouched}, err: errors.New("x"), want: 1},
	} {
		count := resumeSummary{unfinished: tc.left}
		for _, result := range tc.results {
			count.add(result, tc.err)
		}
		if got := (&program{started: true}).exitCode(count.err()); got != tc.want {
			t.Errorf("%s: exit code %d, want %d", tc.name, got, tc.want)
		}
	}
}
