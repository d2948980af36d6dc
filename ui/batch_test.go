package ui

import (
	"testing"

	"daytona/snapdeck/model"
)

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

// What is gone when the server asks for silence cannot be sent again. It must stand in
// the report all the same.
func TestABatchLosesNothingThatIsGoneWhenItIsHeldBack(t *testing.T) {
	for name, v := range map[string]*verb{"delete": verbDelete(), "deactivate": verbDeactivate()} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t)
			var targets []*model.Snapshot
			for _, s := range h.app.table.Rows() {
				if len(targets) < 2 && v.refuse(h.app, s) == "" {
					targets = append(targets, s)
				}
			}
			h.app.startBatch(v, targets) // sent, and not answered yet
			limited := &model.Error{Code: model.RateLimited}
			h.app.learnStore(h.app.known.deck.store.Without(targets[0].ID))
			for _, s := range targets {
				h.send(actedMsg{id: s.ID, verb: v, err: limited})
			}
			b := &h.app.batch
			if len(b.queue) != 1 || b.queue[0] != targets[1] || len(b.active) != 0 {
				t.Errorf("%d in the queue, %d under way; what is still there was to wait", len(b.queue), len(b.active))
			}
			if ended := b.done + len(b.failures); ended != 1 {
				t.Errorf("%d of %d ended and %d wait: the report does not add up", ended, b.total, len(b.queue))
			}
		})
	}
}
