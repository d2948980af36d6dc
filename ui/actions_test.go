package ui

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/text"
)

// onState puts the cursor on a snapshot for which nothing speaks against the mutation.
func (h *harness) onState(v *mutation.Mutation, state model.State) {
	h.t.Helper()
	for _, s := range h.app.table.Rows() {
		if s.State == state && h.app.refuseOne(v, s) == "" && h.typedWord(s) == "" {
			h.app.table.Select(s.ID)
			return
		}
	}
	h.t.Fatalf("the demo has no %s snapshot to %s", state, v.Name)
}

// inUse returns the names of the snapshots that sandboxes use.
func (h *harness) inUse() map[string]bool {
	h.t.Helper()
	var started struct{ Items []struct{ Snapshot string } }
	if err := json.NewDecoder(h.call(http.MethodGet, "/api/sandbox?states=started&limit=200", "").Body).Decode(&started); err != nil {
		h.t.Fatal(err)
	}
	names := make(map[string]bool)
	for _, s := range started.Items {
		names[s.Snapshot] = true
	}
	return names
}

// markOld marks snapshots that can be deleted and that no sandbox uses.
func (h *harness) markOld(n int) {
	h.t.Helper()
	inUse := h.inUse()
	for _, s := range h.app.table.Rows() {
		if h.app.table.MarkCount() < n && mutation.Delete().Refuse(&h.app.state.ViewState, s) == "" && !s.State.InTransition() && !inUse[s.Name] {
			h.app.table.Mark(s.ID)
		}
	}
}

func TestTwinsGoRound(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for _, s := range h.app.table.Rows() {
		if h.app.state.Data.Store.HasSameRef(s) {
			h.app.table.Select(s.ID)
			break
		}
	}
	first := h.app.selected()
	for range len(h.app.state.Data.Store.SameRef(first)) {
		h.press("=")
		if h.app.selected() == first || h.app.selected().Ref.Value != first.Ref.Value {
			t.Fatalf("went to %s", h.cursor())
		}
	}
	h.press("=")
	if h.app.selected() != first {
		t.Fatal("same-ref snapshots do not go round")
	}
}

func TestActivateAndDeactivate(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.onState(mutation.Activate(), model.StateInactive)
	name, id := h.cursor(), h.app.selected().ID
	h.press("A")
	h.sees("Activate "+name, "POST /snapshots/"+id+"/activate", "y activate")
	h.press("y")
	h.sees("activated " + name)
	if s, _ := h.app.state.Data.Store.Get(id); !s.State.Starting() && s.State != model.StateActive {
		t.Fatalf("it is %s", s.State)
	}

	h.onState(mutation.Deactivate(), model.StateActive)
	name, id = h.cursor(), h.app.selected().ID
	h.press("I")
	h.sees("Deactivate "+name, "POST /snapshots/"+id+"/deactivate", "10 minutes")
	h.press("y")
	h.advance(5 * time.Second)
	h.sees("deactivated " + name)
	h.press("A")
	h.sees("the server refuses it for 10 minutes after a change: 9m")
}

func TestDeactivateTakesADeleteBack(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.onOldSnapshot()
	name, id := h.cursor(), h.app.selected().ID
	h.press("D", "y", "I")
	h.sees("reverts the delete")
	h.press("y")
	h.advance(15 * time.Second)
	s, ok := h.app.state.Data.Store.Get(id)
	if !ok || s.State != model.StateInactive {
		t.Fatalf("the deletion of %s was not taken back", name)
	}
	if len(h.app.state.Pending) > 0 {
		t.Fatal("an action still counts as running")
	}
}

func TestTwoActionsOnOneSnapshotCannotOverlap(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.onOldSnapshot()
	h.press("D", "y", "D")
	h.sees("an action on this snapshot is still running")
	h.press("A")
	h.sees("an action on this snapshot is still running")
}

func TestAFailedActionLeavesAMark(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.onOldSnapshot()
	name := h.cursor()
	h.press("D")
	refuse := newBroken(status(400, `{"statusCode":400,"message":"The snapshot is protected."}`))
	h.serve(refuse.over(h.demo))
	h.press("y")
	refuse.set(nil)
	h.advance(time.Minute)
	h.misses("was not deleted: The snapshot is protected. · D retry")
	h.sees("▌! "+name, "✗ was not deleted: The snapshot is protected.")
	h.press("D", "y")
	h.advance(20 * time.Second)
	if len(h.app.state.Failures) != 0 {
		t.Fatal("the mark stays though the action has succeeded")
	}
}

