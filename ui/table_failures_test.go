package ui

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// createFailing creates snapshots that fail at once: their images do not exist. The last
// one is the newest.
func (h *harness) createFailing(names ...string) {
	h.t.Helper()
	for _, name := range names {
		h.clock.now = h.clock.now.Add(10 * time.Millisecond)
		if answer := h.call(http.MethodPost, "/api/snapshots", fmt.Sprintf(`{"name":%q,"imageName":"notfound:1.0"}`, name)); answer.StatusCode != http.StatusOK {
			h.t.Fatalf("create %s: %d", name, answer.StatusCode)
		}
	}
}

// snapshot is the listed snapshot with the name.
func (h *harness) snapshot(name string) *model.Snapshot {
	h.t.Helper()
	all := h.app.state.Data.Store.All()
	i := slices.IndexFunc(all, func(s *model.Snapshot) bool { return s.Name == name })
	if i < 0 {
		h.t.Fatalf("no snapshot is called %s", name)
	}
	return all[i]
}

func numbered(name string, n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("%s-%02d", name, i+1)
	}
	return names
}

// seesInFirstRow proves that the row below the headings, with the cursor, is that of a
// snapshot.
func (h *harness) seesInFirstRow(name string) {
	h.t.Helper()
	if _, below, ok := strings.Cut(h.screen(), "  NAME"); ok {
		_, below, _ = strings.Cut(below, "\n")
		if strings.HasPrefix(strings.Replace(below, "•", " ", 1), "▌  "+name) {
			return
		}
	}
	h.t.Fatalf("%s is not in the first row:\n%s", name, h.screen())
}

// On an untouched screen, the newest failure is in the first row, and those
// without a row on the screen are announced.
func TestFailuresOnAnUntouchedScreen(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{40, 10}, {60, 20}, {80, 24}, {100, 30}, {120, 36}, {160, 45}, {200, 50}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, sized(size[0], size[1]))
			for _, name := range numbered("one", 24) { // a poll for each
				h.createFailing(name)
				h.press("r")
				h.seesInFirstRow(name)
			}
			h.misses("new failure") // each was in the first row when it came
			h.createFailing(numbered("brk", 24)...)
			h.press("r")
			h.seesInFirstRow("brk-24")
			if rows := min(strings.Count(h.screen(), "• brk-"), 24); rows < 24 {
				h.sees(fmt.Sprintf("%d new failure", 24-rows), "· e")
			} else {
				h.misses("new failure")
			}
		})
	}
}

// Once the user moved the cursor it stays on its snapshot, and failures out of view are
// announced until e went to each of them.
func TestEGoesToTheNewFailures(t *testing.T) {
	t.Parallel()
	h := newHarness(t, sized(120, 36))
	h.press("G")
	stays := h.cursor()
	h.misses("new failure")
	h.press("e")
	h.sees("no new failures")
	h.createFailing("brk-1", "brk-2", "brk-3")
	h.advance(11 * time.Second)
	if got := h.cursor(); got != stays {
		t.Fatalf("the cursor moved from %s to %s", stays, got)
	}
	for _, step := range []struct{ announced, next string }{{"3 new failures · e", "brk-3"}, {"2 new failures · e", "brk-2"}, {"1 new failure · e", "brk-1"}} {
		h.sees(step.announced)
		h.press("e")
		if got := h.cursor(); got != step.next {
			t.Errorf("e went to %s, want %s", got, step.next)
		}
	}
	h.misses("new failure")
}

// A failure that the filter hides is announced, also over the log and the activity, and
// e clears the filter.
func TestEShowsAFailureThatTheFilterHides(t *testing.T) {
	t.Parallel()
	for _, open := range []string{"", "a", "l", "m", "enter", "?"} {
		h := newHarness(t, func(s *setup) { s.options.Query = "node state:failed" })
		if open != "" {
			h.press(open)
		}
		h.createFailing("brk-1")
		h.press("r")
		h.sees("1 new failure · e")
		h.press("e")
		h.misses("new failure")
		if got := h.cursor(); got != "brk-1" || h.app.filter.Value() != "" {
			t.Errorf("after %q the cursor is on %s, the filter %q", open, got, h.app.filter.Value())
		}
		h.sees("brk-1")
	}
}

// With so many snapshots the rows are computed off the loop: the cursor follows them.
func TestEWaitsForTheRows(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) { s.demo.Size, s.options.Query = 4000, "node" })
	h.createFailing("brk-1")
	h.advance(time.Minute)
	for visits := 0; h.cursor() != "brk-1"; visits++ { // the demo has failures of its own
		if visits == 9 {
			t.Fatalf("e did not go to brk-1 but to %s", h.cursor())
		}
		h.press("e")
	}
}

// An announcement ends when the cursor was there, when 10 minutes passed, and when the
// snapshot failed no longer.
func TestAnAnnouncedFailureEnds(t *testing.T) {
	t.Parallel()
	arrive := func(t *testing.T) *harness {
		h := newHarness(t, sized(80, 24))
		h.press("G")
		h.createFailing("brk-1")
		h.advance(11 * time.Second)
		h.sees("1 new failure · e")
		return h
	}
	t.Run("visited", func(t *testing.T) {
		h := arrive(t)
		h.press("g")
		h.misses("new failure")
	})
	t.Run("old", func(t *testing.T) {
		h := arrive(t)
		announced := func() bool { // the demo has failures of its own
			return h.app.failures.Announces(h.snapshot("brk-1").ID)
		}
		h.advance(9*time.Minute + 40*time.Second)
		if h.sees("new failure", "· e"); !announced() {
			t.Error("it ended after less than 10 minutes")
		}
		if h.advance(30 * time.Second); announced() {
			t.Error("it is announced after 10 minutes")
		}
	})
	t.Run("deleted", func(t *testing.T) {
		h := arrive(t)
		h.call(http.MethodDelete, "/api/snapshots/"+h.snapshot("brk-1").ID, "")
		h.press("r")
		h.misses("new failure")
	})
}

// What the user works with keeps the cursor, though it was not moved.
func TestWorkingWithARowKeepsTheCursor(t *testing.T) {
	t.Parallel()
	for key, moves := range map[string]bool{"enter": false, "2": false, "D": false, "l": false, "?": true, "a": true, "m": true, "s": true, "r": true} {
		h := newHarness(t)
		before := h.cursor()
		h.press(key)
		h.createFailing("brk-1")
		h.advance(11 * time.Second)
		if moved := h.cursor() != before; moved != moves {
			t.Errorf("after %s the cursor moved: %v, want %v", key, moved, moves)
		}
	}
}
