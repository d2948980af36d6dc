package rebuild

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/model"
)

// Entry is what the journal knows about one operation: everything that it takes to
// finish it, on any machine and at any later time.
type Entry struct {
	ID        string            `json:"id"` // the same for every operation on the same snapshot
	Target    Target            `json:"target"`
	Mode      model.RebuildMode `json:"mode"`
	Step      model.Step        `json:"step"` // at least that far
	Old       OldSnapshot       `json:"old"`
	Recipe    model.Recipe      `json:"recipe"`              // of the new snapshot
	Candidate *CandidateBuild   `json:"candidate,omitempty"` // verify first only
	Edited    *model.Recipe     `json:"edited,omitempty"`    // what Recipe was before it went back to the old Dockerfile
	Replaced  string            `json:"replaced,omitempty"`  // the file beside this one with the old Dockerfile, where another replaces it
	NewID     string            `json:"newId,omitempty"`     // of the new snapshot, once it was accepted
	Started   time.Time         `json:"started"`
	Updated   time.Time         `json:"updated"`
	Err       string            `json:"trouble,omitempty"` // what stopped it last; may quote the server
}

// OldSnapshot is the snapshot that is to be rebuilt.
type OldSnapshot struct {
	ID   string          `json:"id"`
	Name string          `json:"name"`
	JSON json.RawMessage `json:"json"` // as the server sent it
}

// CandidateBuild is the snapshot that is built for a try.
type CandidateBuild struct {
	ID     string       `json:"id,omitempty"` // "" until the server was seen to have it
	Recipe model.Recipe `json:"recipe"`
}

// format is that of an entry's file. A change of what is in an entry raises the
// version, if an older program would do the wrong thing with it.
func entryFormat() durable.Format { return durable.Format{Name: "snapdeck rebuild", Version: 1} }

// entryID names the operations on a snapshot, in a form that can be typed and is
// a safe file name whatever the server calls its snapshots.
func entryID(t Target, snapshotID string) string {
	sum := sha256.Sum256([]byte(normalizeURL(t.APIURL) + "\x00" + t.OrganizationID + "\x00" + snapshotID))
	return hex.EncodeToString(sum[:6])
}

// newEntry is the entry that a plan is begun with.
func newEntry(p model.Plan, fresh *model.Snapshot, t Target, now time.Time) Entry {
	e := Entry{
		ID: entryID(t, fresh.ID), Target: t, Mode: p.Mode, Step: model.StepDelete,
		Old:     OldSnapshot{ID: fresh.ID, Name: fresh.Name, JSON: fresh.Raw},
		Recipe:  p.Recipe,
		Started: now.UTC(), Updated: now.UTC(),
	}
	if p.Mode == model.VerifyFirst {
		e.Step = model.StepCandidate
		e.Candidate = &CandidateBuild{Recipe: p.Candidate}
	}
	return e
}
