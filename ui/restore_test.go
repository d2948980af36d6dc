package ui

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/internal/durable/durabletest"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// engine rebuilds, deletes and restores with the real workflow and a journal.
type engine struct {
	journal *rebuild.Journal
	options rebuild.Options
}

// withEngine gives a dashboard the real workflow. The disk is that of the journal.
func (h *harness) withEngine(disk durable.Disk) *engine {
	h.t.Helper()
	dir, err := durable.OpenOn(disk, h.t.TempDir())
	if err != nil {
		h.t.Fatal(err)
	}
	api, ok := h.app.options.API.(*client.Client)
	if !ok {
		h.t.Fatal("the API is not a client")
	}
	e := &engine{journal: rebuild.NewJournal(dir)}
	e.options = rebuild.Options{API: api, Journal: e.journal, Target: rebuild.Target{APIURL: api.URL(), OrganizationID: api.OrganizationID()}, Now: h.clock.Now, Sleep: h.clock.sleep}
	h.app.options.Rebuilder, h.app.options.Trash = e, e
	return e
}

func (e *engine) Plan(q model.RebuildRequest) model.Plan { return rebuild.Preflight(q) }

func (e *engine) Run(ctx context.Context, p model.Plan, report func(model.RebuildEvent)) (model.RebuildResult, error) {
	return rebuild.New(e.options).Run(ctx, p, report)
}

func (e *engine) Unfinished(context.Context) ([]model.UnfinishedRebuild, error) { return nil, nil }

func (e *engine) Resume(ctx context.Context, id string, report func(model.RebuildEvent)) (model.RebuildResult, error) {
	return rebuild.New(e.options).Resume(ctx, id, report)
}

func (e *engine) Delete(ctx context.Context, s *model.Snapshot) error {
	w := rebuild.New(e.options)
	saved, err := w.SaveRecipe(s)
	if err != nil {
		return err
	}
	return w.Delete(ctx, saved)
}

func (e *engine) DeleteUnsaved(ctx context.Context, s *model.Snapshot) error {
	w := rebuild.New(e.options)
	return w.Delete(ctx, w.WithoutRecipe(s))
}

func (e *engine) Deleted(context.Context) ([]model.DeletedSnapshot, error) {
	all, err := e.journal.Deleted()
	var deleted []model.DeletedSnapshot
	for _, s := range all {
		deleted = append(deleted, model.DeletedSnapshot{Entry: s.ID, Snapshot: s.Snapshot, At: s.Deleted, Elsewhere: s.Elsewhere})
	}
	return deleted, err
}

// onRestorable moves the cursor to an inactive snapshot that can be restored and is built.
func (h *harness) onRestorable() *model.Snapshot {
	h.t.Helper()
	for _, s := range h.app.table.Rows() {
		if s.State == model.StateInactive && !s.General && s.HasDockerfile() && h.typedWord(s) == "" && h.app.state.Unrestorable(s) == "" {
			h.app.table.Select(s.ID)
			return s
		}
	}
	h.t.Fatal("the demo has none")
	return nil
}

// onDeleted moves the cursor of an open list to a deleted snapshot.
func (h *harness) onDeleted(id string) {
	h.t.Helper()
	for range 40 {
		list := h.app.top().(*listLayer).list
		if d, reason := h.app.recipes.UnderCursor(list, h.app.state.Data.Store); reason == "" && d.Snapshot.ID == id {
			return
		}
		h.press("down")
	}
	h.t.Fatalf("it is not listed:\n%s", h.screen())
}

// exists reports whether the server has a snapshot of the name.
func (h *harness) exists(name string) bool {
	h.t.Helper()
	return h.call(http.MethodGet, "/api"+model.SnapshotPath(name), "").StatusCode == http.StatusOK
}

// TestDeleteAndRestore deletes a snapshot and restores it in the view of deleted ones.
func TestDeleteAndRestore(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	e := h.withEngine(durable.OS{})
	s := h.onRestorable()
	h.press("D")
	h.sees("recipe saved to disk first, kept for 90 days")
	h.press("y")
	h.advance(20 * time.Second)
	if h.exists(s.Name) {
		t.Fatal("it was not deleted")
	}
	h.press("U")
	h.sees("restore works on deleted snapshots (u) and on deletions in the activity (a)")
	h.press("u")
	h.onDeleted(s.ID)
	h.sees("DELETED SNAPSHOT", s.Name, "  here  ", "deleted here", "Dockerfile, ", "recipe kept until 2027-02-22", "enter show recipe", "U restore")
	h.press("enter")
	h.sees("RECIPE", "DOCKERFILE", s.ID)
	h.press("/")
	h.typ("FROM")
	h.sees("1 of")
	h.press("enter", "U")
	h.sees("Restore "+s.Name, "POST /snapshots", "new id and creation time", "y restore")
	h.press("y")
	h.advance(time.Second)
	h.sees("restored " + s.Name)
	if !h.exists(s.Name) {
		t.Fatal("it was not restored")
	}
	h.press("esc")
	h.misses("deleted here")
	if all, err := e.journal.Deleted(); err != nil || len(all) > 0 {
		t.Errorf("its recipe is kept: %+v, %v", all, err)
	}
}

