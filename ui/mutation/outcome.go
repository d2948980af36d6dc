package mutation

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/format"
)

// RebuildOutcome describes the end of a rebuild: details of a success, and the reason for a
// failure with where the recipe is. Both are set if the snapshot is active and something else
// failed.
func RebuildOutcome(r model.RebuildResult, err error, took time.Duration) (details, reason string) {
	details = "active after " + format.Seconds(took)
	kept := ""
	if r.Replaced != "" {
		kept = " · old Dockerfile saved in " + r.Replaced
	}
	if err != nil {
		reason = Reason(err)
	}
	if r.Outcome == model.OutcomeRebuilt {
		return details + kept, reason
	}
	if err == nil {
		reason = "it did not become active"
	}
	switch {
	case r.OldUnchanged() && r.Entry != "":
		reason += " · the old snapshot is unchanged; a candidate may be left"
	case r.OldUnchanged():
		reason += " · the old snapshot is unchanged"
	case r.Entry != "":
		reason += " · recipe saved"
	}
	return details, reason + kept
}

// Reason returns an error in one line, without the host, which is in the header.
func Reason(err error) string {
	line := strings.Join(strings.Fields(err.Error()), " ")
	if known, ok := errors.AsType[*model.Error](err); ok && known.Host != "" {
		return strings.Replace(line, known.Host+": ", "", 1)
	}
	return line
}

// Unanswered returns what came instead of an answer to a request, in a few words, if the
// outcome of the request is unknown.
func Unanswered(err error) (answer string, unknown bool) {
	e, _ := errors.AsType[*model.Error](err)
	if !model.OutcomeUnknown(err) {
		return "", false
	}
	if e.Status == 0 {
		return "no answer", true
	}
	message, code := strings.Join(strings.Fields(e.Message), " "), strconv.Itoa(e.Status)
	if rest, ok := strings.CutPrefix(message, code); ok {
		message = strings.TrimSpace(rest)
	}
	return strings.TrimRight(fmt.Sprintf("answer %s: %s", code, message), " .:"), true
}
