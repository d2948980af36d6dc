package rebuild

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"daytona/snapdeck/model"
)

// planRestore plans the restore of a deleted snapshot, see [Preflight].
func planRestore(q model.RebuildRequest) model.Plan {
	s := q.Snapshot
	recipe, found := RecipeOf(s, regionOf(q))
	recipe.Name = cmp.Or(q.Name, s.Name)
	refused := refusals(found)
	if s.General {
		refused.add(model.ReasonGeneral, "it belonged to Daytona and cannot be created")
	}
	p := planOnlyCreate(q, s, recipe, refused)
	p.Impact = restoreImpact(p, q)
	return p
}

// planOnlyCreate plans a restore or a create, which delete nothing.
func planOnlyCreate(q model.RebuildRequest, s *model.Snapshot, recipe model.Recipe, refused refusals) model.Plan {
	p := model.Plan{Snapshot: s, Mode: q.Mode, Recipe: recipe, Base: recipe, Entry: q.Entry}
	refused.recipe(p.Recipe)
	refused.region(p.Recipe.RegionID, s, q.Regions)
	refused.permissions(q.Access, model.PermissionWrite)
	if q.Organization.Suspended {
		refused.add(model.ReasonSuspended, "the organization is suspended: it cannot create")
	}
	if q.JournalErr != nil {
		refused.add(model.ReasonJournal, "the recipe cannot be saved: "+q.JournalErr.Error())
	}
	if q.Store != nil {
		p.OrganizationID = q.Store.OrganizationID()
		refused.taken(q.Store, s, recipe.Name)
	}
	p.Refusals = refused
	p.Calls = []model.PlannedCall{
		{Method: "GET", Path: model.SnapshotPath(recipe.Name), Text: "look for the name: if it is taken, nothing is sent"},
		{Method: "POST", Path: "/snapshots", Text: describe(recipe, dockerfileOf(p), q.Regions)},
	}
	return p
}

// taken adds a refusal if another known snapshot has the name.
func (r *refusals) taken(store *model.Store, old *model.Snapshot, name string) {
	for _, other := range store.All() {
		if other.Name == name && !other.General && other.ID != old.ID {
			r.nameTaken(other)
			return
		}
	}
}

func (r *refusals) nameTaken(by *model.Snapshot) {
	r.add(model.ReasonNameTaken, fmt.Sprintf("another snapshot has the name %s (%s): choose another name", by.Name, by.ShortID()))
}

// restoreImpact lists what is different in a restored snapshot, warnings first.
func restoreImpact(p model.Plan, q model.RebuildRequest) []model.Impact {
	var l impactList
	l.regions(p, q)
	if q.Store != nil && p.Recipe.BuildInfo != nil {
		if other := cachedBy(p, q.Store); other != nil {
			l.warn(model.ImpactCached, "same ref as %s: served from cache, no build", other.Name)
		}
	}
	l.source(p)
	l.unchecked(q)
	l.replaced(p.Snapshot, "it was inactive, and is active afterwards")
	return l.sorted()
}

// newRestore returns the entry of a restore or a create. It looks like that of a rebuild that
// has already deleted the old snapshot.
func newRestore(p model.Plan, t Target, step model.Step, now time.Time) Entry {
	kind := KindRestore
	if p.Mode == model.Create {
		kind = KindCreate
	}
	return Entry{
		Kind: kind, ID: entryID(t, p.Snapshot.ID), Target: t, Mode: p.Mode, Step: step,
		// The name is the one that the rebuild waits for.
		Old:     OldSnapshot{ID: p.Snapshot.ID, Name: p.Recipe.Name, JSON: json.RawMessage(p.Snapshot.Raw.String())},
		Recipe:  p.Recipe,
		Started: now.UTC(), Updated: now.UTC(),
	}
}

