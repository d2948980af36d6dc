package activity

import (
	"time"

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

// PollFailed adds the start of an outage. The errors that follow belong to the same one.
func (l *Log) PollFailed(now time.Time, err error) {
	if !l.outage.IsZero() {
		return
	}
	l.outage = now
	l.Add(now, "", text.Sprintf("✗ outage: %s", err).As(theme.Offline))
}

// PollSucceeded adds the end of an outage, and since when nothing was observed.
func (l *Log) PollSucceeded(now time.Time, o Observed) {
	outage := l.outage
	l.outage = time.Time{}
	from := o.Updated
	if from.IsZero() {
		from = l.started
	}
	gap := text.Sprintf(" · not observed from %s to %s", instant(from, now), instant(now, now))
	switch {
	case !outage.IsZero():
		ended := text.Sprintf("● outage ended after %s", format.Wait(now.Sub(outage))).As(theme.Live)
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
