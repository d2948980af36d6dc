package ui

import (
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

func TestActivityHasTheStartAndTheEndOfAnOutage(t *testing.T) {
	t.Parallel()
	fault := &broken{}
	h := newHarness(t, func(s *setup) { s.handler = fault.over })
	h.advance(time.Second)
	fault.set(hangUp)
	h.advance(time.Minute)
	h.press("a")
	h.sees("✗ outage: 127.0.0.1:00000: connection closed")
	fault.set(status(503, `{"message":"maintenance"}`)) // the same outage
	h.advance(time.Minute)
	fault.set(nil)
	h.advance(time.Minute)
	h.sees("outage ended after ", " · not observed from 22:00:00Z to 22:02:")
	if n := strings.Count(h.screen(), "outage"); n != 2 { // the start and the end; under the list is a later entry, since the cursor was not moved
		t.Fatalf("%d lines about it:\n%s", n, h.screen())
	}
}

func TestActivitySaysThatNothingWasObservedBeforeTheFirstAnswer(t *testing.T) {
	t.Parallel()
	fault := newBroken(status(500, `{}`))
	h := newHarness(t, func(s *setup) { s.handler = fault.over })
	fault.set(nil)
	h.advance(time.Minute)
	h.press("a")
	h.sees("outage ended after 5s · not observed from 22:00:00Z to 22:00:05Z")
}

// While polling is paused, or the machine sleeps, nothing is observed either.
func TestActivitySaysThatNothingWasObservedWhilePaused(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("p")
	h.advance(5 * time.Minute)
	h.press("p", "a")
	h.sees("no poll for 5m00s · not observed from 22:00:00Z to 22:05:00Z")
}

func TestActivityFollowsARebuiltSnapshot(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	old := h.app.selected()
	h.app.activity.AddChanges(h.clock.now, []model.Change{{Kind: model.StateChanged, Before: old, After: old}})
	fresh := *old
	fresh.ID = "00000000-0000-4000-8000-000000000001"
	without, _ := h.app.state.Data.Store.Without(old.ID)
	h.run(h.app.applyStore(without.With(&fresh)))
	h.press("G", "/")
	h.typ("zzz")
	h.press("enter", "a", "G", "enter")
	if s := h.app.selected(); s == nil || s.ID != fresh.ID {
		t.Fatalf("the cursor is on %v", s)
	}
	h.sees("has another id now")
}

// Between its delete and its create, a rebuild has a row of its own.
func TestActivityGoesToARebuildInProgress(t *testing.T) {
	t.Parallel()
	h := newHarness(t, withRebuilder(&scripted{}))
	old := h.app.selected()
	h.app.activity.AddChanges(h.clock.now, []model.Change{{Kind: model.StateChanged, Before: old, After: old}})
	h.app.runRebuild(old, h.app.options.Rebuilder.Plan(h.app.rebuildRequest(old, nil)))
	h.run(h.app.applyStore(h.app.state.Data.Store.Without(old.ID)))
	h.press("j", "j", "a", "j", "enter")
	if s := h.app.selected(); s == nil || s.ID != old.ID {
		t.Fatalf("the cursor is on %v", s)
	}
}

func TestActivityOfADeletedSnapshot(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.run(h.app.applyStore(h.app.state.Data.Store.Without(h.app.selected().ID)))
	h.press("a", "enter")
	h.sees("that snapshot was deleted")
}
