package rebuild

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/model"
)

// Kind is what the recipe of an entry is kept for.
type Kind string

// The kinds. An entry of any other kind is from a newer program, and is never changed.
const (
	// KindRebuild is an unfinished rebuild.
	KindRebuild Kind = "rebuild"
	// KindRestore is an unfinished restore: a rebuild that has nothing to delete.
	KindRestore Kind = "restore"
	// KindCreate is an unfinished create of a snapshot that did not exist before.
	KindCreate Kind = "create"
	// KindDeleted is the recipe of a deleted snapshot. It is in a file of its own, see
	// [Journal.Deleted], and has neither a mode nor a step.
	KindDeleted Kind = "deleted"
)

// Entry is the journal's record of one rebuild: everything that is needed to resume
// it, on any machine and at any later time.
type Entry struct {
	Kind      Kind              `json:"kind,omitempty"` // "" in entries of older programs: a rebuild
	ID        string            `json:"id"`             // the same for every rebuild of the same snapshot
	Target    Target            `json:"target"`
	Mode      model.RebuildMode `json:"mode"`
	Step      model.Step        `json:"step"` // may have started; earlier ones are done
	Old       OldSnapshot       `json:"old"`
	Recipe    model.Recipe      `json:"recipe"`              // of the new snapshot
	Candidate *CandidateBuild   `json:"candidate,omitempty"` // verify first only
	Edited    *model.Recipe     `json:"edited,omitempty"`    // what Recipe was before the old Dockerfile was restored
	Replaced  string            `json:"replaced,omitempty"`  // the file with the old Dockerfile, "" if no edited one replaces it
	NewID     string            `json:"newId,omitempty"`     // of the new snapshot
	NewSeen   bool              `json:"newSeen,omitempty"`   // a GET showed it with the recipe; older programs did not ask
	NameTaken bool              `json:"nameTaken,omitempty"` // another snapshot had the name when it stopped
	// DeleteSent is when the last delete of the old snapshot without an answer was sent,
	// zero if there is none: it may still be carried out. It is written before the
	// delete.
	DeleteSent time.Time `json:"deleteSent,omitzero"`
	Elsewhere  bool      `json:"elsewhere,omitempty"` // of a deleted snapshot: another client deleted it
	Started    time.Time `json:"started"`
	Updated    time.Time `json:"updated"`
	Err        string    `json:"trouble,omitempty"` // what stopped it last; may quote the server
}

// deletesNothing reports whether the entry is of a restore or a create.
func (e Entry) deletesNothing() bool { return e.Kind == KindRestore || e.Kind == KindCreate }

// OldSnapshot is the snapshot that is rebuilt. For a create it is the planned one, with an id
// that the server does not know.
type OldSnapshot struct {
	ID   string          `json:"id"`
	Name string          `json:"name"`
	JSON json.RawMessage `json:"json"` // as the server sent it
}

// CandidateBuild is the temporary snapshot of a verified rebuild.
type CandidateBuild struct {
	ID     string       `json:"id,omitempty"` // "" until it is known to exist
	Recipe model.Recipe `json:"recipe"`
}

// entryFormat returns the format of an entry's file. Raise the version when an older
// program would do the wrong thing with a changed entry.
func entryFormat() durable.Format { return durable.Format{Name: "snapdeck rebuild", Version: 1} }

// entryID returns the id of the rebuilds of a snapshot. It can be typed and is a safe
// file name for any snapshot id.
func entryID(t Target, snapshotID string) string {
	sum := sha256.Sum256([]byte(normalizeURL(t.APIURL) + "\x00" + t.OrganizationID + "\x00" + snapshotID))
	return hex.EncodeToString(sum[:6])
}

// newEntry returns the first entry of a rebuild.
func newEntry(p model.Plan, fresh *model.Snapshot, t Target, now time.Time) Entry {
	e := Entry{
		Kind: KindRebuild, ID: entryID(t, fresh.ID), Target: t, Mode: p.Mode, Step: model.StepDelete,
		Old:     OldSnapshot{ID: fresh.ID, Name: fresh.Name, JSON: json.RawMessage(fresh.Raw.String())},
		Recipe:  p.Recipe,
		Started: now.UTC(), Updated: now.UTC(),
	}
	switch {
	case p.Mode == model.VerifyFirst:
		e.Step = model.StepCandidate
		e.Candidate = &CandidateBuild{Recipe: p.Candidate}
	case p.ServerCheck:
		e.Step = model.StepServerCheck
	default:
		e.DeleteSent = e.Started // it is sent next
	}
	return e
}
