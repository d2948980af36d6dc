package mutation

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"daytona/snapdeck/model"
)

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
