package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

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
		if act.Scope&keys.NonModal == 0 || act.ID == "palette.open" {
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
	if h.app.detail.Pager().Wrapped() {
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

func TestClicksInMenuAndPalette(t *testing.T) {
	t.Parallel()
	h := newHarness(t, sized(100, 30))
	h.press("s")
	h.click(h.find("Sort by"))
	h.click(h.find("regions"))
	h.sees("REGIONS ▼")
	h.press(":")
	h.click(h.find("filter by state"))
	h.sees("Show only")
	h.press("esc", ":")
	wheel := tea.MouseMsg{X: 50, Y: 10, Button: tea.MouseButtonWheelDown, Action: tea.MouseActionPress}
	h.sees(" 1 to ")
	for range 30 {
		h.send(wheel)
	}
	h.misses(" 1 to ")
	wheel.Button = tea.MouseButtonWheelUp
	for range 30 {
		h.send(wheel)
	}
	h.sees(" 1 to ")
}

// What cannot be done now says why, in full, where the palette is on it.
func TestPaletteTellsTheWholeReason(t *testing.T) {
	t.Parallel()
	h := newHarness(t, sized(80, 24))
	h.press(":")
	h.typ("activ")
	h.press("down")
	h.sees("not now: only an inactive snapshot can be activated")
}

func TestPaletteKnowsOtherNames(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"q": "quit", "q!": "quit", "wq": "quit", "exit": "quit", "refresh": "refresh", "logs": "open log", "build": "open log", "describe": "open details",
		"rm": "delete", "R": "rebuild", "D": "delete", "snapshot.delete": "delete", "ctrl+r": "refresh",
	} {
		h := newHarness(t)
		h.press(":")
		h.typ(typed)
		h.sees("▌ " + want + "  ")
	}
}
