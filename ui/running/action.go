// Package running holds the running actions: requests with an outcome that is not known yet.
package running

import (
	"context"
	"time"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// Action is a running mutation of one snapshot, which has at most one.
type Action struct {
	row.Pending
	Mutation   *mutation.Mutation
	Follow     mutation.Follow
	Fetching   bool // a GET is in flight
	SlowWarned bool // a toast said that it takes long

	HadCursor  bool                    // the cursor was on it, and moves with it
	DeletedID  string                  // the snapshot that its steps deleted, "" for none
	Stop       context.CancelCauseFunc // ends a workflow
	Stopped    bool                    // the user stopped it, and it has not ended yet
	RecipeKept bool                    // it ended with its recipe still in the journal
}

// NewAction returns the running action for a mutation that starts now.
func NewAction(m *mutation.Mutation, id, name string, now time.Time) *Action {
	return &Action{Mutation: m, Pending: row.Pending{ID: id, Name: name, Action: m.Name, Past: m.Past, Shows: m.Shows, Started: now}}
}

// ShowFollow updates what the row shows of the request.
func (a *Action) ShowFollow() {
	a.Unknown, a.AskAt = "", a.Follow.Next()
	if a.Follow.Unknown() {
		a.Unknown = a.Follow.Reason()
	} else {
		a.Sent = a.Follow.Since()
	}
}

// UnansweredLine returns the entry of the activity for a request that the server may or may not
// have carried out.
func (a *Action) UnansweredLine() text.Line {
	return text.Join(
		text.Styled(a.Name, theme.Title, nil),
		text.Sprintf("  %s → %s, outcome unknown", a.Mutation.Name, a.Unknown).As(theme.Warning))
}

// DoneDetails describes the success of an action.
func (a *Action) DoneDetails(now time.Time) string {
	if a.Follow.Late() {
		return "sent " + format.Timestamp(a.Started) + ", its end was not seen then"
	}
	return "took " + format.Seconds(now.Sub(a.Started))
}
