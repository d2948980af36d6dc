package cli

import (
	"errors"
	"fmt"

	"daytona/snapdeck/model"
)

// resumeSummary counts the results of resumed actions.
type resumeSummary struct {
	created    int   // the create was accepted
	failed     int   // resumed and not created
	unfinished int   // still in the journal
	firstErr   error // of the failures
}

// add counts a resumed action.
func (t *resumeSummary) add(result model.RebuildResult, err error) {
	if result.Accepted() {
		t.created++
	} else {
		t.failed++
		if t.firstErr == nil {
			t.firstErr = err
		}
	}
	if result.Entry != "" {
		t.unfinished++
	}
}

// err returns nil if all were created and none is unfinished. The failures were printed
// before.
func (t resumeSummary) err() error {
	if t.failed == 0 && t.unfinished == 0 {
		return nil
	}
	return exitError{t.summary(), t.exitCode()}
}

func (t resumeSummary) exitCode() int {
	if t.failed > 0 && t.created > 0 {
		return exitPartial
	}
	if api, ok := errors.AsType[*model.Error](t.firstErr); ok && apiExitCode(api.Code) != exitFailed {
		return apiExitCode(api.Code)
	}
	if t.unfinished > 0 {
		return exitUnfinished
	}
	return exitFailed
}

func (t resumeSummary) summary() error {
	switch t.unfinished {
	case 0:
		return errors.New("no unfinished actions, but some snapshots were not created")
	case 1:
		return errors.New("1 action is still unfinished: snapdeck recover lists it")
	default:
		return fmt.Errorf("%d actions are still unfinished: snapdeck recover lists them", t.unfinished)
	}
}
