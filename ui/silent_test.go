package ui

import (
	"reflect"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
)

// A key that the footer names says what it did, or why nothing is to be seen of it.
func TestNoKeyIsSilent(t *testing.T) {
	h := newHarness(t)
	h.press("enter")
	for _, key := range []string{"left", "right"} {
		h.press(key)
		h.sees("there is nothing more on that side")
		h.press("esc", "enter")
	}
	h.press("z")
	h.sees("long lines are wrapped")
	h.press("right")
	h.sees("long lines are wrapped · z cuts them")
	h.press("z")
	h.sees("long lines are cut at the edge")
	h.press("esc", "m", "left")
	h.sees("there is nothing more on that side")
	h.press("esc", "a", "enter")
	h.sees("nothing happened yet")
}

func TestTheScreenCanBeDrawnAgain(t *testing.T) {
	h := newHarness(t)
	_, cmd := h.app.Update(tea.KeyMsg{Type: tea.KeyCtrlL})
	if cmd == nil || reflect.TypeOf(cmd()) != reflect.TypeOf(tea.ClearScreen()) {
		t.Error("ctrl+l clears no screen")
	}
}

// What makes it safe is never cut for what is less.
func TestReadOnlyIsSeenAtEveryWidth(t *testing.T) {
	for width := 40; width <= 130; width++ {
		h := newHarness(t, sized(width, 24), func(s *setup) {
			s.options.ReadOnly, s.options.Insecure = true, true
			s.options.Host = "a-rather-long-name.of-some.example:8443"
		})
		h.sees("read-only")
	}
}

// A build that takes longer than others did shows when it will be ended.
func TestALongBuildShowsItsDeadline(t *testing.T) {
	h := newHarness(t)
	h.onBuild(model.StateBuilding)
	s := h.app.selected()
	k := &h.app.state
	k.History = model.History{}
	other := *s
	other.ID = "other"
	active := other
	active.State = model.StateActive
	k.History.Observe([]model.Change{{Kind: model.Added, After: &other}}, start)
	k.History.Observe([]model.Change{{Kind: model.StateChanged, Before: &other, After: &active}}, start.Add(2*time.Minute))
	since, ok := k.Since(s)
	if !ok {
		t.Fatal("nobody knows since when it builds")
	}
	k.Now = since.Add(time.Minute)
	if got := k.progressLine(s).String(); got != "1m00s ━━━━━━━─────── ~2m00s" {
		t.Errorf("in time: %q", got)
	}
	k.Now = since.Add(40 * time.Minute)
	if got := k.progressLine(s).String(); got[:len("40m00s of 1h")] != "40m00s of 1h" {
		t.Errorf("late: %q", got)
	}
}
