package ui

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/inspect"
	"daytona/snapdeck/ui/layout"
	"daytona/snapdeck/ui/mutation"
)

// call asks the demo API directly, as another client of the organization would.
func (h *harness) call(method, path, body string) *http.Response {
	h.t.Helper()
	request := httptest.NewRequest(method, path, strings.NewReader(body))
	request.Header.Set("Authorization", "Bearer "+demo.Key)
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	h.demo.ServeHTTP(recorder, request)
	return recorder.Result()
}

func (h *harness) create(name string) {
	h.t.Helper()
	answer := h.call(http.MethodPost, "/api/snapshots", fmt.Sprintf(`{"name":%q,"imageName":"alpine:3.20.1"}`, name))
	if answer.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(answer.Body)
		h.t.Fatalf("create %s: %d %s", name, answer.StatusCode, body)
	}
}

func TestCursorAndCountSurviveAnInsertAboveTheCursor(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) { s.demo.Size = 450 })
	before := h.app.state.Data.Store.Len()
	if before < 400 {
		t.Fatalf("loaded %d snapshots of about 450", before)
	}
	h.press("G", "k", "k")
	name, row := h.cursor(), h.app.table.CursorIndex()
	h.create("aaa-inserted")
	h.advance(30 * time.Second)
	if got := h.cursor(); got != name {
		t.Fatalf("the cursor moved from %s to %s", name, got)
	}
	if h.app.table.CursorIndex() == row && h.app.state.Data.Store.Len() != before {
		t.Fatalf("the cursor is still on row %d, though a row was inserted above it", row)
	}
	h.press("g")
	h.press("/")
	h.typ("aaa-inserted")
	h.sees(fmt.Sprintf("1 of %s", format.Thousands(h.app.state.Data.Store.Len())), "aaa-inserted")
}

func TestFilterFindsByNameAndByRef(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	s := h.app.table.Rows()[20]
	h.press("/")
	h.typ(s.Name)
	if got := h.cursor(); got != s.Name {
		t.Fatalf("the best match for %q is %q", s.Name, got)
	}
	h.sees("/ "+s.Name, "best match first", "esc cancel")
	h.press("enter")
	h.sees(" of 120")
	h.press("esc")
	h.sees("120 snapshots")
	if got := h.cursor(); got != s.Name {
		t.Fatalf("clearing the filter moved the cursor to %q", got)
	}
	for _, s := range h.app.table.Rows() {
		if digest := s.Ref.Value; s.ImageName.Value == "" && digest != "" {
			h.press("/")
			h.typ(digest)
			if h.app.table.Len() == 0 {
				t.Fatalf("the whole ref %q finds nothing", digest)
			}
			if got := h.app.selected().Ref.Value; got != digest {
				t.Fatalf("the ref %q found %q", digest, got)
			}
			return
		}
	}
	t.Fatal("the demo has no snapshot with a ref")
}

func TestAFilterTypedInOneReadLosesNothing(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jj/node")})
	h.sees("/ node█")
	if h.app.state.Query.String() == "" {
		t.Fatal("what was typed with the / is not searched for")
	}
}

func TestAnEmptyResultSaysWhatHidesTheRest(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("/")
	h.typ("zzzzqqqq")
	h.sees("no matches in 120 snapshots", "zzzzqqqq", "esc cancel")
	h.press("esc")
	h.sees("120 snapshots")
}

func TestDetailsShowEveryTab(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("/")
	h.typ("has:dockerfile")
	h.press("enter", "enter")
	inTab := map[string]string{"JSON": `"id": "` + h.app.selected().ID, inspect.TabDockerfile: "FROM "}
	for i, tab := range inspect.Tabs() {
		h.press(fmt.Sprint(i + 1))
		h.sees(tab.Name, inTab[tab.Name])
		delete(inTab, tab.Name)
	}
	if len(inTab) > 0 {
		t.Fatalf("there is no tab for %v", inTab)
	}
	h.press("esc")
	if len(h.app.layers) != 1 {
		t.Fatal("esc did not go back to the table")
	}
}

func TestEscIsAlwaysOneStep(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("/")
	h.typ("a")
	h.press("enter", "m", "enter", "?")
	for want := 3; want >= 1; want-- {
		h.press("esc")
		if got := len(h.app.layers); got != want {
			t.Fatalf("%d layers after esc, want %d", got, want)
		}
	}
	if h.app.filter.Value() == "" {
		t.Fatal("the filter went with the last layer")
	}
	h.press("esc")
	if h.app.filter.Value() != "" {
		t.Fatal("esc at the table left the filter")
	}
	h.press("esc")
	if h.quit {
		t.Fatal("esc quits")
	}
}

// onOldSnapshot selects a snapshot that can be deleted with y, without typing its name.
func (h *harness) onOldSnapshot() {
	h.t.Helper()
	for _, s := range h.app.table.Rows() {
		if !s.General && mutation.Delete().Refuse(&h.app.state.ViewState, s) == "" && h.typedWord(s) == "" && s.State == "inactive" {
			h.app.table.Select(s.ID)
			return
		}
	}
	h.t.Fatal("the demo has no old snapshot")
}

