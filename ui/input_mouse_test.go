package ui

import (
	"errors"
	"image"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/row"
)

func (h *harness) click(at image.Point) {
	h.t.Helper()
	h.send(tea.MouseMsg{X: at.X, Y: at.Y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
}

// find is where a text is on the screen.
func (h *harness) find(what string) image.Point {
	h.t.Helper()
	for y, line := range strings.Split(h.screen(), "\n") {
		if before, _, ok := strings.Cut(line, what); ok {
			return image.Pt(len([]rune(before)), y)
		}
	}
	h.t.Fatalf("the screen does not show %q", what)
	return image.Point{}
}

func TestClickedCountsFilter(t *testing.T) {
	t.Parallel()
	h := newHarness(t, sized(200, 50))
	h.press("ctrl+t")
	for what, query := range map[string]string{"16 failed": "state:failed", "building": "state:building", "82 active": "state:active"} {
		at := h.find(what)
		h.click(at)
		if got := h.app.filter.Value(); got != query {
			t.Errorf("a click on %q filters by %q", what, got)
		}
		h.click(at)
		if got := h.app.filter.Value(); got != "" {
			t.Errorf("a second click on %q filters by %q", what, got)
		}
	}
	h.run(h.app.setFilter("node"))
	h.click(h.find("120"))
	if got := h.app.filter.Value(); got != "" {
		t.Errorf("a click on the total filters by %q", got)
	}
	for _, nothing := range []string{"snapdeck", "live", "deactivate within"} {
		h.click(h.find(nothing))
	}
	h.press("m")
	h.click(image.Pt(8, 1))
	h.press("esc", "enter")
	if got := h.app.filter.Value(); got != "" {
		t.Errorf("a click elsewhere filters by %q", got)
	}
	h.click(h.find("16 failed"))
	if h.app.filter.Value() != "state:failed" || len(h.app.layers) != 1 {
		t.Error("the details cover the rows of a count")
	}
	h.press("D")
	h.click(image.Pt(40, 1))
	if h.app.filter.Value() != "state:failed" {
		t.Error("a click behind a dialog filters")
	}
}

func TestMouse(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("ctrl+t")
	h.sees("mouse on: ")
	third := h.app.table.Rows()[2]
	h.click(h.find(third.Name))
	if h.cursor() != third.Name {
		t.Fatalf("a click put the cursor on %s", h.cursor())
	}
	h.click(h.find("Dockerfile"))
	if h.app.detail.Open != 1 {
		t.Fatalf("a click on the second tab opened tab %d", h.app.detail.Open+1)
	}
	h.click(h.find(h.heading(row.ColumnName)))
	if h.app.order.Column != row.ColumnName {
		t.Fatalf("a click on the heading sorts by %s", h.app.order.Column)
	}
	h.send(tea.MouseMsg{X: 5, Y: 5, Action: tea.MouseActionPress, Button: tea.MouseButtonWheelDown})
	fourth := h.app.table.Rows()[8]
	h.advance(time.Second)
	h.app.table.Select(fourth.ID)
	at := h.find(fourth.Name)
	h.click(at)
	h.click(at)
	if !h.app.detail.full {
		t.Fatal("a double click did not open the details")
	}
}

func TestDialogIgnoresTheMouse(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.onOldSnapshot()
	h.press("D")
	for y := range 36 {
		for x := 0; x < 120; x += 3 {
			h.app.Update(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
		}
	}
	if len(h.app.state.Pending) > 0 {
		t.Fatal("a click confirmed")
	}
	h.sees("DELETE /snapshots/")
}

func TestWatchNotifiesTheTerminal(t *testing.T) {
	t.Parallel()
	var notified []string
	h := newHarness(t, func(s *setup) {
		s.options.Notify = func(line string) error { notified = append(notified, line); return nil }
	})
	h.onState(mutation.Delete(), model.StateBuilding)
	var name string
	for _, s := range h.app.table.Rows() {
		if s.Name == "payments-node-22" { // the demo's first build to end
			h.app.table.Select(s.ID)
			name = s.Name
		}
	}
	h.press("w")
	h.sees("notification when ")
	h.advance(30 * time.Second)
	if len(notified) != 1 || notified[0] != name+" is active" {
		t.Fatalf("notified %q", notified)
	}
	h.press("w")
	h.sees("and no action is running")
}

// Every rebuild deletes the old snapshot; only its end notifies.
func TestWatchedRebuildNotifiesAtItsEnd(t *testing.T) {
	t.Parallel()
	for wrong, want := range map[string]string{"": " is rebuilt", "the build failed": " was not rebuilt: the build failed"} {
		var notified []string
		h := newHarness(t, withRebuilder(&scripted{}), func(s *setup) {
			s.options.Notify = func(line string) error { notified = append(notified, line); return nil }
		})
		h.onQuiet()
		s := h.app.selected()
		h.app.runRebuild(s, model.Plan{Snapshot: s})
		h.press("w")
		h.send(rebuildEventMsg{id: s.ID, event: model.RebuildEvent{Step: model.StepDelete, Phase: model.PhaseDone, Call: "DELETE /snapshots/" + s.ID, SnapshotID: s.ID}})
		h.call("DELETE", "/api/snapshots/"+s.ID, "")
		h.advance(30 * time.Second)
		h.sees("◆ " + s.Name)
		if len(notified) > 0 {
			t.Fatalf("notified %q before the end", notified)
		}
		ended := rebuildEndedMsg{id: s.ID, result: model.RebuildResult{Outcome: model.OutcomeRebuilt}}
		if wrong != "" {
			ended.result, ended.err = model.RebuildResult{Outcome: model.OutcomeUnfinished}, errors.New(wrong)
		}
		h.send(ended)
		if len(notified) != 1 || notified[0] != s.Name+want {
			t.Errorf("notified %q, want %q", notified, s.Name+want)
		}
	}
}

func TestThemesGoRound(t *testing.T) {
	t.Parallel()
	plain := theme.New(nil, theme.Dark(), theme.ASCII)
	h := newHarness(t, func(s *setup) {
		s.profile = termenv.Ascii
		s.options.Themes = []NamedTheme{{Name: "dark"}, {Name: "plain", Theme: plain}}
	})
	h.press("t")
	h.sees("theme: plain")
	if strings.ContainsRune(h.app.View(), '✓') {
		t.Fatal("the theme is not on")
	}
	h.press("t")
	h.sees("theme: dark")
}

// A click selects a row of a list, a double click does what enter does.
func TestClickedRowsOfLists(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("ctrl+t")
	h.advance(time.Minute)
	h.press("a")
	h.click(h.find("ACTIVITY"))
	at := h.find("go-1-26-ci")
	h.click(at)
	if e, _ := h.app.top().(*listLayer).list.(*activity.List).Cursor(); e.Name != "go-1-26-ci" {
		t.Fatalf("a click selected %q", e.Name)
	}
	h.click(image.Pt(10, 25)) // the details
	h.advance(time.Second)
	h.click(at)
	h.click(at)
	if len(h.app.layers) != 1 || h.cursor() != "go-1-26-ci" {
		t.Fatalf("a double click went to %s:\n%s", h.cursor(), h.screen())
	}
	h.advance(time.Second)
	h.press("b")
	at = h.find("pull: unexpected EOF")
	h.click(at)
	h.advance(time.Second)
	h.click(at)
	if len(h.app.layers) != 2 {
		t.Fatal("two slow clicks opened a group")
	}
	h.click(at)
	if len(h.app.layers) != 1 || h.app.filter.Value() == "" {
		t.Fatalf("a double click did not open the group:\n%s", h.screen())
	}
}
