package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

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
