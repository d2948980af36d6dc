package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"daytona/snapdeck/internal/operate"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// outcome is the end of an action on one snapshot, as -o json prints it.
type outcome struct {
	ID      string          `json:"id"`
	Name    string          `json:"name"`
	Action  string          `json:"action"`
	Outcome operate.Outcome `json:"outcome"` // done, failed, skipped, unknown or not tried
	Reason  string          `json:"reason"`
	Seconds float64         `json:"seconds"`
	NewID   string          `json:"newId,omitempty"` // of the snapshot that was created
	State   model.State     `json:"state,omitempty"` // of that snapshot

	past string // "deleted"
	err  error
}

// printOutcomes prints the results and returns the error with the exit code.
func (s *session) printOutcomes(all []outcome, output string) error {
	var err error
	if output == "json" {
		err = s.printJSON(append([]outcome{}, all...)) // [] for none
	} else {
		lines := make([]text.Line, len(all))
		for i, o := range all {
			lines[i] = o.line()
		}
		err = s.printLines(lines)
	}
	if err != nil {
		return err
	}
	return outcomesError(all)
}

func (o outcome) line() text.Line {
	role, word := theme.Failed, string(o.Outcome)
	switch o.Outcome {
	case operate.Done:
		role, word = theme.Active, o.past
	case operate.Unknown, operate.Skipped, operate.NotTried:
		role = theme.Warning
	}
	line := text.Join(text.Styled(o.Name, theme.Text, nil), text.Lit(": ").As(theme.Text), text.Cell(word).As(role))
	if reason := strings.Join(strings.Fields(o.Reason), " "); reason != "" {
		line = text.Join(line, text.Sprintf(" · %s", reason).As(theme.Text))
	}
	return line
}

// failureCode returns the exit code for an action that was not carried out.
func failureCode(err error) int {
	refused, _ := errors.AsType[*rebuild.RefusedError](err)
	if refused != nil && lacksPermission(refused.Refusals) {
		return exitCredentials
	}
	if code := model.CodeOf(err); code != "" {
		return apiExitCode(code)
	}
	return exitFailed
}

func lacksPermission(refusals []model.Refusal) bool {
	return slices.ContainsFunc(refusals, func(r model.Refusal) bool { return r.Reason == model.ReasonPermission })
}

// outcomesError returns the error for results that were printed, nil if all are done.
func outcomesError(all []outcome) error {
	counts := make(map[operate.Outcome]int)
	var first error
	for _, o := range all {
		counts[o.Outcome]++
		if o.Outcome != operate.Done && first == nil {
			first = o.err
		}
	}
	code := exitFailed
	switch {
	case counts[operate.Done] == len(all):
		return nil
	case counts[operate.Unknown] > 0, counts[operate.Done] > 0:
		code = exitPartial
	case first != nil:
		code = failureCode(first)
	}
	if len(all) == 1 {
		return exitError{errReported, code}
	}
	var parts []string
	for _, kind := range []operate.Outcome{operate.Done, operate.Failed, operate.Skipped, operate.Unknown, operate.NotTried} {
		if n := counts[kind]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, kind))
		}
	}
	return exitError{errors.New(strings.Join(parts, " · ")), code}
}