func TestAnActionWhoseRowIsGoneSaysSo(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.onOldSnapshot()
	name, id := h.cursor(), h.app.selected().ID
	h.press("D")
	h.call(http.MethodDelete, "/api/snapshots/"+id, "")
	h.advance(30 * time.Second) // polls go on behind the question
	h.press("y")
	h.sees(name + " was not deleted: deleted elsewhere")
}

// flaky refuses one request in five that changes something.
func flaky(next http.Handler) http.Handler {
	var mu sync.Mutex
	n := 0
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			mu.Lock()
			n++
			fail := n%5 == 0
			mu.Unlock()
			if fail {
				status(400, `{"statusCode":400,"message":"The snapshot is protected."}`)(w, r)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

func TestBulkDeleteWithFailures(t *testing.T) {
	long(t)
	t.Parallel()
	h := newHarness(t, func(s *setup) { s.demo.Size = 300; s.handler = flaky })
	const wanted = 200
	h.markOld(wanted)
	h.press("D")
	h.sees("Delete 200 snapshots", "↓ scroll down    esc cancel", "lines more · enter waits for the end")
	h.press("down")
	h.sees("and 170 more", "type 200")
	h.press("y", "enter")
	if h.app.bulk.Active() {
		t.Fatal("it began without the count")
	}
	h.press("backspace")
	h.typ("200")
	h.press("enter")
	h.advance(time.Minute)
	if h.app.bulk.Active() {
		t.Fatalf("still running: %+v", h.app.bulk.Counts())
	}
	done, failed := h.app.bulk.Counts().Done, h.app.bulk.Counts().Failed
	if done+failed != wanted || failed != 40 {
		t.Fatalf("%d done, %d failed of %d", done, failed, wanted)
	}
	h.sees("160 deleted · 40 failed  ", "stays marked")
	h.press("esc")
	if got := h.app.table.MarkCount(); got != failed {
		t.Fatalf("%d rows are still marked, %d failed", got, failed)
	}
	h.serve(h.demo)
	h.press("D", "down")
	h.typ("40")
	h.press("enter")
	h.advance(time.Minute)
	h.sees("40 deleted  ")
}

func TestMarksNeverFallOnAnotherSnapshot(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.onOldSnapshot()
	marked := h.app.selected()
	h.press(" ")
	h.call(http.MethodDelete, "/api/snapshots/"+marked.ID, "")
	h.advance(40 * time.Second)
	if h.app.table.MarkCount() != 0 {
		t.Fatal("a deleted snapshot is still marked")
	}

	h.onOldSnapshot()
	h.press(" ", "/")
	h.typ("name:node-20-agents")
	h.press("enter", "D")
	h.sees("Delete 1 snapshot", "1 marked but hidden by the filter")
}

func TestBulkStopsAndReportsWhatWasNotTried(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.markOld(10)
	h.press("D")
	limit := newBroken(status(429, `{}`, "Retry-After-authenticated", "30"))
	h.serve(limit.over(h.demo))
	h.typ("10")
	h.press("enter")
	h.sees("rate limited, resuming in")
	h.press("esc")
	h.sees("0 deleted", "10 not tried", "stays marked")
	h.press("esc")
	if h.app.table.MarkCount() != 10 {
		t.Fatal("marks were lost")
	}
}

func TestBulkLeavesOutWhatTheServerWouldRefuse(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("*", "A")
	h.sees("Activate ", "skipped: only an inactive snapshot can be activated")
	h.press("esc")
	h.press("*")
	if h.app.table.MarkCount() != 0 {
		t.Fatal("* did not take the marks away")
	}
}

func TestProtectedNamesWantToBeTyped(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) { s.options.Protect = []string{"infra-*"} })
	h.press("/")
	h.typ("name:infra-base")
	h.press("enter", "D")
	h.sees("type infra-base")
}

