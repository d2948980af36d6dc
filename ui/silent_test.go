package ui

import (
	"reflect"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// A key that the footer names says what it did, or why nothing is to be seen of it.
func TestNoKeyIsSilent(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("enter")
	for _, key := range []string{"left", "right"} {
		h.press(key)
		h.sees("nothing more on that side")
		h.press("esc", "enter")
	}
	h.press("z")
	h.sees("long lines are wrapped")
	h.press("right")
	h.sees("long lines are wrapped · z cut lines")
	h.press("z")
	h.sees("long lines are cut at the edge")
	h.press("esc", "m", "left")
	h.sees("nothing more on that side")
	h.press("esc", "a", "enter")
	h.sees("no changes yet")
}

func TestTheScreenCanBeDrawnAgain(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	_, cmd := h.app.Update(tea.KeyMsg{Type: tea.KeyCtrlL})
	if cmd == nil || reflect.TypeOf(cmd()) != reflect.TypeOf(tea.ClearScreen()) {
		t.Error("ctrl+l clears no screen")
	}
}

// What makes it safe is never cut for what is less.
func TestReadOnlyIsSeenAtEveryWidth(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) {
		s.options.ReadOnly, s.options.Insecure = true, true
		s.options.Host = "a-rather-long-name.of-some.example:8443"
	})
	for width := 40; width <= 130; width++ {
		h.send(tea.WindowSizeMsg{Width: width, Height: 24})
		h.sees("read-only")
	}
}
