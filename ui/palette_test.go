package ui

import (
	"testing"

	"daytona/snapdeck/ui/keys"
)

func TestPaletteFindsActionsByName(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press(":")
	h.sees("filter by state", "regions", "choose view")
	h.typ("regi")
	h.press("enter")
	h.sees("where each snapshot can be used")
	h.press("esc", ":")
	h.typ("zzzz")
	h.sees("no matching action")
	h.press("enter", "esc")
	if len(h.app.layers) != 1 {
		t.Fatal("the palette did not close")
	}
}

// Each action has a name, and a user who took its key away has nothing else.
func TestPaletteFindsEveryAction(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for _, act := range actionTable() {
		if act.Scope&keys.Outside == 0 || act.ID == "palette.open" {
			continue // it stands in the dialog that it is of
		}
		h.press("esc", "esc", ":")
		h.typ(act.Name())
		h.misses("no matching action")
	}
}

func TestPaletteMovesAndTellsWhereTheOthersWork(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	before := h.app.selected()
	h.press(":")
	h.typ("go to bottom")
	h.press("enter")
	if h.app.selected() == before {
		t.Error("the palette did not move the cursor")
	}
	h.press(":")
	h.typ("wrap")
	h.sees("not now: available in: details, build log")
	h.press("enter")
	h.sees("! toggle wrap: available in: details, build log")
	if h.app.detail.pager.Wrapped() {
		t.Error("it was done all the same")
	}
}

func TestPaletteGreysWhatCannotRun(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) { s.options.ReadOnly = true })
	h.press(":")
	h.typ("delete")
	h.sees("read-only mode")
	h.press("enter")
	h.sees("! read-only")
	h.misses("DELETE /snapshots/")
}

func TestPaletteAsksBeforeItActs(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.onOldSnapshot()
	h.press("ctrl+p")
	h.typ("delete")
	h.press("enter")
	h.sees("DELETE /snapshots/")
	if len(h.app.state.Pending) > 0 {
		t.Fatal("the palette deleted without asking")
	}
}
