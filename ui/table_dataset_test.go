package ui

import (
	"testing"
	"time"

	"daytona/snapdeck/ui/format"
)

// A bulk action brings an answer every few milliseconds. None may wait for what is worked
// out from all snapshots, and that must come to its end though the next is there.
func TestSingleAnswersLeaveTheRestToACommand(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.fill(4000)
	h.press("m")
	a := h.app
	index, deactivating, inEU := a.state.Data.Index, a.state.DeactivatingSoon(), a.state.Data.Totals.Regions["eu"]

	first := a.applyStore(a.state.Data.Store.With(decoded(t, 4000, -13*24*time.Hour)))
	if first == nil || a.state.Data.Index != index {
		t.Fatal("the index is made in the loop")
	}
	for i := 4001; i < 4010; i++ {
		if next := a.applyStore(a.state.Data.Store.With(decoded(t, i, -13*24*time.Hour))); next != nil {
			t.Fatal("an answer does not let the one before come to its end")
		}
	}
	h.run(first)
	if a.state.Data.Behind() || a.table.Len() != 4010 {
		t.Fatalf("%d rows are shown of 4010", a.table.Len())
	}
	// Of the ten 9 have a region. 4009 is the same-ref snapshot of 4008.
	if got := a.state.DeactivatingSoon(); got != deactivating+10 {
		t.Errorf("%d are deactivated soon, want %d", got, deactivating+10)
	}
	if got := a.state.Data.Totals.Regions["eu"]; got != inEU+9 {
		t.Errorf("%d are in the region, want %d", got, inEU+9)
	}
	h.sees(format.Thousands(inEU + 9))
}

// A filter that takes too long leaves the rows unchanged and does not block later ones.
func TestRowsThatCameTooLateAreAskedForAgain(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.fill(4000)
	a := h.app
	a.applyStore(a.state.Data.Store.With(decoded(t, 4000, 0)))
	a.applyStore(a.state.Data.Store.With(decoded(t, 4001, 0)))
	h.send(derivedMsg{generation: a.shown.generation, failed: true})
	if a.table.Len() != 4002 {
		t.Fatalf("%d rows are shown of 4002", a.table.Len())
	}
}
