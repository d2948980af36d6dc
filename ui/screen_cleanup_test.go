package ui

import (
	"fmt"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
)

// versions gives the list so many old snapshots of one family, and one other.
func (h *harness) versions(n int) {
	h.t.Helper()
	set := []*model.Snapshot{{ID: "other", Name: "other", State: model.StateActive}}
	for i := range n {
		name := fmt.Sprintf("agents:1.%d.0", i)
		set = append(set, &model.Snapshot{ID: name, Name: name, State: model.StateActive, CreatedAt: model.SomeTime(start.AddDate(0, -6, i))})
	}
	store, _ := model.NewStore().Apply(set)
	h.run(h.app.applyStore(store, nil))
	h.send(tea.WindowSizeMsg{Width: h.app.size.X, Height: h.app.size.Y}) // draws
}

// openNamed runs an action of the palette.
func (h *harness) openNamed(action string) {
	h.t.Helper()
	h.press(":")
	h.typ(action)
	h.press("enter")
}

func TestByFamily(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.versions(5)
	h.openNamed("by family")
	h.sees("FAMILY", "agents", "newest first, by version", "agents:1.4.0  agents:1.3.0")
	h.press("enter")
	h.sees("family:=agents")
	if n := h.app.table.Len(); n != 5 {
		t.Fatalf("%d rows", n)
	}
	h.press("esc", ":")
	h.typ("by family")
	h.press("enter", "*")
	if n := h.app.table.MarkCount(); n != 5 {
		t.Errorf("%d marked", n)
	}
}

func TestCleanUpOnlyMarks(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.versions(5)
	h.openNamed("clean up")
	h.sees("delete", "agents:1.1.0", "delete 2 · keep 4", "rule: keep the newest 3")
	h.press("D") // deletes nothing here
	h.sees("delete 2 · keep")
	h.press(" ", "G", " ")
	h.sees("other stays: no version in its name")
	if n := h.app.table.MarkCount(); n != 1 {
		t.Errorf("%d marked", n)
	}
	h.press("enter")
	h.sees("2 snapshots marked · D delete")
	h.misses("UNUSED")
	h.openNamed("clean up")
	h.press("*")
	if n := h.app.table.MarkCount(); n != 0 {
		t.Errorf("%d marked", n)
	}
	h.press("esc")
	h.versions(3)
	h.openNamed("clean up")
	h.press("enter")
	h.sees("there is nothing to clean up")
}
