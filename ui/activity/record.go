package activity

import (
	"cmp"
	"time"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// Record is one action as it is written to the log of actions: what was sent, for which
// snapshot, and the result. It holds no secret.
type Record struct {
	Time         time.Time `json:"time"` // when it ended, UTC
	Host         string    `json:"host"`
	Organization string    `json:"organization,omitempty"`
	Action       string    `json:"action"`
	ID           string    `json:"id"`
	Name         string    `json:"name"`
	Request      string    `json:"request,omitempty"` // "DELETE /snapshots/3fa2…"; "" for the end of a rebuild, which is several
	Result       string    `json:"result"`
	Failed       bool      `json:"failed"`
	Seconds      float64   `json:"seconds"` // from the start of the action to its end; of one request of a rebuild, to its answer
}

// Line returns the record as an entry of the activity.
func (r Record) Line() text.Line {
	role := theme.Text
	if r.Failed {
		role = theme.Failed
	}
	return text.Join(
		text.Styled(r.Name, theme.Title, nil),
		text.Sprintf("  %s → ", cmp.Or(r.Request, r.Action)).As(theme.Dim),
		text.Cell(r.Result).As(role),
	)
}
