package rebuild

import (
	"cmp"
	"time"

	"daytona/snapdeck/model"
)

// startStep reports the start of a step.
func (r *run) startStep(step model.Step) {
	r.step, r.stepStarted, r.stepEnded, r.seen = step, r.o.Now(), false, nil
	r.emit(model.RebuildEvent{Phase: model.PhaseStarted})
}

// progress reports the progress of a step.
func (r *run) progress(detail string) {
	r.emit(model.RebuildEvent{Phase: model.PhaseProgress, Detail: detail})
}

// saw reports the state of the snapshot that the step is about.
func (r *run) saw(s *model.Snapshot) {
	r.seen = s
	r.progress(s.State.Label())
}

// called reports the answer to a call that changes something. created is the id of the
// snapshot that it created, "" for none.
func (r *run) called(call, created string, sent time.Time, err error) {
	detail := "accepted"
	if err != nil {
		detail = err.Error()
	}
	r.emit(model.RebuildEvent{Phase: model.PhaseProgress, Call: call, Duration: r.o.Now().Sub(sent), Detail: detail, Err: err, Created: created})
}

// stepDone reports the end of a step, once.
func (r *run) stepDone() {
	if !r.stepEnded {
		r.stepEnded = true
		r.emit(model.RebuildEvent{Phase: model.PhaseDone})
	}
}

// recipeSaved reports that the recipe is on the disk, and where the old Dockerfile is
// if an edited one replaces it.
func (r *run) recipeSaved() {
	detail := ""
	if file := r.locked.journal.ReplacedDockerfile(r.locked.entry); file != "" {
		detail = "old Dockerfile saved in " + file
	}
	r.stepEnded = true
	r.emit(model.RebuildEvent{Phase: model.PhaseDone, Detail: detail})
}

// stepFailed reports the failure of a step and returns the error.
func (r *run) stepFailed(err error) error {
	r.stepEnded = true
	r.emit(model.RebuildEvent{Phase: model.PhaseFailed, Detail: err.Error()})
	return err
}

func (r *run) emit(e model.RebuildEvent) {
	now := r.o.Now()
	e.Step, e.At, e.Elapsed = r.step, now.UTC(), now.Sub(r.stepStarted).Round(time.Millisecond)
	e.SnapshotID = r.snapshotID()
	e.Saved = r.locked != nil && !r.locked.removed
	if r.seen != nil {
		e.SnapshotID, e.State = r.seen.ID, r.seen.State
	}
	r.report(e)
}

// snapshotID returns the id of the snapshot that the step is about.
func (r *run) snapshotID() string {
	if r.locked == nil {
		return ""
	}
	e := r.locked.entry
	switch r.step {
	case model.StepCandidate, model.StepCleanup:
		if e.Candidate != nil {
			return e.Candidate.ID
		}
		return ""
	case model.StepCreate, model.StepFollow:
		return e.NewID
	case model.StepServerCheck:
		return cmp.Or(e.NewID, e.Old.ID)
	default:
		return e.Old.ID
	}
}
