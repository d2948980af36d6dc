package ui

import "testing"

func TestPaletteFindsActionsByName(t *testing.T) {
	h := newHarness(t)
	h.press(":")
	h.sees("filter by state", "regions", "views")
	h.typ("regi")
	h.press("enter")
	h.sees("where each snapshot can be used")
	h.press("esc", ":")
	h.typ("zzzz")
	h.sees("no action is called so")
	h.press("enter", "esc")
	if len(h.app.layers) != 1 {
		t.Fatal("the palette did not close")
	}
}

func TestPaletteGreysWhatCannotRun(t *testing.T) {
	h := newHarness(t, func(s *setup) { s.options.ReadOnly = true })
	h.press(":")
	h.typ("delete")
	h.sees("read-only: nothing is changed")
	h.press("enter")
	h.sees("! read-only")
	h.misses("DELETE /snapshots/")
}

func TestPaletteAsksBeforeItActs(t *testing.T) {
	h := newHarness(t)
	h.onOldSnapshot()
	h.press("ctrl+p")
	h.typ("delete")
	h.press("enter")
	h.sees("DELETE /snapshots/")
	if len(h.app.known.operations) > 0 {
		t.Fatal("the palette deleted without asking")
	}
}
