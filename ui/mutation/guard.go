package mutation

import (
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// recentUse is how long after its last use a disruptive action on a snapshot requires typing its
// name.
const recentUse = 24 * time.Hour

// UsedRecently reports whether a snapshot was used in the last day.
func UsedRecently(s *model.Snapshot, now time.Time) bool {
	used, ok := s.LastUsedAt.Get()
	return ok && now.Sub(used) < recentUse
}

// Word returns what must be typed to confirm the mutation of a snapshot, see [Word]; "" if y is
// enough.
func (m *Mutation) Word(v *row.ViewState, s *model.Snapshot, protect []string) string {
	if m.Disruptive && (model.MatchName(protect, s.Name) || UsedRecently(s, v.Now) || m.OnlyUnused && mayBeInUse(&v.Uses, s)) {
		return Word(s)
	}
	return ""
}

// Word returns the name of a snapshot as it must be typed in a confirmation. It is the id if the
// name cannot be shown unaltered, because the user could not compare the name.
func Word(s *model.Snapshot) string {
	if text.Altered(s.Name) {
		return s.ShortID()
	}
	return s.Name
}
