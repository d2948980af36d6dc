package rebuild

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"daytona/snapdeck/model"
)

// ServerCheck asks the server whether it accepts the create of a rebuild before anything
// is deleted: it sends the create while the old snapshot still has the name. The server
// checks the name last, so 409 means that everything else is accepted. Nothing is created.
//
// Workflows that share a ServerCheck send one at a time, because each counts against the quota
// while the server works on it.
type ServerCheck struct{ slot chan struct{} }

// NewServerCheck returns a server check.
func NewServerCheck() *ServerCheck { return &ServerCheck{slot: make(chan struct{}, 1)} }

// acquire waits until no other check is running. The caller must call release.
func (c *ServerCheck) acquire(ctx context.Context) (release func(), err error) {
	select {
	case c.slot <- struct{}{}:
		return func() { <-c.slot }, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// nameCheckedLast are the releases that check the name of a create after everything else,
// each with how that was measured. On any other release a 409 proves nothing.
var nameCheckedLast = map[string]string{
	"0.190.0": "2026-11-28: 45 creates with one thing wrong each, and all rows before and after",
}

// checksNameLast reports whether a release is known to check the name last.
func checksNameLast(release string) bool {
	_, measured := nameCheckedLast[strings.TrimPrefix(release, "v")]
	return measured
}

// verdict is what an answer to the server check means.
type verdict uint8

const (
	verdictNotKnown verdict = iota // the rebuild continues as without a check
	verdictAccepted                // everything but the name is accepted
	verdictRefused                 // the create would be refused after the delete, too
	verdictCreated                 // the name was free: this is the new snapshot
)

// judge returns what the answer to a server check means, and the same in one line. old is the
// snapshot that had the name just before.
func judge(made *model.Snapshot, err error, old *model.Snapshot) (v verdict, detail string) {
	failed, isAPI := errors.AsType[*model.Error](err)
	_, quota := model.ExceededSnapshotQuota(err)
	switch {
	case err == nil && (made == nil || made.ID == old.ID || made.Name != old.Name):
		return verdictNotKnown, model.CheckNotKnown + ": the answer is not a new snapshot"
	case err == nil:
		return verdictCreated, "the name was free: the server answered with a new snapshot"
	case codeOf(err) == model.Conflict && checksNameLast(failed.Release):
		return verdictAccepted, "server check passed: only the name is taken"
	case codeOf(err) == model.Conflict && failed.Release != "":
		return verdictNotKnown, fmt.Sprintf("%s: release %s may check the name first", model.CheckNotKnown, failed.Release)
	case codeOf(err) == model.Conflict:
		return verdictNotKnown, model.CheckNotKnown + ": the answer does not name the release"
	case quota && old.State.CountsAgainstQuota():
		return verdictNotKnown, model.CheckNotKnown + ": the quota is full, and the delete makes room"
	case isDefinite(err), isAPI && failed.Status == http.StatusNotFound:
		short := *failed
		short.Host = "" // it is on the screen already
		return verdictRefused, "the server refuses the create: " + short.Error()
	default:
		return verdictNotKnown, model.CheckNotKnown + ": " + err.Error()
	}
}

// refusalReason is the kind of refusal that the answer of the server is.
func refusalReason(err error) model.RefusalReason {
	_, quota := model.ExceededSnapshotQuota(err)
	switch {
	case quota:
		return model.ReasonQuota
	case codeOf(err) == model.Forbidden, codeOf(err) == model.Unauthorized:
		return model.ReasonPermission
	default:
		return model.ReasonServer
	}
}

// askServer performs the server check and returns the next step. It sends the create only
// if a GET just before shows the old snapshot.
func (r *run) askServer(ctx context.Context) (model.Step, error) {
	release, err := r.o.ServerCheck.acquire(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	old, next, err := r.findOld(ctx)
	switch {
	case ctx.Err() != nil:
		return "", context.Cause(ctx)
	case err != nil:
		return "", r.untouched(err)
	case old == nil: // deleted elsewhere
		return next, nil
	case old.General: // the delete is refused
		return model.StepDelete, r.beforeDelete()
	}
	r.old = old
	sent := r.o.Now()
	made, err := r.remote.create(ctx, r.locked.entry.Recipe)
	r.checkUnclear = err == nil || isUnknown(err)
	r.maybeCreated = r.maybeCreated || r.checkUnclear
	v, detail := judge(made, err, old)
	newID := ""
	if v == verdictCreated {
		newID = made.ID
	}
	r.checked(sent, detail, newID, err)
	if v == verdictRefused {
		return "", r.untouched(&RefusedError{Refusals: []model.Refusal{{Reason: refusalReason(err), Text: detail}}})
	}
	if v == verdictCreated {
		next, err := r.adopt(ctx, made)
		if err != nil || r.created != nil {
			return next, err
		}
	}
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	return model.StepDelete, r.beforeDelete()
}

// checked reports the answer to the check. A 409 is expected, so it is no failure.
func (r *run) checked(sent time.Time, detail, newID string, err error) {
	if codeOf(err) == model.Conflict {
		err = nil
	}
	r.emit(model.RebuildEvent{
		Phase: model.PhaseProgress, Call: "POST /snapshots", Duration: r.o.Now().Sub(sent), Detail: detail, Created: newID, Err: err,
	})
}

// adopt makes the snapshot that the check created the new one, once a GET shows it. If the
// server does not show it, r.created stays nil.
func (r *run) adopt(ctx context.Context, made *model.Snapshot) (model.Step, error) {
	e := &r.locked.entry
	e.NewID = made.ID
	r.note(model.StepCreate) // a resumed run looks for it before it sends a create
	shown, err := r.confirm(ctx, e.Recipe, made.ID)
	if errors.Is(err, errNotShown) {
		e.NewID = ""
		return "", nil
	}
	if err != nil {
		return "", err
	}
	r.created = shown
	e.NewID, e.NewSeen = shown.ID, true
	r.saw(shown)
	if old, err := r.remote.byID(ctx, e.Old.ID); err == nil && old == nil {
		r.oldDeleted = true
	}
	if r.o.AcceptOnly {
		return "", nil
	}
	return model.StepFollow, nil
}

// untouched returns the error in a form that ends the rebuild and removes its entry, if this
// run saw the old snapshot: nothing was deleted.
func (r *run) untouched(err error) error {
	if p := oldExists(r.locked.entry, r.old, r.o.Now()); p.holds {
		return &untouchedError{proof: p, old: r.old, err: err}
	}
	return err
}

// beforeDelete notes in the journal that the delete is sent next. If that fails, it must not be
// sent: a resumed run would take the old snapshot for untouched.
func (r *run) beforeDelete() error {
	e := &r.locked.entry
	e.Step, e.Updated = model.StepDelete, r.o.Now().UTC()
	e.DeleteSent = e.Updated
	if err := r.locked.save(); err != nil {
		e.DeleteSent = time.Time{} // it is not sent
		return r.untouched(fmt.Errorf("nothing was deleted, because the journal cannot be written: %w", err))
	}
	return nil
}
