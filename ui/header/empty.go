package header

import (
	"time"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/poller"
	"daytona/snapdeck/ui/text"
)

// NoSnapshots explains why there are no snapshots, and names the key that polls again.
func NoSnapshots(poll poller.Status, host string, now time.Time, retryKey string) []text.Line {
	switch {
	case poll.Incomplete != nil:
		return []text.Line{text.Lit("No snapshots received.").As(theme.Text), text.Sprintf("%s", poll.Incomplete).As(theme.Dim)}
	case len(poll.Skipped) > 0:
		return []text.Line{text.Lit("No snapshots that can be shown.").As(theme.Text), text.Sprintf("%s", poll.Skipped[0]).As(theme.Dim)}
	case !poll.Updated.IsZero():
		return []text.Line{
			text.Lit("No snapshots in this organization yet.").As(theme.Text),
			text.Lit("New ones appear automatically.").As(theme.Dim),
		}
	case poll.Err != nil:
		return []text.Line{
			text.Sprintf("✗ %s", poll.Err).As(theme.Failed),
			retryLine(poll, now, retryKey).As(theme.Dim),
		}
	default:
		return []text.Line{text.Sprintf("loading snapshots from %s …", host).As(theme.Dim)}
	}
}
