package rebuild

import (
	"fmt"
	"time"

	"daytona/snapdeck/model"
)

// How many recipes of deleted snapshots are kept, besides [model.KeepDeleted].
const (
	// minKept is how long a recipe is kept, however many there are.
	minKept = 30 * 24 * time.Hour
	// maxDeleted is the number of recipes above which those older than minKept are removed.
	maxDeleted = 1000
	// maxDeletedBytes is how much disk space recipes of any age may take.
	maxDeletedBytes = 256 << 20
)

// Evicted is a recipe of a deleted snapshot that was removed to keep the limits.
type Evicted struct {
	Name    string // of the snapshot, or the file if it could not be read
	Deleted time.Time
	Reason  string // "older than 90 days"
}

// String returns one line for a notice. It quotes the name of the snapshot.
func (e Evicted) String() string {
	return fmt.Sprintf("removed the recipe of %s, deleted %s: %s", e.Name, e.Deleted.UTC().Format("2006-01-02"), e.Reason)
}

// EvictDeleted removes the recipes of deleted snapshots that are beyond the limits, oldest
// first, and returns them. A recipe that cannot be removed stays, and the next call tries
// again.
func (j *Journal) EvictDeleted(now time.Time) []Evicted { return j.evictDeleted(now, "") }

// evictDeleted is EvictDeleted, but keeps the file that was just written, whatever the clock
// says.
func (j *Journal) evictDeleted(now time.Time, written string) []Evicted {
	files, err := j.deletedFiles()
	if err != nil {
		return nil
	}
	sizes := make([]int64, len(files))
	var total int64
	for i, file := range files {
		sizes[i], _ = j.dir.Size(file.name) // 0 if it was removed a moment ago
		total += sizes[i]
	}
	var evicted []Evicted
	left := len(files)
	for i, file := range files {
		reason := ""
		switch age := now.Sub(file.at); {
		case file.name == written:
		case age > model.KeepDeleted:
			reason = "older than 90 days"
		case total > maxDeletedBytes:
			reason = "over 256 MiB of recipes"
		case left > maxDeleted && age > minKept:
			reason = "over 1,000 recipes"
		}
		if reason == "" {
			continue
		}
		name := file.name
		if saved, err := j.readDeleted(file); err == nil {
			name = saved.Name
		}
		if j.removeDeleted(file.name) != nil {
			continue
		}
		left--
		total -= sizes[i]
		evicted = append(evicted, Evicted{Name: name, Deleted: file.at, Reason: reason})
	}
	return evicted
}
