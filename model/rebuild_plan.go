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
)

// Steps returns the steps of the mode in their order.
func (m RebuildMode) Steps() []Step {
	if m == VerifyFirst {
		return []Step{StepCheck, StepSave, StepCandidate, StepDelete, StepWait, StepCreate, StepFollow, StepCleanup}
	}
	return []Step{StepCheck, StepSave, StepDelete, StepWait, StepCreate, StepFollow}
}

// RebuildRequest is what the user asks for, together with what the polls know. A
// field that is not known refuses nothing: the workflow asks the server before it
// deletes.
type RebuildRequest struct {
	Snapshot   *Snapshot
	Mode       RebuildMode
	Dockerfile *string   // an edited one; nil keeps the snapshot's own
	Now        time.Time // makes the candidate's name and comment unique

	Store        *Store       // all snapshots, nil where not known
	Regions      []Region     // of the organization, nil where not known
	Access       Access       // of the credential, zero where not known
	Organization Organization // zero where not known
	JournalErr   error        // why the recipe cannot be saved, nil where it can
}

// Plan is what a rebuild would do. Its texts may quote the server.
type Plan struct {
	Snapshot  *Snapshot
	Mode      RebuildMode
	Recipe    Recipe        // of the new snapshot
	Candidate Recipe        // zero in place
	Refusals  []Refusal     // why the rebuild must not start
	Impact    []Impact      // what it changes or loses, warnings first
	Calls     []PlannedCall // what it sends, in this order

	Base           Recipe // what the snapshot is made from now
	Edited         bool   // the Dockerfile is not the snapshot's own
	OrganizationID string // of the listed snapshots, "" where not known
}

// Refused reports whether the rebuild must not start.
func (p Plan) Refused() bool { return len(p.Refusals) > 0 || p.Snapshot == nil }

// PlannedCall is one request of a [Plan].
type PlannedCall struct {
	Method string // DELETE, POST, or GET for a wait
	Path   string // below the API's URL; {id} stands for an id that is not known yet
	Text   string // what the request is for; may quote names
}

// Request returns the method and the path, as in "DELETE /snapshots/3fa2…".
func (c PlannedCall) Request() string { return c.Method + " " + c.Path }

// Refusal is one reason why a rebuild must not start. Text is one line and may quote
// the server.
type Refusal struct {
	Reason RefusalReason
	Text   string
}

// RefusalReason is a kind of [Refusal].
type RefusalReason string

// The reasons.
const (
	ReasonGeneral    RefusalReason = "general"         // Daytona's own, cannot be deleted
	ReasonState      RefusalReason = "state"           // it is building, being removed or unknown
	ReasonRecipe     RefusalReason = "recipe"          // what it was made from is not known
	ReasonSandbox    RefusalReason = "sandbox"         // it was taken from a sandbox
	ReasonName       RefusalReason = "name"            // a create does not accept the name
	ReasonImage      RefusalReason = "image"           // a create does not accept the image
	ReasonResources  RefusalReason = "resources"       // a create does not accept them
	ReasonClass      RefusalReason = "class"           // a create does not accept the sandbox class
	ReasonRegion     RefusalReason = "region"          // the organization cannot use it
	ReasonPermission RefusalReason = "permission"      // the credential cannot write or delete
	ReasonQuota      RefusalReason = "quota"           // over the organization's limits
	ReasonSuspended  RefusalReason = "suspended"       // a suspended organization can delete, but not create
	ReasonJournal    RefusalReason = "journal"         // the recipe cannot be saved
	ReasonMode       RefusalReason = "mode"            // not possible in this mode
	ReasonPlace      RefusalReason = "other place"     // it belongs to another organization
	ReasonChanged    RefusalReason = "changed"         // it changed after the confirmation
	ReasonGone       RefusalReason = "no longer there" // it was deleted elsewhere
)
