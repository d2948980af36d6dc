package cli

import (
	"errors"
	"fmt"

	"daytona/snapdeck/model"
)

// tally counts what came of the unfinished rebuilds.
type finishSummary struct {
	accepted   int   // created again
	failed     int   // tried, and not created
	unfinished int   // still in the journal
	firstErr   error // of the failures
}

// add counts one that was tried.
func (t *finishSummary) add(result model.RebuildResult, err error) {
	if result.Accepted() {
		t.accepted++
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

// verdict is nil where nothing is left to do. Otherwise its exit code tells scripts
// what is; the failures themselves are told already.
func (t finishSummary) err() error {
	if t.failed == 0 && t.unfinished == 0 {
		return nil
	}
	return exitError{t.summary(), t.exitCode()}
}

func (t finishSummary) exitCode() int {
	if t.failed > 0 && t.accepted > 0 {
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

func (t finishSummary) summary() error {
	switch t.unfinished {
	case 0:
		return errors.New("nothing is unfinished any more, but not everything was created again")
	case 1:
		return errors.New("1 rebuild is still unfinished: snapdeck recover shows it")
	default:
		return fmt.Errorf("%d rebuilds are still unfinished: snapdeck recover shows them", t.unfinished)
	}
}
