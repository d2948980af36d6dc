package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo/demotest"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/inspect"
)

// withRecipes has the recipes of deleted snapshots.
type withRecipes struct {
	demotest.WithoutRecipes
	deleted []model.DeletedSnapshot
	err     error
}

func (t *withRecipes) Deleted(context.Context) ([]model.DeletedSnapshot, error) {
	return t.deleted, t.err
}

// TestCompareWithTheSavedRecipe: of the snapshot that had the name before.
func TestCompareWithTheSavedRecipe(t *testing.T) {
	t.Parallel()
	trash := &withRecipes{}
	h := newHarness(t, func(s *setup) { s.options.Trash = trash })
	h.press("/")
	h.typ("name:node-24-agents")
	h.press("enter")
	current := h.app.selected()
	raw := strings.NewReplacer(current.ID, "0dd00000-0000-4000-8000-000000000000", `"mem":4`, `"mem":16`, "node:24.3-slim", "node:24.1").Replace(current.Raw.String())
	old, err := model.Decode([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	trash.deleted = []model.DeletedSnapshot{{Snapshot: current, At: start}, {Snapshot: old, At: start.Add(-3 * time.Hour)}}
	h.press("x")
	h.sees("COMPARISON", "- node-24-agents  0dd00000  saved recipe of 2026-11-24 19:00:00Z, 3h ago", "+ node-24-agents  "+current.ShortID(), "DIFFERENT  2 properties", "- 16", "+ 4", "node:24.1")
	h.advance(time.Minute)
	h.sees("saved recipe of 2026-11-24 19:00:00Z")
	h.press("q", "enter", "x")
	h.sees("saved recipe of")
	h.press("q")
	trash.deleted, trash.err = nil, errors.New("disk broken")
	h.press("x")
	h.sees("saved recipes cannot be read: disk broken")
	h.misses("COMPARISON")
}

func TestCompareTwoMarkedSnapshots(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("x")
	h.sees("no saved recipe to compare with · or mark exactly two snapshots · space mark")
	h.press("/")
	h.typ("node-2")
	h.press("enter", " ", "x")
	h.sees("mark exactly two snapshots, or none for the saved recipe · space mark")
	h.press(" ", "x")
	h.sees("COMPARISON", "DIFFERENT", "- node-24-agents", "+ node-20-agents")
	h.press("G")
	h.sees("SAME", "DOCKERFILE")
	h.press("/")
	h.typ("DOCKERFILE")
	h.sees("1 of")
	h.press("enter", "q")
	h.misses("COMPARISON")
	if n := h.app.table.MarkCount(); n != 2 {
		t.Fatalf("%d marks", n)
	}
	h.press(" ", "x")
	h.sees("mark exactly two snapshots")
}

// TestCompareKeepsADeletedSnapshot: what is on the screen stays readable.
func TestCompareKeepsADeletedSnapshot(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press(" ", " ", "x")
	h.sees("COMPARISON")
	all := h.app.markedSnapshots()
	compared := inspect.NewComparison(all[0], all[1])
	changed := *compared.Second
	changed.Raw = model.NewRawJSON(`{"name":"changed-elsewhere"}`)
	store, _ := h.app.state.Data.Store.With(&changed)
	store, _ = store.Without(compared.First.ID)
	h.run(h.app.applyStore(store, nil))
	h.press("j", "k")
	h.sees("COMPARISON", compared.First.Name, "changed-elsewhere")
}

// TestCompareWithWhatARebuildReplaced: its recipe is no longer on the disk then.
func TestCompareWithWhatARebuildReplaced(t *testing.T) {
	t.Parallel()
	h := newHarness(t, withRebuilder(&scripted{}))
	h.press("/")
	h.typ("name:node-24-agents")
	h.press("enter")
	old := h.app.selected()
	h.app.runRebuild(old, model.Plan{Snapshot: old}) // running
	h.send(rebuildEventMsg{id: old.ID, event: model.RebuildEvent{Step: model.StepCreate, Phase: model.PhaseProgress, Created: "new-id"}})
	rebuilt, err := model.Decode([]byte(strings.NewReplacer(old.ID, "new-id", `"mem":4`, `"mem":16`).Replace(old.Raw.String())))
	if err != nil {
		t.Fatal(err)
	}
	store, _ := h.app.state.Data.Store.Without(old.ID)
	h.run(h.app.applyStore(store.With(rebuilt)))
	h.send(rebuildEndedMsg{id: old.ID, result: model.RebuildResult{Outcome: model.OutcomeRebuilt, New: rebuilt}})
	h.press("x")
	h.sees("- node-24-agents  "+old.ShortID()+"  saved recipe of 2026-11-24 22:0", "DIFFERENT  1 property", "- 4", "+ 16")
}