func TestEveryActionIsRecorded(t *testing.T) {
	t.Parallel()
	var records []activity.Record
	h := newHarness(t, func(s *setup) {
		s.options.Record = func(r activity.Record) error { records = append(records, r); return nil }
	})
	h.onOldSnapshot()
	name, id := h.cursor(), h.app.selected().ID
	h.press("D", "y")
	h.advance(15 * time.Second)
	if len(records) != 2 || records[0].Phase != activity.Sent || records[0].Outcome != "" || records[0].ID != id || !records[0].Sent.Equal(records[1].Sent) {
		t.Fatalf("recorded %+v", records)
	}
	r := records[1]
	if r.Phase != activity.Ended || r.Outcome != activity.Done {
		t.Fatalf("recorded %+v", r)
	}
	if r.Action != "delete" || r.ID != id || r.Name != name || r.Request != "DELETE /snapshots/"+id || r.Failed || !strings.HasPrefix(r.Result, "deleted · took ") {
		t.Fatalf("recorded %+v", r)
	}
	h.press("a")
	h.sees(fmt.Sprintf("%s  DELETE /snapshots/%s", name, id[:8]), "deleted · took ")
}

// The program may not live to see the end of a rebuild, so each of its requests is
// written down when it is answered.
func TestEachRequestOfARebuildIsRecorded(t *testing.T) {
	t.Parallel()
	var records []activity.Record
	h := newHarness(t, withRebuilder(&scripted{}), func(s *setup) {
		s.options.Record = func(r activity.Record) error { records = append(records, r); return nil }
	})
	h.onQuiet()
	s := h.app.selected()
	h.app.runRebuild(s, model.Plan{Snapshot: s})
	remove := "DELETE /snapshots/" + s.ID
	h.send(rebuildEventMsg{id: s.ID, event: model.RebuildEvent{Step: model.StepDelete, Phase: model.PhaseProgress, Elapsed: time.Minute, Duration: time.Second, Call: remove, Detail: "accepted", SnapshotID: s.ID}})
	h.send(rebuildEventMsg{id: s.ID, event: model.RebuildEvent{Step: model.StepCreate, Phase: model.PhaseProgress, Call: "POST /snapshots", Detail: "400 no such region", Err: errors.New("refused")}})
	h.send(rebuildEndedMsg{id: s.ID, result: model.RebuildResult{Outcome: model.OutcomeUnfinished, Entry: "abc"}, err: errors.New("no such region")})
	want := []activity.Record{
		{Action: "rebuild", ID: s.ID, Name: s.Name, Request: remove, Result: "accepted", Seconds: 1},
		{Action: "rebuild", ID: s.ID, Name: s.Name, Request: "POST /snapshots", Result: "400 no such region", Failed: true},
		{Action: "rebuild", ID: s.ID, Name: s.Name, Result: "no such region · recipe saved", Failed: true},
	}
	for i := range records {
		records[i] = activity.Record{Action: records[i].Action, ID: records[i].ID, Name: records[i].Name, Request: records[i].Request, Result: records[i].Result, Failed: records[i].Failed, Seconds: records[i].Seconds}
	}
	if !slices.Equal(records, want) {
		t.Fatalf("recorded %+v, want %+v", records, want)
	}
}

func TestActivityGoesToTheSnapshot(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("a")
	h.sees("no changes yet")
	h.advance(40 * time.Second)
	h.misses("no changes yet")
	l := h.app.top().(*listLayer).list.(*activity.List)
	for {
		e, _ := l.Cursor()
		if s, ok := h.app.state.Data.Store.Get(e.SnapshotID); ok {
			h.press("enter")
			if h.cursor() != s.Name {
				t.Fatalf("went to %s instead of %s", h.cursor(), s.Name)
			}
			return
		}
		before := l.CursorIndex()
		h.press("j")
		if l.CursorIndex() == before {
			t.Fatal("every entry is about a deleted snapshot")
		}
	}
}

// A row cuts a long result; below the list all of it can be read.
func TestActivityShowsTheWholeEvent(t *testing.T) {
	t.Parallel()
	h := newHarness(t, sized(80, 24))
	h.app.activity.Add(start, "1", text.Cell("some-name  DELETE /snapshots/3fa2 → "+strings.Repeat("a long reason ", 10)+"the end").As(theme.Text))
	h.press("a")
	h.sees("the end")
	h.send(tea.WindowSizeMsg{Width: 60, Height: 14})
	h.sees("the end")
}

// What went wrong is told to its end, however narrow the terminal is.
func TestALongToastIsToldToItsEnd(t *testing.T) {
	t.Parallel()
	for _, width := range []int{120, 80, 60} {
		h := newHarness(t, sized(width, 24))
		h.app.toast.Show(dialog.Failed, "jupyter-old was not rebuilt: "+strings.Repeat("a long reason ", 12)+"the end", h.clock.now)
		h.sees("the end")
	}
}
