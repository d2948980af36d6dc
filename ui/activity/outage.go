package activity

import (
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

// longGap is how late a poll must be to be an entry. Polling was paused, or the program
// was suspended.
const longGap = time.Minute

// Observed is what a poll knows about the observation before it.
type Observed struct {
	Updated time.Time // of the last good answer, zero for none
	Due     time.Time // when the poll was due
	Started time.Time // when it started
}

// PollFailed adds the start of an outage, a rate limit or a refusal. The errors of the same kind
// that follow belong to it.
func (l *Log) PollFailed(now time.Time, err error) {
	failure := failureName(model.CodeOf(err))
	if !l.failing.IsZero() && failure == l.failure {
		return
	}
	l.failing, l.failure = now, failure
	l.Add(now, "", text.Sprintf("✗ %s: %s", failure, err).As(theme.Offline))
}

func failureName(code model.ErrorCode) string {
	switch code {
	case model.RateLimited:
		return "rate limit"
	case model.Unauthorized, model.Forbidden, model.NotFound, model.Invalid, model.Conflict:
		return "refusal"
	default:
		return "outage"
	}
}

// PollSucceeded adds the end of what failed, and since when nothing was observed.
func (l *Log) PollSucceeded(now time.Time, o Observed) {
	failing := l.failing
	l.failing = time.Time{}
	from := o.Updated
	if from.IsZero() {
		from = l.started
	}
	gap := text.Sprintf(" · not observed from %s to %s", instant(from, now), instant(now, now))
	switch {
	case !failing.IsZero():
		ended := text.Sprintf("● %s ended after %s", l.failure, format.Wait(now.Sub(failing))).As(theme.Live)
		l.Add(now, "", text.Join(ended, gap.As(theme.Text)))
	case !o.Updated.IsZero() && o.Started.Sub(o.Due) >= longGap:
		l.Add(now, "", text.Sprintf("● no poll for %s%s", format.Wait(o.Started.Sub(from)), gap).As(theme.Stale))
	}
}

// instant returns a time in UTC, with the date where it is another day than now.
func instant(t, now time.Time) string {
	if t, now = t.UTC(), now.UTC(); t.YearDay() == now.YearDay() && t.Year() == now.Year() {
		return t.Format("15:04:05Z")
	}
	return format.Timestamp(t)
}
