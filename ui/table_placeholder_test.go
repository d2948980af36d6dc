package ui

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/mutation"
)

// Whoever watches a rebuild keeps the row, the steps and the cursor while the server
// has no snapshot of that name.
func TestTheRowStaysBetweenDeleteAndCreate(t *testing.T) {
	t.Parallel()
	h, s := rebuilding(t)
	remove := model.RebuildEvent{Step: model.StepDelete, Phase: model.PhaseDone, Call: "DELETE /snapshots/" + s.ID, SnapshotID: s.ID}
	h.send(rebuildEventMsg{id: s.ID, event: remove})
	h.call("DELETE", "/api/snapshots/"+s.ID, "")
	h.advance(30 * time.Second)
	h.send(rebuildEventMsg{id: s.ID, event: model.RebuildEvent{Step: model.StepCreate, Phase: model.PhaseProgress, Detail: "again in 10s: 503"}})
	if h.app.state.Listed(s.ID) {
		t.Fatal("the snapshot is still there")
	}
	h.press("1") // the user presses a key
	if h.cursor() != s.Name {
		t.Fatalf("the cursor is on %s", h.cursor())
	}
	h.sees("◐ rebuilding", "creating 0.", "again in 10s: 503")
	h.press("/")
	h.typ("state:active name:" + s.Name) // it was active
	h.press("enter")
	h.misses("◐ rebuilding")
	h.press("esc", "/")
	h.typ("zzzz")
	h.misses("◐ rebuilding")
	h.press("esc", "/")
	h.typ(s.Name)
	h.press("enter")
	h.sees("◐ rebuilding", "1 of 120")
	h.press(" ", "l")
	h.sees("waiting for the new build")
	h.press("esc")
	if h.app.table.MarkCount() > 0 {
		t.Fatal("a snapshot that is not there was marked")
	}
	h.press("*", "D")
	h.misses("DELETE")

	var made struct{ ID string }
	answer := h.call("POST", "/api/snapshots", `{"name":"`+s.Name+`","buildInfo":{"dockerfileContent":"FROM alpine:3.20\nRUN true\n"}}`)
	if err := json.NewDecoder(answer.Body).Decode(&made); err != nil {
		t.Fatal(err)
	}
	h.send(rebuildEventMsg{id: s.ID, event: model.RebuildEvent{Step: model.StepCreate, Phase: model.PhaseDone, SnapshotID: made.ID}})
	h.misses("◐ rebuilding")
	if got := h.app.selected(); got == nil || got.ID != made.ID {
		t.Fatalf("the cursor did not go with the snapshot:\n%s", h.screen())
	}
	h.sees("1 of ")
}

func TestTheRowGoesWithARebuildThatGaveUp(t *testing.T) {
	t.Parallel()
	h, s := rebuilding(t)
	h.send(rebuildEventMsg{id: s.ID, event: model.RebuildEvent{Step: model.StepWait, Phase: model.PhaseDone, SnapshotID: s.ID}})
	h.app.applyStore(h.app.state.Data.Store.Without(s.ID))
	h.sees("◐ rebuilding")
	h.send(rebuildEndedMsg{id: s.ID, result: model.RebuildResult{Outcome: model.OutcomeUnfinished, Entry: "abc"}})
	h.misses("◐ rebuilding")
}

func TestAFailureIsForgottenWithItsSnapshot(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	a := h.app
	first, second := a.table.Rows()[0], a.table.Rows()[1]
	a.applyStore(a.state.Data.Store.Without(first.ID))
	a.state.Failures[first.ID] = "was not activated: deleted elsewhere" // the server told both at once
	a.state.Failures[second.ID] = "was not activated: 500"
	a.applyStore(a.state.Data.Store.Without(a.table.Rows()[2].ID))
	if len(a.state.Failures) != 1 || a.state.Failures[second.ID] == "" {
		t.Fatalf("the failures are %v", a.state.Failures)
	}
}

// A mark on what is gone must not turn an action on the row under the cursor.
func TestMarksOfWhatIsGoneFallOnNobody(t *testing.T) {
	t.Parallel()
	h := newHarness(t, withRebuilder(&scripted{}))
	h.onQuiet()
	h.press(" ")
	marked := h.app.table.Marked()[0]
	h.app.applyStore(h.app.state.Data.Store.Without(marked))
	for _, key := range []string{"D", "R", "I"} {
		h.app.table.Mark(marked)
		h.press(key)
		h.sees("the marked snapshots were deleted elsewhere")
		h.misses("DELETE", "to go on")
	}
}

// A restored snapshot is nowhere called rebuilt.
func TestRestoreHasItsOwnWords(t *testing.T) {
	t.Parallel()
	h := newHarness(t, withRebuilder(&scripted{}))
	h.onQuiet()
	s := h.app.selected()
	h.app.runWorkflow(mutation.Restore(), s.ID, s.Name, s, nil)
	h.app.applyStore(h.app.state.Data.Store.Without(s.ID))
	h.send(rebuildEventMsg{id: s.ID, event: model.RebuildEvent{Step: model.StepCreate, Phase: model.PhaseProgress}})
	h.press("home") // pending rows are first
	h.app.table.Select(s.ID)
	h.press("enter")
	h.sees("◐ restoring")
	h.press("esc", " ")
	h.sees("it is being restored")
	h.misses("rebuil")
	h.send(rebuildEndedMsg{id: s.ID, result: model.RebuildResult{Outcome: model.OutcomeUntouched}, err: errors.New("quota")})
	h.sees(s.Name + " was not restored: quota")
	h.press("F")
	h.sees("no unfinished actions")
}
