package ui

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// tailed is a harness in which each build has its own log, with the cursor on a build,
// and the ids of the snapshots for which a log was read.
func tailed(t *testing.T, configure ...func(*setup)) (h *harness, asked *[]string) {
	t.Helper()
	asked = new([]string)
	h = newHarness(t, append(configure, func(s *setup) {
		s.noSteps = true
		s.handler = logServer(func(w http.ResponseWriter, r *http.Request) {
			id := strings.Split(r.URL.Path, "/")[3]
			*asked = append(*asked, id)
			status(200, "Step 1/2 : FROM scratch\nthe log of "+id+"\n")(w, r)
		})
	})...)
	h.onBuild(model.StateBuilding)
	return h, asked
}

func TestDetailsShowTheLogOfABuild(t *testing.T) {
	t.Parallel()
	h, asked := tailed(t)
	h.press("k", "j")
	h.sees("BUILD LOG", "waiting for the log")
	if len(*asked) > 0 {
		t.Fatal("a log was read while keys were pressed")
	}
	h.advance(2 * time.Second)
	h.sees("the log of "+h.app.selected().ID, "l open log")
	h.goldenPart("details-build-log", h.app.screen.DetailBody)
	h.press("3")
	h.sees("the log of " + h.app.selected().ID)

	closed := false
	stop := h.app.detail.tail.Cancel
	h.app.detail.tail.Cancel = func() { closed = true; stop() }
	before := len(*asked)
	h.press("2")
	h.advance(time.Minute)
	h.misses("the log of")
	if !closed || len(*asked) != before {
		t.Fatal("a log that is not shown is followed")
	}
}

func TestLogInTheDetailsFollowsTheCursor(t *testing.T) {
	t.Parallel()
	h, asked := tailed(t)
	h.advance(2 * time.Second)
	first := h.app.selected().ID
	h.press("j")
	if h.app.state.Building(h.app.selected()) == nil {
		t.Fatal("the demo has only one build")
	}
	h.misses("the log of " + first)
	h.advance(2 * time.Second)
	h.sees("the log of " + h.app.selected().ID)
	h.app.table.Select(h.app.table.Rows()[0].ID)
	h.advance(2 * time.Second)
	h.misses("BUILD LOG")
	if h.app.detail.tail != nil || len(*asked) > 3 {
		t.Fatalf("read %v", *asked)
	}
}

// A candidate is another row than the rebuilt one.
func TestDetailsShowTheLogOfARebuild(t *testing.T) {
	t.Parallel()
	h, _ := tailed(t, withRebuilder(&scripted{}))
	candidate := h.app.selected()
	h.onQuiet()
	s := h.app.selected()
	h.app.runRebuild(s, model.Plan{Snapshot: s})
	h.send(rebuildEventMsg{id: s.ID, event: model.RebuildEvent{Step: model.StepCandidate, Phase: model.PhaseProgress, SnapshotID: candidate.ID}})
	h.advance(2 * time.Second)
	h.sees("building a candidate 2.0 s", "BUILD LOG", candidate.Name, "the log of "+candidate.ID)
	h.press("l")
	h.sees(candidate.Name+" build log", "the log of "+candidate.ID)
}

// The lines that were read stay, from the details to the log and back.
func TestLogIsReadOnce(t *testing.T) {
	t.Parallel()
	h, asked := tailed(t)
	id := h.app.selected().ID
	h.advance(2 * time.Second)
	h.sees("the log of " + id)
	n := len(*asked)
	h.press("l")
	h.sees("the log of " + id)
	h.press("/")
	h.typ("scratch")
	h.press("enter", "z", "f", "esc")
	h.sees("the log of " + id)
	h.misses("waiting for the log")
	if len(*asked) != n {
		t.Fatalf("the log was read %d times", len(*asked))
	}
	h.press("l")
	h.misses("not following", "/scratch")
	h.press("esc")
	h.advance(10 * time.Second)
	h.sees("the log of " + id)
}

// Without the details on the screen, opening the log reads it and leaving it ends that.
func TestLogOpenedFirst(t *testing.T) {
	t.Parallel()
	h, asked := tailed(t)
	id := h.app.selected().ID
	h.press("l")
	h.sees("the log of " + id)
	closed := false
	l, _ := find[*logLayer](h.app.layerStack)
	stop := l.log.Cancel
	l.log.Cancel = func() { closed = true; stop() }
	h.press("esc")
	h.sees("the log of " + id)
	h.misses("waiting for the log")
	if closed || len(*asked) != 1 {
		t.Fatalf("closed is %t, read %d times", closed, len(*asked))
	}
	h.press("g", "g")
	h.advance(time.Second)
	if !closed {
		t.Fatal("a log that is not shown is followed")
	}
}
