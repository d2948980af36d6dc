package mutation

import (
	"strings"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/format"
)

// RebuildOutcome describes the end of a rebuild: the outcome, and what went wrong and
// where the recipe is. Where the snapshot is active, something can be left to clean up.
func RebuildOutcome(r model.RebuildResult, err error, took time.Duration) (outcome, wrong string) {
	outcome = "active after " + format.Seconds(took)
	kept := ""
	if r.Replaced != "" {
		kept = " · old Dockerfile saved in " + r.Replaced
	}
	if err != nil {
		wrong = strings.Join(strings.Fields(err.Error()), " ") // in one line
	}
	if r.Outcome == model.OutcomeRebuilt {
		return outcome + kept, wrong
	}
	if err == nil {
		wrong = "it did not become active"
	}
	switch {
	case r.OldUnchanged() && r.Entry != "":
		wrong += " · the old snapshot is unchanged; a candidate may be left"
	case r.OldUnchanged():
		wrong += " · the old snapshot is unchanged"
	case r.Entry != "":
		wrong += " · recipe saved"
	}
	return outcome, wrong + kept
}
