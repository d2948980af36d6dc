package demo

import (
	"fmt"
	"time"
)

// versionedName returns a name with a version for one sample in four, and for most inactive
// ones, so that there are families to clean up: later samples have higher versions. For others
// it returns the name that they have.
func (w *world) versionedName(s *snapshot) string {
	hash := stableHash(s.name, "family")
	if hash%4 != 0 && (s.state != inactive || hash%4 == 1) {
		return s.name
	}
	age := int((w.start - s.created) / (24 * hour))
	release := fmt.Sprintf("%d.%d", max(60-age/7, 0), 6-age%7)
	var name string
	switch hash / 4 % 4 {
	case 0:
		name = "billing-worker:1." + release
	case 1:
		name = "web/frontend:v2." + release
	case 2:
		name = "eval-nightly-" + time.UnixMilli(int64(s.created)).UTC().Format("20060102")
	default:
		name = fmt.Sprintf("ingest-c%06xe", (hash>>8)%(1<<24)|1)
	}
	if w.nameTaken(name) {
		return s.name
	}
	return name
}
