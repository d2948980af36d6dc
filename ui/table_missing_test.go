package ui

import (
	"net/http"
	"slices"
	"testing"
	"time"
)

// hidden leaves snapshots out of the list, as a server that reads a stale copy.
type hidden struct{ ids []string }

func (f *hidden) over(next http.Handler) http.Handler {
	return editList(next, func(page map[string]any) {
		items := page["items"].([]any)
		kept := slices.DeleteFunc(items, func(item any) bool {
			return slices.Contains(f.ids, item.(map[string]any)["id"].(string))
		})
		page["items"] = kept
		page["total"] = page["total"].(float64) - float64(len(items)-len(kept))
	})
}

// A row that one poll lost is marked, not counted as active and not found as such. It comes
// back without a trace.
func TestARowMissingFromOnePollIsNotActive(t *testing.T) {
	t.Parallel()
	fault := &hidden{}
	h := newHarness(t, func(s *setup) { s.handler = fault.over })
	h.onActive()
	s := h.app.selected()
	all, active := h.app.state.Data.Store.Len(), h.app.state.Data.Store.Count("active")
	fault.ids = []string{s.ID}
	h.press("r")
	h.sees("? 1 not listed", "? not listed", "was active, missing from the last poll")
	if store := h.app.state.Data.Store; store.Len() != all || store.Count("active") != active-1 {
		t.Errorf("%d active of %d, want %d of %d", store.Count("active"), store.Len(), active-1, all)
	}
	h.press("/")
	h.typ("state:active name:=" + s.Name)
	h.sees("0 of ")
	h.press("esc")
	fault.ids = nil
	h.advance(5 * time.Second)
	h.misses("not listed")
	if store := h.app.state.Data.Store; store.Count("active") != active {
		t.Errorf("%d active, want %d", store.Count("active"), active)
	}
}

// onActive puts the cursor on an active snapshot of a unique name.
func (h *harness) onActive() {
	h.t.Helper()
	for _, s := range h.app.table.Rows() {
		if s.State == "active" && !s.General && !h.app.state.Data.Store.HasSameRef(s) {
			h.app.table.Select(s.ID)
			return
		}
	}
	h.t.Fatal("the demo has no active snapshot")
}
