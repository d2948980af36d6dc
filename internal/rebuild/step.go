package rebuild

// Step is a part of the workflow.
type Step string

// The steps, in their order. Those from StepCandidate to
// StepCleanup, but for StepFollow, are also what an
// entry says it has reached: that step may have been begun, those before it are
// done.
const (
	StepCheck     Step = "check"       // ask the server whether all is as it was confirmed
	StepSave      Step = "save recipe" // write the journal entry
	StepCandidate Step = "candidate"   // create the candidate and wait until it is active
	StepDelete    Step = "delete"      // ask the server to remove the old snapshot
	StepWait      Step = "wait"        // until the name is free
	StepCreate    Step = "create"      // send the recipe
	StepFollow    Step = "follow"      // until the new snapshot is active or failed
	StepCleanup   Step = "clean up"    // remove the candidate
)

// Steps are the steps of a mode, in their order.
func (m Mode) Steps() []Step {
	if m == VerifyFirst {
		return []Step{StepCheck, StepSave, StepCandidate, StepDelete, StepWait, StepCreate, StepFollow, StepCleanup}
	}
	return []Step{StepCheck, StepSave, StepDelete, StepWait, StepCreate, StepFollow}
}

// Doing tells a user what goes on in the step, as in "waiting for the name". It is
// the step itself where that is none of the above.
func (s Step) Doing() string {
	switch s {
	case StepCheck:
		return "checking"
	case StepSave:
		return "saving the recipe"
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
