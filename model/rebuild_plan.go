package model

import "time"

// RebuildMode is how a rebuild replaces the snapshot.
type RebuildMode string

// The modes. Their values are in the journal.
const (
	// InPlace deletes the snapshot and creates it again.
	InPlace RebuildMode = "in place"
	// VerifyFirst builds a candidate under a temporary name and deletes the snapshot
	// only when the candidate is active. It is for Dockerfiles only: an image that
	// shared its ref can lose its copy on the runner minutes later, while the server
	// still shows the snapshot as active.
	VerifyFirst RebuildMode = "verify first"
	// Restore creates a deleted snapshot again. It deletes nothing.
	Restore RebuildMode = "restore"
	// Create creates a snapshot that did not exist before.
	Create RebuildMode = "create"
)

// Action returns the action of the mode: "rebuild", "restore" or "create".
func (m RebuildMode) Action() string {
	if m == Restore || m == Create {
		return string(m)
	}
	return "rebuild"
}

// CommonAction returns the action that the modes have in common, "action" if they differ or if
// there are none.
func CommonAction(modes []RebuildMode) string {
	common := "action"
	for i, m := range modes {
		if i > 0 && m.Action() != common {
			return "action"
		}
		common = m.Action()
	}
	return common
}

// RebuildRequest is a requested rebuild with the data that polls have collected. An
// unknown field does not refuse the rebuild: the workflow asks the server before it
// deletes.
type RebuildRequest struct {
	Snapshot   *Snapshot
	Mode       RebuildMode
	Dockerfile *string   // edited by the user, nil to keep the snapshot's own
	RegionID   string    // the region to keep, "" for the default of [Snapshot.CreateRegions]
	Now        time.Time // makes the candidate's name and comment unique
	Name       string    // of a restored snapshot, "" for its own
	Entry      string    // the id of its saved recipe, see [DeletedSnapshot]
	Recipe     *Recipe   // of a snapshot to create, which needs no Snapshot; nil for the other modes

	Store        *Store       // all snapshots, nil if unknown
	Regions      []Region     // of the organization, nil if unknown
	Access       Access       // of the credential, zero if unknown
	Organization Organization // zero if unknown
	Release      string       // of the server, "" if unknown
	ServerCheck  bool         // the server check is on
	JournalErr   error        // why the recipe cannot be saved, nil if it can
}

// Plan is what a rebuild would do. Its texts may quote the server.
type Plan struct {
	Snapshot  *Snapshot
	Mode      RebuildMode
	Recipe    Recipe        // of the new snapshot
	Candidate Recipe        // zero for InPlace
	Refusals  []Refusal     // why the rebuild must not start
	Impact    []Impact      // what it changes or loses, warnings first
	Calls     []PlannedCall // the requests that it sends, in order

	Base           Recipe // of the current snapshot
	Edited         bool   // the Dockerfile is not the snapshot's own
	ServerCheck    bool   // the server is asked first whether it would accept the create
	OrganizationID string // of the listed snapshots, "" if unknown
	Entry          string // of a restore: see [DeletedSnapshot]
}

// Refused reports whether the rebuild must not start.
func (p Plan) Refused() bool { return len(p.Refusals) > 0 || p.Snapshot == nil }

// PlannedCall is one request of a [Plan].
type PlannedCall struct {
	Method string // DELETE, POST, or GET for a wait
	Path   string // below the API's URL; {id} stands for a future id
	Text   string // what the request is for; may quote names
}

// Request returns the method and the path: "DELETE /snapshots/3fa2…".
func (c PlannedCall) Request() string { return c.Method + " " + c.Path }

// Refusal is one reason why a rebuild must not start. Text is one line and may quote
// the server.
type Refusal struct {
	Reason RefusalReason
	Text   string
}

// RefusalReason is the kind of a [Refusal].
type RefusalReason string

// The reasons of a refusal.
const (
	ReasonGeneral      RefusalReason = "general"      // Daytona's own, cannot be deleted
	ReasonState        RefusalReason = "state"        // it is building, being removed or unknown
	ReasonRecipe       RefusalReason = "recipe"       // the source of the snapshot is unknown
	ReasonSandbox      RefusalReason = "sandbox"      // it was created from a sandbox
	ReasonName         RefusalReason = "name"         // the API does not accept the name
	ReasonImage        RefusalReason = "image"        // the API does not accept the image
	ReasonResources    RefusalReason = "resources"    // the API does not accept them
	ReasonClass        RefusalReason = "class"        // the API does not accept the sandbox class
	ReasonRegion       RefusalReason = "region"       // the organization cannot use it
	ReasonPermission   RefusalReason = "permission"   // the credential cannot write or delete
	ReasonQuota        RefusalReason = "quota"        // over the organization's limits
	ReasonSuspended    RefusalReason = "suspended"    // a suspended organization can delete, but not create
	ReasonJournal      RefusalReason = "journal"      // the recipe cannot be saved
	ReasonMode         RefusalReason = "mode"         // not possible in this mode
	ReasonOrganization RefusalReason = "organization" // it belongs to another organization
	ReasonServer       RefusalReason = "server"       // the server check found another reason
	ReasonChanged      RefusalReason = "changed"      // it changed after the confirmation
	ReasonDeleted      RefusalReason = "deleted"      // it was deleted elsewhere
	ReasonNameTaken    RefusalReason = "name taken"   // another snapshot has the name
	ReasonExists       RefusalReason = "exists"       // a restore of what was not deleted
)
