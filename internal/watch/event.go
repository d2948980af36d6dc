package watch

import (
	"strings"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// Kind is the kind of an [Event].
type Kind string

// The kinds.
const (
	Added       Kind = "added"
	Deleted     Kind = "deleted"
	State       Kind = "state"
	Failed      Kind = "failed" // a state that failed, with the reason
	Changed     Kind = "changed"
	Deactivates Kind = "deactivates" // soon, if it is not used
)

// Event is one change, as watch -o jsonl prints it.
type Event struct {
	Time        time.Time   `json:"time"` // when it was seen, UTC
	Kind        Kind        `json:"event"`
	ID          string      `json:"id"`
	Name        string      `json:"name"`
	State       model.State `json:"state"` // now; the last one of a deleted snapshot
	From        model.State `json:"from,omitempty"`
	Reason      string      `json:"reason,omitempty"` // as the server sent it
	Fields      []string    `json:"fields,omitempty"` // of Changed
	Deactivates time.Time   `json:"deactivatesAt,omitzero"`
	Assumed     bool        `json:"assumed,omitempty"` // the time until a deactivation is the default of 14 days
}

// eventOf returns the event for a change.
func eventOf(c model.Change, now time.Time) Event {
	s := c.Snapshot()
	e := Event{Time: now.UTC().Truncate(time.Second), ID: s.ID, Name: s.Name, State: s.State}
	switch c.Kind {
	case model.Added:
		e.Kind = Added
	case model.Deleted:
		e.Kind = Deleted
	case model.StateChanged:
		e.Kind, e.From = State, c.Before.State
	default:
		e.Kind, e.Fields = Changed, c.Fields
	}
	if s.State.Failed() && (e.Kind == State || e.Kind == Added) {
		e.Reason = s.ErrorReason.Value
	}
	if e.Kind == State && s.State.Failed() {
		e.Kind = Failed
	}
	return e
}

// deactivationNotices returns how long before a deactivation it is reported.
func deactivationNotices() []time.Duration {
	return []time.Duration{3 * 24 * time.Hour, 24 * time.Hour, time.Hour}
}

// deactivates returns the event for a snapshot that came closer to its deactivation than one of
// [deactivationNotices] since the last check.
func (w *Watcher) deactivates(before *model.Store, s *model.Snapshot, now time.Time) (Event, bool) {
	next, ok := w.data.Store.DeactivatesAt(s, w.Context.Timeout)
	old, listed := before.Get(s.ID)
	if !ok || !listed || w.data.Store.Missing(s.ID) || !next.At.After(now) {
		return Event{}, false
	}
	earlier, wasActive := before.DeactivatesAt(old, w.Context.Timeout)
	for _, limit := range deactivationNotices() {
		was := wasActive && earlier.At.Sub(w.asOf) <= limit
		if next.At.Sub(now) <= limit && !was {
			return Event{
				Time: now.UTC().Truncate(time.Second), Kind: Deactivates, ID: s.ID, Name: s.Name, State: s.State,
				Deactivates: next.At.UTC(), Assumed: next.Assumed,
			}, true
		}
	}
	return Event{}, false
}

// pollSlack is added to the time that is left: a poll that comes a little after the third day
// has begun says 3d, not 2d.
const pollSlack = time.Minute

// Line returns the event as a line of text.
func (e Event) Line() text.Line {
	line := text.Join(text.Sprintf("%s  ", format.Timestamp(e.Time)).As(theme.Dim), text.Styled(e.Name, theme.Text, nil), text.Lit("  ").As(theme.Text))
	switch e.Kind {
	case Added:
		line = text.Join(line, text.Lit("added, ").As(theme.Text), row.StateLine(e.State))
	case Deleted:
		line = text.Join(line, text.Lit("deleted").As(theme.Text))
	case State, Failed:
		line = text.Join(line, row.StateLine(e.From), text.Lit(" → ").As(theme.Text), row.StateLine(e.State))
	case Deactivates:
		about := text.Safe{}
		if e.Assumed {
			about = text.Lit("~")
		}
		line = text.Join(line, text.Sprintf("deactivates in %s%s", about, format.Age(e.Deactivates.Sub(e.Time)+pollSlack)).As(theme.Warning))
	default:
		line = text.Join(line, text.Sprintf("changed: %s", strings.Join(e.Fields, ", ")).As(theme.Text))
	}
	if reason := strings.Join(strings.Fields(e.Reason), " "); reason != "" {
		line = text.Join(line, text.Sprintf(": %s", reason).As(theme.Text))
	}
	return line
}