// TestRestoreOfWhatOthersDeleted restores from the last poll, from the activity.
func TestRestoreOfWhatOthersDeleted(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.withEngine(durable.OS{})
	s := h.onRestorable()
	h.call(http.MethodDelete, "/api"+model.SnapshotPath(s.ID), "")
	h.advance(40 * time.Second)
	h.press("u")
	h.onDeleted(s.ID)
	h.sees(s.Name, "deleted elsewhere", "in memory only")
	h.press("esc", "a")
	h.onDeleted(s.ID)
	h.press("U")
	h.sees("Restore " + s.Name)
	h.press("y")
	h.advance(time.Second)
	if !h.exists(s.Name) {
		t.Fatal("it was not restored")
	}
	h.press("U")
	h.sees("this entry is not about a deleted snapshot")
}

// TestRestoredElsewhere follows another process that restores from the same journal, without
// requests.
func TestRestoredElsewhere(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	e := h.withEngine(durable.OS{})
	s := h.onRestorable()
	h.press("D", "y")
	h.advance(20 * time.Second)
	h.press("u")
	h.onDeleted(s.ID)
	h.press("enter")
	deleted, err := e.Deleted(t.Context())
	if err != nil || len(deleted) != 1 {
		t.Fatalf("%+v, %v", deleted, err)
	}
	plan := e.Plan(model.RebuildRequest{Snapshot: s, Mode: model.Restore, Name: "elsewhere", Entry: deleted[0].Entry, Now: h.clock.now, Store: h.app.state.Data.Store})
	if _, err := e.Run(t.Context(), plan, nil); err != nil {
		t.Fatal(err)
	}
	h.advance(11 * time.Second)
	h.press("U")
	h.sees("it was restored, or its recipe removed")
	h.press("esc")
	h.misses("deleted here")
}

// TestRestoreUnderAnotherName asks for a name while that of the snapshot is taken.
func TestRestoreUnderAnotherName(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.withEngine(durable.OS{})
	s := h.onRestorable()
	h.press("D", "y")
	h.advance(20 * time.Second)
	h.create(s.Name)
	h.press("u")
	h.onDeleted(s.ID)
	h.press("U", "y") // the dashboard does not know yet
	h.advance(time.Second)
	h.sees("Another name for "+s.Name, "another snapshot has the name", s.Name+"-restored", "enter continue")
	h.press("esc")
	h.advance(10 * time.Second)
	h.onDeleted(s.ID)
	h.press("U")
	h.sees("Another name for " + s.Name)
	h.press("ctrl+u")
	h.typ("x y")
	h.press("enter")
	h.sees("does not accept its name")
	h.press("ctrl+u")
	h.typ("again:1")
	h.press("enter")
	h.sees("Restore " + s.Name + " as again:1")
	h.press("y")
	h.advance(time.Second)
	h.sees("restored again:1")
	if !h.exists("again:1") {
		t.Fatal("it was not restored")
	}
}

// TestRecipeCannotBeSaved sends nothing, and asks again with the name.
func TestRecipeCannotBeSaved(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	disk := new(durabletest.Disk)
	h.withEngine(disk)
	full := true
	disk.Before = func(durabletest.Op) error {
		if full {
			return durabletest.ErrFull
		}
		return nil
	}
	s := h.onRestorable()
	h.press("D", "y")
	h.sees("recipe could not be saved: ", "no space left on device", "nothing was sent yet", "it cannot be restored", "type "+s.Name+" to delete")
	h.press("esc")
	h.advance(20 * time.Second)
	if !h.exists(s.Name) {
		t.Fatal("it was deleted")
	}
	h.press("D", "y")
	h.typ(s.Name)
	h.press("enter")
	h.misses("was not deleted") // that was the first attempt
	h.advance(20 * time.Second)
	if h.exists(s.Name) {
		t.Fatal("it was not deleted")
	}
}

// TestBulkDeleteLeavesOutWhatCannotBeSaved and says so.
func TestBulkDeleteLeavesOutWhatCannotBeSaved(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	disk := new(durabletest.Disk)
	h.withEngine(disk)
	disk.Before = func(durabletest.Op) error { return durabletest.ErrFull }
	h.markOld(3)
	h.press("D")
	h.sees("recipe saved to disk first")
	h.typ("3")
	h.press("enter")
	h.advance(20 * time.Second)
	h.sees("0 deleted", "3 failed", "recipe could not be saved")
	h.misses("type ")
}

// TestRestoreIsRefused where nothing may change, and where no recipe is known.
func TestRestoreIsRefused(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) { s.options.ReadOnly = true })
	h.withEngine(durable.OS{})
	s := h.onRestorable()
	h.call(http.MethodDelete, "/api"+model.SnapshotPath(s.ID), "")
	h.advance(40 * time.Second)
	h.press("u")
	h.sees(s.Name)
	h.press("U")
	h.sees("read-only mode")

	h = newHarness(t)
	h.withEngine(durable.OS{})
	for _, s := range h.app.table.Rows() {
		if strings.Contains(h.app.state.Unrestorable(s), "sandbox") && !s.General {
			h.app.table.Select(s.ID)
			h.press("D")
			h.sees("cannot be restored: ", "sandbox")
			return
		}
	}
	t.Fatal("the demo has no snapshot of a sandbox")
}

// TestSavedRecipesUnreadable says so and lists what was seen.
func TestSavedRecipesUnreadable(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) { s.options.Trash = brokenTrash{} })
	h.press("u")
	h.sees("not all saved recipes can be read: permission denied", "no deleted snapshots")
	h.send(Notices{"removed the recipe of a", "removed the recipe of b"})
	h.sees("removed the recipe of a")
	h.press("esc", "a")
	h.sees("removed the recipe of b")
}

type brokenTrash struct{ Trash }

func (brokenTrash) Deleted(context.Context) ([]model.DeletedSnapshot, error) {
	return nil, errors.New("permission denied")
}
