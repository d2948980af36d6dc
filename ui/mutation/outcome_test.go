package mutation

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// The host is in the header, so no reason repeats it.
func TestReasonsOmitTheHost(t *testing.T) {
	t.Parallel()
	refused := &model.Error{Code: model.Forbidden, Host: "127.0.0.1:8080", Message: "no\n permission", Remedy: "ask an owner"}
	for want, err := range map[string]error{
		"no permission · ask an owner":                      refused,
		"the candidate stays: no permission · ask an owner": fmt.Errorf("the candidate stays: %w", refused),
		"disk full": errors.New("disk\nfull"),
	} {
		if got := Reason(err); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if _, got := RebuildOutcome(model.RebuildResult{Outcome: model.OutcomeRebuilt}, err, time.Second); got != want {
			t.Errorf("a rebuild says %q, want %q", got, want)
		}
	}
}
