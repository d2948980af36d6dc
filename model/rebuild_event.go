package model

import (
	"strings"
	"time"
)

// Step is a part of the rebuild workflow.
type Step string

// The steps, in order. A journal entry stores one from StepCandidate to StepCleanup, except
// StepFollow: the steps before it are done, and it may have started.
const (
	StepCheck Step = "check"       // ask the server whether the confirmed plan still holds
	StepSave  Step = "save recipe" // write the journal entry
	// StepServerCheck sends the create while the old snapshot still has the name.
	StepServerCheck Step = "server check"
	StepCandidate   Step = "candidate" // create the candidate and wait until it is active
	StepDelete      Step = "delete"    // ask the server to remove the old snapshot
	StepWait        Step = "wait"      // until the name is free
	StepCreate      Step = "create"    // send the recipe
	StepFollow      Step = "follow"    // until the new snapshot is active or failed
	StepCleanup     Step = "clean up"  // remove the candidate
)

// Label returns the running step in words, as in "waiting for the name". It returns an
// unknown step unchanged.
func (s Step) Label() string {
	switch s {
	case StepCheck:
		return "checking"
	case StepSave:
		return "saving the recipe"
	case StepServerCheck:
		return "checking with the server"
	case StepCandidate:
		return "building a candidate"
	case StepDelete:
		return "deleting"
	case StepWait:
		return "waiting for the name"
	case StepCreate:
		return "creating"
	case StepFollow:
		return "waiting until active"
	case StepCleanup:
		return "removing the candidate"
	default:
		return string(s)
	}
}

// Phase is the progress of a step.
type Phase string

// The phases of a step. A long step reports PhaseProgress repeatedly.
const (
	PhaseStarted  Phase = "started"
	PhaseProgress Phase = "progress"
	PhaseDone     Phase = "done"
	PhaseFailed   Phase = "failed"
)

// RebuildEvent is one report of a running rebuild.
type RebuildEvent struct {
	Step    Step
	Phase   Phase
	At      time.Time     // UTC
	Elapsed time.Duration // since the step started
	Detail  string        // one line; may quote the server
	// Call is the request that has just completed, as in "DELETE /snapshots/3fa2…", for
	// requests that change something. Detail is then the response, Duration the time that
	// the request took, and Err is nil if it was accepted. They are zero in all other
	// events.
	Call     string
	Duration time.Duration
	Err      error
	Created  string // id of the snapshot that the call created, "" for other calls
	// SnapshotID is the snapshot of the step: the old one, the candidate or the new one;
	// "" if it has no id yet.
	SnapshotID string
	State      State // of that snapshot at the last GET, "" if there was none
	Saved      bool  // the journal has the recipe, so the rebuild can be resumed later
}

// CheckNotKnown starts the detail of a server check that proved nothing.
const CheckNotKnown = "server check not known"

// ServerCheckNotKnown reports whether the event is of a server check that proved nothing.
func (e RebuildEvent) ServerCheckNotKnown() bool {
	return e.Step == StepServerCheck && strings.HasPrefix(e.Detail, CheckNotKnown)
}

// Replacement returns the id of the snapshot that the call created in place of the old one,
// "" for a candidate and other calls.
func (e RebuildEvent) Replacement() string {
	if e.Step == StepCandidate {
		return ""
	}
	return e.Created
}

// OldDeleted reports whether the event proves that the old snapshot is deleted.
func (e RebuildEvent) OldDeleted() bool { return e.Step == StepWait && e.Phase == PhaseDone }

// CandidateDeleted reports whether the event proves that the candidate, if it has an id, is
// deleted.
func (e RebuildEvent) CandidateDeleted() bool { return e.Step == StepCleanup && e.Phase == PhaseDone }
