package ui

import "testing"

// A rebuild whose delete was accepted is not over: the others wait for its end, so
// that a batch can be stopped before it has deleted everything.
func TestABatchOfRebuildsIsBounded(t *testing.T) {
	h := newHarness(t, withRebuilder(&scripted{}))
	h.press("*")
	targets := h.app.targets()
	if len(targets) < 3*batchWidth {
		t.Fatalf("only %d targets", len(targets))
	}
	_ = h.app.startBatch(verbRebuild(), targets) // nobody runs them, so none ends
	for range 5 {
		for id := range h.app.batch.active {
			h.app.known.operations[id].sent = h.app.now
		}
		_ = h.app.advanceBatch()
		if n := len(h.app.batch.active); n != batchWidth {
			t.Fatalf("%d rebuilds run at once, want %d", n, batchWidth)
		}
	}
}
