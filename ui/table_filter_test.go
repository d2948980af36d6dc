package ui

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/ui/row"
)

func TestFilterMistakesHintsCompletionAndHistory(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("/")
	h.typ("used:>soon")
	h.sees("expected")
	h.press("esc", "/")
	h.typ("stat")
	h.press("tab")
	h.sees("/ state:")
	h.press("esc", "/")
	h.typ("node")
	h.press("enter", "/")
	for range "node" {
		h.press("backspace")
	}
	h.press("up")
	h.sees("/ node█")
}

func TestViews(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) { s.options.Views = []row.View{{Name: "mine", Query: "name:payments", Sort: "age"}} })
	h.press("v")
	h.sees("Views", "failed", "deactivating soon", "mine")
	h.press("j", "enter")
	for _, s := range h.app.table.Rows() {
		if !s.State.Failed() {
			t.Fatalf("%s is %s", s.Name, s.State)
		}
	}
	h.press("v", "G", "enter")
	h.sees("payments")
	if h.app.order.Column != "age" {
		t.Fatalf("sorted by %s", h.app.order.Column)
	}
}

// Esc in the filter is as if / had not been pressed.
func TestCancelledFilterRestoresCursorAndView(t *testing.T) {
	t.Parallel()
	for _, before := range []string{"", "state:active"} {
		for _, keys := range [][]string{nil, {"G"}, {"G", "k", "k"}, {"G", "g", "ctrl+d", "ctrl+d", "ctrl+u"}} {
			h := newHarness(t, sized(100, 20))
			if before != "" {
				h.run(h.app.setFilter(before))
				h.send(tea.WindowSizeMsg{Width: 100, Height: 20}) // draws
			}
			h.press(keys...)
			visible := func() []string {
				names := []string{"cursor: " + h.cursor(), "filter: " + h.app.filter.Value()}
				for _, s := range h.app.table.Visible() {
					names = append(names, s.Name)
				}
				return names
			}
			want := visible()
			h.press("/")
			h.typ(" node")
			h.press("down", "esc")
			if diff := cmp.Diff(want, visible()); diff != "" {
				t.Errorf("after %q, %v (-want +got):\n%s", before, keys, diff)
			}
		}
	}
}

func TestKeptFilterStaysOnWhatWasFound(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("G", "/")
	h.typ("payments")
	found := h.cursor()
	h.press("enter", "esc")
	if h.cursor() != found || h.app.filter.Value() != "" {
		t.Fatalf("the cursor is on %s, not on %s", h.cursor(), found)
	}
	h.advance(30 * time.Second)
	if h.cursor() != found {
		t.Fatalf("later the cursor is on %s, not on %s", h.cursor(), found)
	}
}

// With many snapshots the rows of a filter come later than the next keys.
func TestFilterThatIsSlowerThanTheKeys(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) { s.demo.Size = 3000 })
	h.press("G")
	before := h.cursor()
	var late tea.Cmd
	slow := func(key string) {
		_, late = h.app.Update(keyNamed(key))
	}
	h.press("/")
	slow("p")
	slow("esc")
	h.run(late)
	if h.cursor() != before {
		t.Fatalf("after esc the cursor is on %s, not on %s", h.cursor(), before)
	}
	h.press("/")
	slow("p")
	h.app.Update(keyNamed("enter"))
	h.run(late)
	found := h.cursor()
	h.press("esc")
	if h.cursor() != found {
		t.Fatalf("the cursor is on %s, not on %s", h.cursor(), found)
	}
}

// While something is open over the table, esc closes that: the filter does not promise it.
func TestOneLabelForEscWithAFilter(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("/")
	h.typ("node-20-agents")
	h.sees("esc cancel")
	h.press("enter")
	h.sees("esc clear filter")
	h.press("D")
	h.sees("esc cancel")
	if n := strings.Count(h.screen(), "esc "); n != strings.Count(h.screen(), "esc cancel") {
		t.Errorf("esc has two labels:\n%s", h.screen())
	}
}
