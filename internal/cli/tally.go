package cli

import (
	"errors"
	"fmt"

	"daytona/snapdeck/model"
)

// tally counts what came of the unfinished rebuilds.
type tally struct {
	accepted int   // created again
	failed   int   // tried, and not created
	left     int   // still in the journal
	first    error // of the failures
}

// add counts one that was tried.
func (t *tally) add(result model.RebuildResult, err error) {
	if result.Accepted() {
		t.accepted++
	} else {
		t.failed++
		if t.first == nil {
			t.first = err
		}
	}
	if result.Entry != "" {
		t.left++
	}
}

// verdict is nil where nothing is left to do. Otherwise its exit code tells scripts
// what is; the failures themselves are told already.
func (t tally) verdict() error {
	if t.failed == 0 && t.left == 0 {
		return nil
	}
	return exitError{t.summary(), t.exitCode()}
}

func (t tally) exitCode() int {
	if t.failed > 0 && t.accepted > 0 {
		return exitPartial
	}
	if api, ok := errors.AsType[*model.Error](t.first); ok && apiExitCode(api.Code) != exitFailed {
		return apiExitCode(api.Code)
	}
	if t.left > 0 {
		return exitUnfinished
	}
	return exitFailed
}

func (t tally) summary() error {
	switch t.left {
	case 0:
		return errors.New("nothing is unfinished any more, but not everything was created again")
	case 1:
		return errors.New("1 rebuild is still unfinished: snapdeck recover shows it")
	default:
		return fmt.Errorf("%d rebuilds are still unfinished: snapdeck recover shows them", t.left)
	}
}