func TestDeleteIsFollowedToItsEnd(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.onOldSnapshot()
	name, id := h.cursor(), h.app.selected().ID
	h.press("D")
	h.sees("Delete "+name, "DELETE /snapshots/"+id, "acme · app.daytona.io", "y delete", "esc cancel")
	h.press("y")
	h.sees("removing")
	if s, _ := h.app.state.Data.Store.Get(id); s == nil {
		t.Fatal("the row went before the server said so")
	}
	h.advance(15 * time.Second)
	h.sees("deleted " + name + " · took ")
	if _, ok := h.app.state.Data.Store.Get(id); ok {
		t.Fatal("the row is still there")
	}
	if answer := h.call(http.MethodGet, "/api/snapshots/"+id, ""); answer.StatusCode != http.StatusNotFound {
		t.Fatalf("the server still has it: %d", answer.StatusCode)
	}
}

func TestADeleteThatTheServerTookBackSaysSo(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.onOldSnapshot()
	name, id := h.cursor(), h.app.selected().ID
	h.press("D", "y")
	h.call(http.MethodPost, "/api/snapshots/"+id+"/deactivate", "")
	h.advance(4 * time.Second)
	h.sees(name + " was not deleted: reverted, it is inactive · D retry")
	if len(h.app.state.Pending) > 0 {
		t.Fatal("the delete still counts as running")
	}
}

func TestARecentlyUsedSnapshotWantsItsName(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for _, s := range h.app.table.Rows() {
		h.app.table.Select(s.ID)
		if mutation.Delete().Refuse(&h.app.state.ViewState, s) == "" && h.typedWord(s) != "" {
			break
		}
	}
	name, id := h.cursor(), h.app.selected().ID
	h.press("D")
	h.sees("type "+name[:min(len(name), 10)], "enter delete")
	h.press("y", "enter")
	if len(h.app.state.Pending) > 0 {
		t.Fatal("y was enough")
	}
	h.press("backspace")
	h.typ(name)
	h.press("enter")
	h.advance(20 * time.Second)
	if _, ok := h.app.state.Data.Store.Get(id); ok {
		t.Fatal("the typed name did not delete it")
	}
}

func TestReadOnlyAndMissingPermissionRefuse(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) { s.options.ReadOnly = true })
	h.press("D")
	h.sees("read-only")
	h.misses("DELETE /snapshots/")

	h = newHarness(t, func(s *setup) { s.secret = demo.ReadOnlyKey })
	h.press("D")
	h.sees("delete:snapshots")
	h.misses("DELETE /snapshots/")
}

func TestResizingNeverLosesTheCursor(t *testing.T) {
	long(t)
	long(t)
	t.Parallel()
	h := newHarness(t)
	h.press("j", "j", "j", "j", "j")
	name := h.cursor()
	for w := 30; w <= 300; w += 9 {
		for hgt := 5; hgt <= 100; hgt += 5 {
			h.send(tea.WindowSizeMsg{Width: w, Height: hgt})
			if got := h.cursor(); got != name {
				t.Fatalf("%dx%d moved the cursor to %s", w, hgt, got)
			}
			if w >= layout.MinWidth && hgt >= layout.MinHeight && !strings.Contains(h.screen(), "snapdeck") {
				t.Fatalf("%dx%d shows no header:\n%s", w, hgt, h.screen())
			}
		}
	}
}

func TestEveryScreenFitsEverySize(t *testing.T) {
	long(t)
	long(t)
	t.Parallel()
	for _, open := range [][]string{{}, {"enter"}, {"enter", "2"}, {"enter", "6"}, {"tab", "4"}, {"m"}, {"?"}, {"s"}, {"f"}, {"D"}, {"/"}} {
		h := newHarness(t)
		h.onOldSnapshot()
		h.press(open...)
		for w := 40; w <= 300; w += 20 {
			for hgt := 10; hgt <= 100; hgt += 9 {
				h.send(tea.WindowSizeMsg{Width: w, Height: hgt}) // the harness checks the frame
			}
		}
	}
}

func TestSuspendIsRefusedWhereNothingWakesIt(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("ctrl+z")
	h.sees("not started from a shell")
	if h.suspend {
		t.Fatal("still suspended")
	}
	h = newHarness(t, func(s *setup) { s.options.Suspend = true })
	h.press("ctrl+z")
	if !h.suspend {
		t.Fatal("did not suspend")
	}
}

func TestQuit(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("enter", "q")
	if h.quit {
		t.Fatal("q in the details quit the program")
	}
	h.press("q")
	if !h.quit {
		t.Fatal("q at the table did not quit")
	}

	h = newHarness(t)
	h.onOldSnapshot()
	h.press("D", "y", "q")
	h.sees("Quit while an action is running?")
	if h.quit {
		t.Fatal("quit without asking")
	}
	h.press("y")
	if !h.quit {
		t.Fatal("y did not quit")
	}
}
