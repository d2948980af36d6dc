package mutation

import (
	"path"
	"slices"
	"strings"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/text"
)

// recentUse is how lately a snapshot must have been used for a grave action to want
// its name typed.
const recentUse = 24 * time.Hour

// usedRecently reports whether a snapshot was used in the last day.
func usedRecently(s *model.Snapshot, now time.Time) bool {
	used, ok := s.LastUsedAt.Get()
	return ok && now.Sub(used) < recentUse
}

// TypedWord is what must be typed before a grave action on the snapshot, "" where y is
// enough. A name that cannot be shown as it is could not be compared by eye, so the
// id is asked for instead.
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

// Protected reports whether one of the patterns (path.Match) covers the name. A
// pattern that cannot be read protects everything. Names are no paths, so a * covers
// a slash too.
func Protected(patterns []string, name string) bool {
	noPath := strings.NewReplacer("/", "\x00")
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		ok, err := path.Match(noPath.Replace(pattern), noPath.Replace(name))
		return ok || err != nil
	})
}