// restore carries out the plan of a restore or a create, see [Workflow.Run].
func (w *Workflow) restore(ctx context.Context, p model.Plan, r *run) (model.RebuildResult, error) {
	step, err := r.checkRestore(ctx, p)
	if err != nil {
		result := r.result(model.OutcomeUntouched)
		result.NameTaken = isRefusedFor(err, model.ReasonNameTaken)
		return result, r.stepFailed(err)
	}
	r.startStep(model.StepSave)
	target := r.o.Target.withOrganization(p.Snapshot)
	// A recipe that is only in memory is saved first: the restore may be refused.
	if _, unsaved := w.o.Journal.deletedEntry(entryID(target, p.Snapshot.ID)); unsaved != nil && p.Mode == model.Restore && !w.o.TrashOff {
		seen := newDeleted(p.Snapshot, target, w.o.Now())
		seen.Elsewhere = true
		_, _, err = w.o.Journal.saveDeleted(seen)
	}
	var locked *lockedEntry
	if err == nil {
		locked, err = w.o.Journal.create(newRestore(p, target, step, w.o.Now()))
	}
	if err != nil {
		return r.result(model.OutcomeUntouched), r.stepFailed(fmt.Errorf("nothing was created, because the recipe cannot be saved: %w", inDirectory(err)))
	}
	defer locked.release()
	r.locked = locked
	r.recipeSaved()
	return r.advance(ctx, step)
}

// checkRestore asks the server whether the create would be accepted and whether the name is
// free. It changes nothing. It returns the first step.
func (r *run) checkRestore(ctx context.Context, p model.Plan) (model.Step, error) {
	r.startStep(model.StepCheck)
	if p.Refused() {
		return "", &RefusedError{Refusals: p.Refusals}
	}
	if p.Entry != "" {
		saved, err := r.o.Journal.deletedEntry(p.Entry)
		if err == nil {
			err = r.o.Target.Accepts(saved.Target)
		}
		if err != nil {
			return "", err
		}
	}
	info, err := r.orgInfo(ctx)
	if err != nil {
		return "", err
	}
	holder, err := r.getByName(ctx, p.Recipe.Name)
	if err != nil {
		return "", err
	}
	var refused refusals
	refused.place(r.o.Target, p.Snapshot)
	refused.recipe(p.Recipe)
	refused.region(p.Recipe.RegionID, p.Snapshot, info.regions)
	refused.permissions(info.access, model.PermissionWrite)
	refused.quota(info.quota, p.Snapshot, p.Recipe, p.Mode)
	step := model.StepCreate
	switch {
	case holder == nil:
	case holder.ID != p.Snapshot.ID:
		refused.nameTaken(holder)
	case holder.State == model.StateRemoving:
		step = model.StepWait
	default:
		refused.add(model.ReasonExists, "it was not deleted: it is "+holder.State.Label())
	}
	if len(refused) > 0 {
		return "", &RefusedError{Refusals: refused}
	}
	r.stepDone()
	return step, nil
}

// dropRestored removes the recipe of a deleted snapshot once there is proof that the snapshot
// was created again. It does so before the entry of the restore is removed: after a crash in
// between, the resumed restore finds nothing to do.
func (r *run) dropRestored(p proof) {
	e := r.locked.entry
	if e.Kind != KindRestore || !p.holds {
		return
	}
	if err := r.locked.journal.forgetDeleted(e.ID); err != nil {
		r.progress("the saved recipe could not be removed (this does no harm): " + err.Error())
	}
}

func (j *Journal) forgetDeleted(id string) error {
	if err := j.Purge(id); !errors.Is(err, errNoRecipe) {
		return err
	}
	return nil
}

// recipeKept proves that no create was carried out, and that the recipe of a restore is still
// saved as that of a deleted snapshot. Then the entry is not needed: the user can restore the
// snapshot again, for example under another name. A create needs no saved recipe, because the
// caller has it.
func (r *run) recipeKept(err error) proof {
	e := r.locked.entry
	refused := isDefinite(err) || errors.As(err, new(*NameTakenError))
	if !e.deletesNothing() || e.NewID != "" || r.maybeCreated || !refused {
		return proof{}
	}
	if e.Kind == KindCreate {
		return proof{true}
	}
	saved, readErr := r.locked.journal.deletedEntry(e.ID)
	return proof{readErr == nil && saved.Snapshot.ID == e.Old.ID}
}
