// Package doctor checks whether snapdeck can work on this machine, with this server and
// these credentials.
//
// Each check is one line: what it found and, if something is wrong, what to do. A check that
// depends on a failed one says so: the report is complete even offline, without credentials
// and with a broken configuration. No check contains a credential.
package doctor

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

// Status is the result of a check.
type Status string

// The statuses. Unknown means that the check was not possible.
const (
	OK      Status = "ok"
	Warning Status = "warning"
	Failed  Status = "error"
	Unknown Status = "unknown"
)

// Check is one line of the report.
type Check struct {
	Name   string `json:"check"`
	Status Status `json:"status"`
	Detail string `json:"detail"`
	Remedy string `json:"remedy"` // what to do, "" if nothing
	Err    error  `json:"-"`      // of a failed check; decides the exit code
}

// passed returns a check that found nothing wrong. It may have a hint.
func passed(name, detail, hint string) Check {
	return Check{Name: name, Status: OK, Detail: detail, Remedy: hint}
}

func warning(name, detail, remedy string) Check {
	return Check{Name: name, Status: Warning, Detail: detail, Remedy: remedy}
}

// failed returns a check that found an error. Errors of the API have a remedy of their own;
// the text of others contains one.
func failed(name string, err error) Check {
	c := Check{Name: name, Status: Failed, Detail: err.Error(), Err: err}
	if api, ok := errors.AsType[*model.Error](err); ok {
		c.Detail, c.Remedy = api.Host+": "+api.Message, api.Remedy
	}
	return c
}

func unknown(name, reason string) Check {
	return Check{Name: name, Status: Unknown, Detail: reason}
}

// WriteText writes a line for each check.
func WriteText(w io.Writer, checks []Check) error {
	var out strings.Builder
	for _, c := range checks {
		line := fmt.Sprintf("%-8s %-14s %s", c.Status, c.Name, text.Cell(c.Detail))
		if c.Remedy != "" {
			line += " · " + text.Cell(c.Remedy).String()
		}
		out.WriteString(line + "\n")
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// WriteJSON writes the checks as an array of objects.
func WriteJSON(w io.Writer, checks []Check) error {
	raw, err := json.MarshalIndent(checks, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(w, text.JSON(string(raw)))
	return err
}

// FirstError returns a summary and the error of the first failed check, nil if none did.
func FirstError(checks []Check) (summary string, first error) {
	count := 0
	for _, c := range checks {
		if c.Status == Failed {
			first = cmp.Or(first, c.Err)
			count++
		}
	}
	return format.Plural(count, "error") + " found", first
}
