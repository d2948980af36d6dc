package cli

import (
	"errors"
	"fmt"
	"testing"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

func TestTally(t *testing.T) {
	t.Parallel()
	accepted := rebuild.Result{Outcome: rebuild.Accepted}
	littered := rebuild.Result{Outcome: rebuild.Accepted, Entry: "e"}
	kept := rebuild.Result{Outcome: rebuild.Unfinished, Entry: "e"}
	untouched := rebuild.Result{Outcome: rebuild.Untouched}
	for _, tc := range []struct {
		name    string
		left    int
		results []rebuild.Result
		err     error
		want    int
	}{
		{name: "nothing", want: 0},
		{name: "all", results: []rebuild.Result{accepted, accepted}, want: 0},
		{name: "all, and one that is another's", left: 1, results: []rebuild.Result{accepted}, want: 5},
		{name: "only another's", left: 1, want: 5},
		{name: "a candidate is left", results: []rebuild.Result{littered}, want: 5},
		{name: "partly", results: []rebuild.Result{kept, accepted}, err: &model.Error{Code: model.Network}, want: 3},
		{name: "none", results: []rebuild.Result{kept}, err: errors.New("x"), want: 5},
		{name: "not reached", results: []rebuild.Result{kept}, err: fmt.Errorf("x: %w", &model.Error{Code: model.Network}), want: 6},
		{name: "not allowed", results: []rebuild.Result{kept}, err: &model.Error{Code: model.Forbidden}, want: 4},
		{name: "not valid", results: []rebuild.Result{kept}, err: &model.Error{Code: model.Invalid}, want: 5},
		{name: "not needed", results: []rebuild.Result{untouched}, err: errors.New("x"), want: 1},
	} {
		count := tally{left: tc.left}
		for _, result := range tc.results {
			count.add(result, tc.err)
		}
		if got := (&program{running: true}).exitCode(count.verdict()); got != tc.want {
			t.Errorf("%s: exit code %d, want %d", tc.name, got, tc.want)
		}
	}
}
