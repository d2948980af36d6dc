package activity

import (
	"cmp"
	"slices"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// Record is one entry of the log of actions: that a request was sent for a snapshot, or how
// it ended. It holds no secret.
type Record struct {
	Time         time.Time `json:"time"` // when it was sent or ended, UTC
	Phase        Phase     `json:"phase"`
	Host         string    `json:"host"`
	URL          string    `json:"url,omitempty"` // of the API
	Organization string    `json:"organization,omitempty"`
	Action       string    `json:"action"`
	ID           string    `json:"id"`
	Name         string    `json:"name"`
	Request      string    `json:"request,omitempty"` // "DELETE /snapshots/3fa2…"; "" for the end of a rebuild, which is several
	Sent         time.Time `json:"sent,omitzero"`     // when the request was sent, the same in both entries of one request
	NewID        string    `json:"newId,omitempty"`   // of the snapshot that the request created in place of ID
	Created      time.Time `json:"created,omitzero"`  // when the snapshot ID was created, if there is a NewID
	Outcome      Outcome   `json:"outcome,omitempty"` // "" in the phase [Sent]
	Result       string    `json:"result"`
	Failed       bool      `json:"failed"`  // the outcome is [Failed]
	Seconds      float64   `json:"seconds"` // from the start of the action to its end; of one request of a rebuild, to its answer
}

// Phase is what a [Record] is about.
type Phase string

// The phases.
const (
	Sent  Phase = "sent"
	Ended Phase = "ended"
)

// Outcome is how an action ended.
type Outcome string

// The outcomes.
const (
	Done     Outcome = "done"
	Failed   Outcome = "failed"
	Unknown  Outcome = "unknown"  // whether the server carried it out could not be found out
	Replaced Outcome = "replaced" // while it was unknown, the user sent another request for the snapshot
)

// line returns the record as an entry of the activity.
func (r Record) line() text.Line {
	role := theme.Text
	switch r.Outcome {
	case Failed:
		role = theme.Failed
	case Unknown:
		role = theme.Warning
	}
	return text.Join(
		text.Styled(r.Name, theme.Title, nil),
		text.Sprintf("  %s → ", cmp.Or(r.Request, r.Action)).As(theme.Dim),
		text.Cell(r.Result).As(role),
	)
}

// OutcomeOf returns the outcome of a request with the error.
func OutcomeOf(err error) Outcome {
	switch {
	case err == nil:
		return Done
	case model.OutcomeUnknown(err):
		return Unknown
	default:
		return Failed
	}
}

// WithOutcome returns the record of an end.
func (r Record) WithOutcome(outcome Outcome, result string) Record {
	r.Phase, r.Outcome, r.Result, r.Failed = Ended, outcome, result, outcome == Failed
	return r
}

// Replaced returns the record of a request that created the snapshot with the id in place of an
// old one. It changes nothing for other requests, which have no such id.
func (r Record) Replaced(newID string, old *model.Snapshot) Record {
	if newID != "" && old != nil {
		r.NewID, r.Created = newID, old.CreatedAt.Time()
	}
	return r
}

// OriginalTimes returns the creation times of replaced snapshots, by the id of the new one. A
// snapshot that was replaced several times has the time of the first.
func OriginalTimes(records []Record) map[string]time.Time {
	originals := make(map[string]time.Time)
	for _, r := range records {
		at := r.Created
		if first, ok := originals[r.ID]; ok {
			at = first
		}
		if r.NewID != "" && !at.IsZero() {
			originals[r.NewID] = at
		}
	}
	return originals
}

// Open returns the requests that were sent and have no end with a known outcome, the latest
// of each snapshot.
func Open(records []Record) []Record {
	var open []Record
	for _, r := range records {
		same := func(other Record) bool {
			return other.URL == r.URL && other.Organization == r.Organization && other.ID == r.ID
		}
		switch {
		case r.Phase == Sent:
			open = append(slices.DeleteFunc(open, same), r)
		case r.Outcome != Unknown && !r.Sent.IsZero():
			open = slices.DeleteFunc(open, func(other Record) bool { return same(other) && other.Sent.Equal(r.Sent) })
		}
	}
	return open
}
