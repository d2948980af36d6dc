package rebuild_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/internal/durable/durabletest"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// delete saves the recipe of the snapshot and deletes it, until a GET says 404.
func (w *world) delete() rebuild.SavedSnapshot {
	w.t.Helper()
	work := w.workflow()
	saved, err := work.SaveRecipe(w.old)
	if err == nil {
		err = work.Delete(w.t.Context(), saved)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	_ = w.clock.Sleep(w.t.Context(), 20*time.Second)
	return w.deleted()[0]
}

func (w *world) deleted() []rebuild.SavedSnapshot {
	w.t.Helper()
	all, err := w.journal().Deleted()
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

func (w *world) restoreRequest(saved rebuild.SavedSnapshot) model.RebuildRequest {
	return model.RebuildRequest{
		Snapshot: saved.Snapshot, Mode: model.Restore, Entry: saved.ID, Now: w.clock.Now(), Regions: w.server.regions,
		Access: w.server.access, Organization: model.Organization{DefaultRegionID: "us"},
	}
}

func (w *world) restore(saved rebuild.SavedSnapshot) (model.RebuildResult, error) {
	w.t.Helper()
	return w.workflow().Run(w.t.Context(), rebuild.Preflight(w.restoreRequest(saved)), w.record)
}

// recipes are the snapshots of the tests that have a recipe.
func recipes() map[string]row {
	gpu := debian()
	gpu.gpu, gpu.more = 1, map[string]any{"gpuType": "H100", "entrypoint": []string{"/bin/bash", "-l"}}
	general := debian()
	general.name, general.image = "team/digest:1", "debian@sha256:"+strings.Repeat("ab", 32)
	inactive := agents()
	inactive.state = model.StateInactive
	empty := agents()
	empty.hashes = nil
	return map[string]row{"dockerfile": agents(), "image": debian(), "gpu": gpu, "digest": general, "inactive": inactive, "no context": empty}
}

// TestRestore deletes and restores each fixture and compares it field by field.
func TestRestore(t *testing.T) {
	t.Parallel()
	for name, fixture := range recipes() {
		w := newWorld(t, fixture)
		saved := w.delete()
		if saved.Name != w.old.Name || saved.Snapshot.Raw.String() == "" || !saved.Deleted.Equal(w.clock.Now().Add(-20*time.Second)) || saved.Elsewhere {
			t.Errorf("%s: saved %+v", name, saved)
		}
		if all, err := w.journal().List(); err != nil || len(all) > 0 {
			t.Errorf("%s: a deleted snapshot is taken for an unfinished rebuild: %+v, %v", name, all, err)
		}
		result, err := w.restore(saved)
		if err != nil || result.Outcome != model.OutcomeRebuilt || result.Entry != "" {
			t.Fatalf("%s: %+v, %v", name, result, err)
		}
		wantSame(t, name, w.old, result.New)
		if left := w.deleted(); len(left) > 0 {
			t.Errorf("%s: the recipe is kept: %+v", name, left)
		}
		w.wantNoEntry()
	}
}

// wantSame compares a restored snapshot with the deleted one, except what a create decides.
func wantSame(t *testing.T, name string, old, restored *model.Snapshot) {
	t.Helper()
	if restored.ID == old.ID || restored.State != model.StateActive {
		t.Errorf("%s: it is %s %s", name, restored.ID, restored.State)
	}
	base, refused := rebuild.RecipeOf(old, "us")
	again, refusedAgain := rebuild.RecipeOf(restored, "us")
	if diff := cmp.Diff(base, again); diff != "" || len(refused)+len(refusedAgain) > 0 {
		t.Errorf("%s: (-old +restored):\n%s%v %v", name, diff, refused, refusedAgain)
	}
	if !old.InRegion(restored.RegionIDs.Value[0]) {
		t.Errorf("%s: it is in %v", name, restored.RegionIDs)
	}
}

// TestRestoreUnderAnotherName refuses a name that is taken and creates under another.
func TestRestoreUnderAnotherName(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	saved := w.delete()
	w.othersAct = true
	other := agents()
	other.dockerfile = "FROM scratch\n"
	taken := w.server.add(other)
	result, err := w.restore(saved)
	refused, ok := errors.AsType[*rebuild.RefusedError](err)
	if !ok || result.Outcome != model.OutcomeUntouched || !result.NameTaken || refused.Refusals[0].Reason != model.ReasonNameTaken || !strings.Contains(err.Error(), taken.id[:8]) {
		t.Fatalf("%+v, %v", result, err)
	}
	store, _ := model.NewStore().Apply([]*model.Snapshot{taken.snapshot()})
	q := w.restoreRequest(saved)
	q.Store = store
	if p := rebuild.Preflight(q); !p.Refused() || p.Refusals[0].Reason != model.ReasonNameTaken {
		t.Errorf("the plan knows of the other: %v", p.Refusals)
	}
	q.Name = "node-20-agents-2"
	result, err = w.workflow().Run(t.Context(), rebuild.Preflight(q), nil)
	if err != nil || result.New.Name != q.Name || len(w.deleted()) > 0 {
		t.Errorf("%+v, %v", result, err)
	}
	q.Name = "with space"
	if p := rebuild.Preflight(q); !p.Refused() || p.Refusals[0].Reason != model.ReasonName {
		t.Errorf("a name that the server refuses: %v", p.Refusals)
	}
	w.wantNoEntry()
}

// TestRestoreRefused keeps the recipe and leaves no entry when the server refuses the create.
func TestRestoreRefused(t *testing.T) {
	t.Parallel()
	for name, deny := range map[string]error{
		"quota": fault(model.Invalid, 400, "Snapshot quota exceeded"),
		"403":   fault(model.Forbidden, 403, "no"),
	} {
		w := newWorld(t, agents())
		saved := w.delete()
		w.server.deny = deny
		result, err := w.restore(saved)
		if !errors.Is(err, deny) || result.Outcome != model.OutcomeUntouched || result.Entry != "" {
			t.Errorf("%s: %+v, %v", name, result, err)
		}
		if all, _ := w.journal().List(); len(all) > 0 || len(w.deleted()) != 1 {
			t.Errorf("%s: left %+v and %+v", name, all, w.deleted())
		}
		w.server.deny = nil
		if result, err := w.restore(w.deleted()[0]); err != nil {
			t.Errorf("%s: again: %+v, %v", name, result, err)
		}
	}
	// After a create without an answer the entry stays.
	w := newWorld(t, agents())
	saved := w.delete()
	posts := 0
	w.at = func(m moment) error {
		if m.call != "POST" || m.when != before {
			return nil
		}
		if posts++; posts == 1 {
			return answers(model.Network, 0)()
		}
		return answers(model.Invalid, 400)()
	}
	if result, err := w.restore(saved); err == nil || result.Outcome != model.OutcomeUnfinished || result.Entry != saved.ID {
		t.Errorf("%+v, %v", result, err)
	}
	w.at = nil
	if result, err := w.resume(); err != nil || result.Outcome != model.OutcomeRebuilt || len(w.deleted()) > 0 {
		t.Errorf("%+v, %v", result, err)
	}
	w.wantWhole()
}

// TestRestoreOnlyWhereItWasDeleted refuses another server, another organization, and a
// snapshot that still exists.
func TestRestoreOnlyWhereItWasDeleted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	saved := w.delete()
	for _, there := range []rebuild.Target{
		{APIURL: "http://127.0.0.1:3000/api", OrganizationID: organization},
		{APIURL: apiURL, OrganizationID: "another"},
		{APIURL: apiURL}, // a key without snapshots, of any organization
	} {
		work := w.workflow(func(o *rebuild.Options) { o.Target = there })
		w.at = func(m moment) error {
			if m.call == "POST" {
				t.Errorf("%+v: %s", there, m)
			}
			return nil
		}
		if result, err := work.Run(t.Context(), rebuild.Preflight(w.restoreRequest(saved)), nil); err == nil || result.Outcome != model.OutcomeUntouched {
			t.Errorf("%+v: %+v, %v", there, result, err)
		}
	}
	w.at = nil
	w.server.mu.Lock()
	again := agents()
	again.id, again.org, again.state = w.old.ID, organization, model.StateActive
	w.server.rows[w.old.ID] = again // the delete was not carried out
	w.server.mu.Unlock()
	if result, err := w.restore(saved); err == nil || !strings.Contains(err.Error(), "it was not deleted") || result.Outcome != model.OutcomeUntouched || len(w.deleted()) != 1 {
		t.Errorf("it exists: %+v, %v", result, err)
	}
}

// TestRestoreWhileRemoving waits for the name.
func TestRestoreWhileRemoving(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	work := w.workflow()
	saved, err := work.SaveRecipe(w.old)
	if err == nil {
		err = work.Delete(t.Context(), saved)
	}
	if err != nil {
		t.Fatal(err)
	}
	if result, err := w.restore(w.deleted()[0]); err != nil || result.Outcome != model.OutcomeRebuilt {
		t.Errorf("%+v, %v", result, err)
	}
	w.wantWhole()

	w = newWorld(t, agents())
	w.server.revertTo = model.StateInactive
	saved, _ = w.workflow().SaveRecipe(w.old)
	_ = w.workflow().Delete(t.Context(), saved)
	result, err := w.restore(w.deleted()[0])
	if !errors.As(err, new(*rebuild.RevertedError)) || result.Outcome != model.OutcomeUntouched || result.Entry != "" || len(w.deleted()) != 1 {
		t.Errorf("%+v, %v", result, err)
	}
}

// TestRestoreFromMemory restores what another client deleted.
func TestRestoreFromMemory(t *testing.T) {
	t.Parallel()
	for _, noTrash := range []bool{false, true} {
		w := newWorld(t, agents())
		w.othersAct = true
		if err := w.server.Delete(t.Context(), w.old.ID); err != nil {
			t.Fatal(err)
		}
		_ = w.clock.Sleep(t.Context(), 20*time.Second)
		work := w.workflow(func(o *rebuild.Options) { o.TrashOff = noTrash })
		w.server.deny = fault(model.Invalid, 400, "Snapshot quota exceeded")
		q := w.restoreRequest(rebuild.SavedSnapshot{Snapshot: w.old})
		result, err := work.Run(t.Context(), rebuild.Preflight(q), nil)
		if err == nil || (result.Outcome == model.OutcomeUntouched) == noTrash {
			t.Errorf("off %v: %+v, %v", noTrash, result, err)
		}
		if kept := w.deleted(); noTrash != (len(kept) == 0) || len(kept) == 1 && !kept[0].Elsewhere {
			t.Errorf("off %v: kept %+v", noTrash, kept)
		}
		w.server.deny = nil
		if noTrash {
			result, err = w.resume()
		} else {
			result, err = work.Run(t.Context(), rebuild.Preflight(q), nil)
		}
		if err != nil || result.Outcome != model.OutcomeRebuilt {
			t.Errorf("off %v: %+v, %v", noTrash, result, err)
		}
		w.wantWhole()
	}
}

// TestNothingIsDeletedUnsaved sends no delete if the recipe cannot be saved or was removed.
func TestNothingIsDeletedUnsaved(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	w.at = func(m moment) error {
		if m.call == "DELETE" {
			t.Errorf("%s", m)
		}
		return nil
	}
	work := w.workflow()
	w.disk.Before = func(durabletest.Op) error { return durabletest.ErrFull }
	if _, err := work.SaveRecipe(w.old); !errors.As(err, new(*model.UnsavedError)) || !errors.Is(err, durabletest.ErrFull) || !strings.HasPrefix(err.Error(), "recipe could not be saved: ") {
		t.Errorf("full disk: %v", err)
	}
	w.hookDisk()
	if err := work.Delete(t.Context(), rebuild.SavedRecipe{}); err == nil {
		t.Error("the zero value allows a delete")
	}
	saved, err := work.SaveRecipe(w.old)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.journal().Purge(w.deleted()[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := work.Delete(t.Context(), saved); !errors.As(err, new(*model.UnsavedError)) {
		t.Errorf("purged: %v", err)
	}
	work = w.workflow(func(o *rebuild.Options) { o.API = w.server }) // which does not check the disk
	if err := work.Delete(t.Context(), work.WithoutRecipe(w.old)); err != nil || w.server.rows[w.old.ID].state != model.StateRemoving {
		t.Errorf("confirmed without: %v", err)
	}
}

// TestRefusedDeleteKeepsNoRecipe removes the recipe of a delete that was not carried out,
// unless an earlier one may be.
func TestRefusedDeleteKeepsNoRecipe(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		err  func() error
		left int
	}{
		"403":       {answers(model.Forbidden, 403), 0},
		"429":       {answers(model.RateLimited, 429), 0},
		"no answer": {answers(model.Network, 0), 1},
		"500":       {answers(model.ServerError, 500), 1},
		"404":       {answers(model.NotFound, 404), 1},
	} {
		w := newWorld(t, agents())
		w.on("DELETE", "", "", tc.err)
		send := func() {
			work := w.workflow()
			saved, err := work.SaveRecipe(w.old)
			if err == nil {
				err = work.Delete(t.Context(), saved)
			}
			if err == nil {
				t.Errorf("%s: no error", name)
			}
			_ = w.clock.Sleep(context.Background(), time.Second)
		}
		send()
		if left := w.deleted(); len(left) != tc.left {
			t.Errorf("%s: left %+v", name, left)
		}
		tc.err = answers(model.Forbidden, 403)
		send()
		if files, _ := filepath.Glob(filepath.Join(w.dir, "*.deleted")); len(files) != tc.left {
			t.Errorf("%s, then refused: left %v", name, files)
		}
	}
}

// TestSavedRecipeIsPrivate checks the mode of the file.
func TestSavedRecipeIsPrivate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	saved := w.delete()
	info, err := os.Stat(saved.File)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	for name, damage := range map[string]func([]byte) []byte{
		"torn":    func(data []byte) []byte { return data[:len(data)/2] },
		"changed": func(data []byte) []byte { return []byte(strings.Replace(string(data), "FROM ", "FORM ", 1)) },
		"foreign": func([]byte) []byte { return []byte("{}") },
	} {
		data, err := os.ReadFile(saved.File)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(saved.File, damage(data), 0o600); err != nil {
			t.Fatal(err)
		}
		if all := w.deleted(); len(all) != 1 || all[0].Err == nil || all[0].Snapshot != nil || !strings.Contains(all[0].Err.Error(), saved.File) {
			t.Errorf("%s: %+v", name, all)
		}
		if _, err := w.restore(saved); err == nil {
			t.Errorf("%s: restored", name)
		}
		if err := os.WriteFile(saved.File, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// unrestorable returns why a snapshot cannot be restored.
func unrestorable(s *model.Snapshot) string {
	if p := rebuild.Preflight(model.RebuildRequest{Snapshot: s, Mode: model.Restore}); p.Refused() {
		return p.Refusals[0].Text
	}
	return ""
}

func TestRestorable(t *testing.T) {
	t.Parallel()
	sandbox := debian()
	sandbox.image = ""
	source := agents()
	source.more = map[string]any{"sourceSandboxId": "8a10"}
	latest := debian()
	latest.image = "debian:latest"
	for want, r := range map[string]row{"": agents(), "taken from a sandbox: there": source, "probably taken from a sandbox": sandbox, "tag latest": latest} {
		r.id = "1"
		if got := unrestorable(r.snapshot()); !strings.Contains(got, want) || (got == "") != (want == "") {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestDeletesAtOnce saves many recipes at the same time, from two dashboards that delete the
// same snapshots.
func TestDeletesAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, row{})
	w.othersAct = true
	const many = 30
	var all sync.WaitGroup
	works := []*rebuild.Workflow{w.workflow(), w.workflow()}
	for i := range many {
		r := debian()
		r.name = fmt.Sprintf("many-%02d", i)
		s := w.server.add(r).snapshot()
		for n, work := range works {
			all.Go(func() {
				saved, err := work.SaveRecipe(s)
				if err == nil {
					err = work.Delete(t.Context(), saved)
				}
				if err != nil {
					t.Errorf("dashboard %d: %v", n, err)
				}
			})
		}
	}
	all.Wait()
	if saved := w.deleted(); len(saved) != many {
		t.Errorf("%d are saved", len(saved))
	}
}

// TestReplacedRecipe deletes although another dashboard replaced the recipe with its own.
func TestReplacedRecipe(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	first, err := w.workflow().SaveRecipe(w.old)
	if err != nil {
		t.Fatal(err)
	}
	_ = w.clock.Sleep(t.Context(), time.Second)
	if _, err := w.workflow().SaveRecipe(w.old); err != nil {
		t.Fatal(err)
	}
	if files := w.files(); len(files) != 1 {
		t.Errorf("saved %q", files)
	}
	if err := w.workflow().Delete(t.Context(), first); err != nil {
		t.Error(err)
	}
}
