package mutation

import (
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/text"
)

// recentUse is the time after its last use during which a grave action on a snapshot requires
// typing its name.
const recentUse = 24 * time.Hour

// usedRecently reports whether a snapshot was used in the last day.
func usedRecently(s *model.Snapshot, now time.Time) bool {
	used, ok := s.LastUsedAt.Get()
	return ok && now.Sub(used) < recentUse
}

// TypedWord returns what must be typed to confirm a grave action on the snapshot, "" if y is
// enough. If the name cannot be shown unaltered, it is the id, because the user could not
// compare the name.
func TypedWord(s *model.Snapshot, protect []string, now time.Time) string {
	switch {
	case !Protected(protect, s.Name) && !usedRecently(s, now):
		return ""
	case text.Altered(s.Name):
		return s.ShortID()
	default:
		return s.Name
	}
}

// Protected reports whether a name is protected by one of the patterns, see
// [model.MatchName].
func Protected(patterns []string, name string) bool { return model.MatchName(patterns, name) }
