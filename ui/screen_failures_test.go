package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
)

// pulls gives the list so many snapshots that failed to pull, each another image, and
// one that failed for another reason.
func (h *harness) pulls(n int) {
	h.t.Helper()
	set := []*model.Snapshot{{
		ID: "other", Name: "other", State: model.StateBuildFailed,
		ErrorReason: model.Optional[string]{Value: `process "npm ci" failed: exit code: 1`, Presence: model.Present},
	}, {ID: "fine", Name: "fine", State: model.StateActive}, {ID: "mystery", Name: "mystery", State: model.StateError}}
	for i := range n {
		image := fmt.Sprintf("acme/image-%d:1.%d", i, i)
		set = append(set, &model.Snapshot{
			ID: fmt.Sprint("pull-", i), Name: fmt.Sprint("pull-", i), State: model.StateError,
			ImageName:   model.Optional[string]{Value: image, Presence: model.Present},
			ErrorReason: model.Optional[string]{Value: "failed to pull image " + image + ": unexpected EOF", Presence: model.Present},
			UpdatedAt:   model.SomeTime(start.Add(-time.Minute)),
		})
	}
	store, _ := model.NewStore().Apply(set)
	h.run(h.app.applyStore(store, nil))
	h.send(tea.WindowSizeMsg{Width: h.app.size.X, Height: h.app.size.Y}) // draws
}

func TestFailuresByReason(t *testing.T) {
	t.Parallel()
	for _, open := range [][]string{{"b"}, {"v", "j", "j", "j", "j", "j", "j", "enter"}, {":", "f", "a", "i", "l", "u", "r", "e", "s", "enter"}} {
		h := newHarness(t)
		h.pulls(7)
		h.press(open...)
		h.sees("COUNT", "7 1m ago pull: unexpected EOF", "failed to pull image …: unexpected EOF", "1 – process \"npm ci\" failed: exit code: 1", "1 – the server gave no reason", "pull-0  pull-1")
		h.press("enter")
		h.sees(`state:failed reason:"=failed to pull image …: unexpected EOF"`)
		if n := h.app.table.Len(); n != 7 {
			t.Fatalf("%v: %d rows", open, n)
		}
		h.press("esc")
		if n := h.app.table.Len(); n != 10 {
			t.Fatalf("%v: %d rows without the filter", open, n)
		}
	}
}

func TestFailuresWithQuotesOrNoReasonAreFound(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.pulls(2)
	for down, want := range []string{"pull-0 pull-1", "other", "mystery"} {
		h.press("b")
		for range down {
			h.press("j")
		}
		h.press("enter")
		var names []string
		for _, s := range h.app.table.Rows() {
			names = append(names, s.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("group %d shows %q, want %q", down, got, want)
		}
		h.press("esc")
	}
}

func TestFailuresAreMarkedByGroup(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.pulls(5)
	h.press("b", "*")
	h.sees("5 snapshots marked · esc back")
	h.press("j", "*", "esc")
	if marked := h.app.table.Marked(); len(marked) != 6 || !strings.HasPrefix(marked[0], "pull-") {
		t.Fatalf("marked are %v", marked)
	}
	h.press("b", "*", "esc")
	if marked := h.app.table.Marked(); len(marked) != 1 || marked[0] != "other" {
		t.Fatalf("a second time leaves the marks %v", marked)
	}
}

func TestFailuresFollowTheList(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.pulls(3)
	h.press("b")
	h.pulls(4)
	h.sees("4 1m ago pull: unexpected EOF")
	store, changes := h.app.state.Data.Store.Apply([]*model.Snapshot{{ID: "fine", Name: "fine", State: model.StateActive}})
	store, more := store.Apply([]*model.Snapshot{{ID: "fine", Name: "fine", State: model.StateActive}})
	h.run(h.app.applyStore(store, append(changes, more...)))
	h.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	h.sees("no snapshot is failed")
	h.press("enter", "*")
	h.sees("0 snapshots marked")
}
