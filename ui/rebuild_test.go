package ui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/keys"
)

// scripted is a Rebuilder with results that the test sets.
type scripted struct {
	refuse     string
	verifyToo  bool
	steps      []model.RebuildEvent
	result     model.RebuildResult
	err        error
	unfinished []model.UnfinishedRebuild
	unreadable error // the journal

	plans   int // how many were made
	ran     []model.Plan
	resumed []string
}

func (s *scripted) Plan(r model.RebuildRequest) model.Plan {
	s.plans++
	path := "/snapshots/" + r.Snapshot.ID
	plan := model.Plan{
		Snapshot: r.Snapshot, Mode: r.Mode,
		Calls: []model.PlannedCall{
			{Method: "DELETE", Path: path},
			{Method: "GET", Path: path, Text: "wait until the name is free"},
			{Method: "POST", Path: "/snapshots", Text: "same recipe"},
		},
		Impact: []model.Impact{
			{Kind: model.ImpactRegions, Warning: true, Text: "region eu is lost"},
			{Kind: model.ImpactID, Text: "the id changes"},
		},
	}
	plan.Recipe.RegionID = r.RegionID
	if r.Dockerfile != nil {
		plan.Recipe.BuildInfo = &model.RecipeBuild{DockerfileContent: *r.Dockerfile}
	}
	switch {
	case s.refuse != "":
		plan.Refusals = []model.Refusal{{Text: s.refuse}}
	case r.Mode == model.VerifyFirst && !s.verifyToo:
		plan.Refusals = []model.Refusal{{Text: "not for images"}}
	}
	return plan
}

func (s *scripted) Run(_ context.Context, plan model.Plan, report func(model.RebuildEvent)) (model.RebuildResult, error) {
	s.ran = append(s.ran, plan)
	for _, step := range s.steps {
		report(step)
	}
	return s.result, s.err
}

func (s *scripted) Unfinished(context.Context) ([]model.UnfinishedRebuild, error) {
	return slices.Clone(s.unfinished), s.unreadable
}

func (s *scripted) Resume(_ context.Context, id string, _ func(model.RebuildEvent)) (model.RebuildResult, error) {
	s.resumed = append(s.resumed, id)
	return model.RebuildResult{Outcome: model.OutcomeRebuilt}, nil
}

func withRebuilder(r Rebuilder) func(*setup) {
	return func(s *setup) { s.options.Rebuilder = r }
}

// onQuiet selects an active snapshot that was not used in the last day.
func (h *harness) onQuiet() {
	h.t.Helper()
	for _, s := range h.app.table.Rows() {
		if s.State == model.StateActive && !s.General && h.typedWord(s) == "" && s.BuildInfo.Presence == model.Present {
			h.app.table.Select(s.ID)
			return
		}
	}
	h.t.Fatal("the demo has no quiet snapshot")
}

// rebuilding returns a harness with a running rebuild of a quiet snapshot.
func rebuilding(t *testing.T, options ...func(*setup)) (*harness, *model.Snapshot) {
	t.Helper()
	h := newHarness(t, append(options, withRebuilder(&scripted{}))...)
	h.onQuiet()
	s := h.app.selected()
	h.app.runRebuild(s, model.Plan{Snapshot: s})
	return h, s
}

func TestRebuildQuestion(t *testing.T) {
	t.Parallel()
	r := &scripted{verifyToo: true, result: model.RebuildResult{Outcome: model.OutcomeRebuilt}}
	h := newHarness(t, withRebuilder(r))
	h.onQuiet()
	name, id := h.cursor(), h.app.selected().ID
	h.press("R")
	h.sees("Rebuild "+name, "1  DELETE /snapshots/"+id, "POST /snapshots", "! region eu is lost", "the id changes", "recipe saved to disk first", "[in place]", "verify first", "y rebuild")
	for _, key := range []string{"d", "enter", " "} {
		h.press(key)
		h.sees("cancelled: ")
		h.advance(keys.DropQuiet)
		h.press("R")
	}
	if len(r.ran) > 0 {
		t.Fatal("something else than y began it")
	}
	h.press("tab")
	h.sees("[verify first")
	h.press("y")
	if len(r.ran) != 1 || r.ran[0].Mode != model.VerifyFirst {
		t.Fatalf("ran %+v", r.ran)
	}
	h.sees("rebuilt "+name, "active after")
}

func TestRebuildRefused(t *testing.T) {
	t.Parallel()
	h := newHarness(t, withRebuilder(&scripted{refuse: "it was made from a sandbox"}))
	h.onQuiet()
	h.press("R")
	h.sees("it was made from a sandbox")
	h.misses("POST /snapshots")
}

func TestRebuildFailedShowsRecipe(t *testing.T) {
	t.Parallel()
	r := &scripted{
		steps:  []model.RebuildEvent{{Step: model.StepDelete, Phase: model.PhaseDone, Call: "DELETE /snapshots/x", Detail: "200"}, {Step: model.StepCreate, Phase: model.PhaseFailed}},
		result: model.RebuildResult{Outcome: model.OutcomeUnfinished, Entry: "abc"}, err: errors.New("the server does not answer"),
	}
	h := newHarness(t, withRebuilder(r))
	h.onQuiet()
	r.unfinished = []model.UnfinishedRebuild{{ID: "abc", Name: "node-20-agents", Started: start}}
	h.press("R", "y")
	h.sees("the server does not answer", "recipe saved · F resume", "! 1 rebuild unfinished · F resume")
	h.misses(" retry")
	h.press("a")
	h.sees("DELETE /snapshots/x → 200")
	h.press("esc")

	h.advance(time.Minute) // the toast is gone
	h.misses("recipe saved · F")
	h.sees("! 1 rebuild unfinished · F resume")
	h.press("F")
	h.sees("1 rebuild unfinished", "y resume")
	h.advance(dialog.ArmAfter)
	r.unfinished = nil
	h.press("y")
	if len(r.resumed) != 1 || r.resumed[0] != "abc" {
		t.Fatalf("resumed %v", r.resumed)
	}
	h.misses("unfinished")
	h.press("F")
	h.sees("no unfinished actions")
}

// The cursor is on another row: the key would act on that.
func TestNoRetryKeyForDeletedRow(t *testing.T) {
	t.Parallel()
	h, s := rebuilding(t)
	h.app.applyStore(h.app.state.Data.Store.Without(s.ID))
	h.send(rebuildEndedMsg{id: s.ID, result: model.RebuildResult{Outcome: model.OutcomeUnfinished}, err: errors.New("quota")})
	h.sees(s.Name + " was not rebuilt: quota")
	h.misses(" retry")
}

func TestRebuildFailedRemovesRow(t *testing.T) {
	t.Parallel()
	server := &hidden{}
	h, s := rebuilding(t, func(s *setup) { s.handler = server.over })
	server.ids = []string{s.ID}
	h.send(rebuildEventMsg{id: s.ID, event: model.RebuildEvent{Step: model.StepWait, Phase: model.PhaseDone, SnapshotID: s.ID}})
	h.sees("rebuild 0s · waiting for the na")
	h.send(rebuildEndedMsg{id: s.ID, result: model.RebuildResult{Outcome: model.OutcomeUnfinished, Entry: "abc"}, err: errors.New("quota")})
	if h.app.state.Listed(s.ID) {
		t.Fatal("a snapshot that is gone is shown as " + s.State.Label())
	}
}

// Between the delete and the create there is no row.
func TestHeaderShowsRebuildWithoutRow(t *testing.T) {
	t.Parallel()
	h, s := rebuilding(t)
	h.send(rebuildEventMsg{id: s.ID, event: model.RebuildEvent{Step: model.StepCreate, Phase: model.PhaseProgress}})
	h.misses("◐ " + s.Name)
	h.app.applyStore(h.app.state.Data.Store.Without(s.ID))
	h.advance(2 * time.Second)
	h.sees("◐ " + s.Name + " rebuild 2s · creating")
	h.send(tea.WindowSizeMsg{Width: 40, Height: 10})
	h.sees("◐ rebuild 2s · creating")
	h.misses("◐ " + s.Name)

	h.press("j")
	other := h.app.selected()
	h.app.runRebuild(other, model.Plan{Snapshot: other})
	h.app.applyStore(h.app.state.Data.Store.Without(other.ID))
	h.send(rebuildEventMsg{id: other.ID, event: model.RebuildEvent{Step: model.StepCreate, Phase: model.PhaseProgress}})
	h.sees("◐ 2 rebuilds running")
}

func TestReadOnlyDoesNotResume(t *testing.T) {
	t.Parallel()
	r := &scripted{unfinished: []model.UnfinishedRebuild{{ID: "abc", Name: "node-20-agents", Started: start}}}
	h := newHarness(t, withRebuilder(r), func(s *setup) { s.options.ReadOnly = true })
	h.sees("! 1 rebuild unfinished")
	h.advance(time.Second)
	h.misses("y resume", "F resume")
	h.press("F")
	h.sees("read-only mode")
	h.press("y")
	if len(r.resumed) > 0 {
		t.Fatalf("resumed %v", r.resumed)
	}
}

func TestDetailsShowRebuildSteps(t *testing.T) {
	t.Parallel()
	h, s := rebuilding(t)
	h.send(rebuildEventMsg{id: s.ID, event: model.RebuildEvent{Step: model.StepCheck, Phase: model.PhaseDone, Elapsed: 200 * time.Millisecond}})
	h.send(rebuildEventMsg{id: s.ID, event: model.RebuildEvent{Step: model.StepWait, Phase: model.PhaseProgress, Elapsed: 6 * time.Second, Detail: "until the name is free", SnapshotID: "new-id", Saved: true}})
	h.press("enter")
	h.sees("✓ check", "0.2 s", "◐ waiting for the name 6.1 s", "until the name is free")
	h.sees("✓ active") // a candidate may be built first: nothing is deleted yet
	h.send(rebuildEventMsg{id: s.ID, event: model.RebuildEvent{Step: model.StepDelete, Phase: model.PhaseDone, Call: "DELETE /snapshots/" + s.ID, SnapshotID: s.ID}})
	h.sees("− removing")
	if h.app.state.Pending["new-id"] == nil {
		t.Fatal("the new snapshot is not part of the operation")
	}
	h.press("esc", "q")
	h.misses("snapdeck recover resumes it") // the event does not say that the recipe is saved
	h.press("esc")
	h.send(rebuildEventMsg{id: s.ID, event: model.RebuildEvent{Step: model.StepCreate, Phase: model.PhaseProgress, SnapshotID: "new-id", Saved: true}})
	h.press("q")
	h.sees("snapdeck recover resumes it")
	if strings.Count(h.screen(), s.Name+" · rebuild") != 1 {
		t.Fatalf("the same rebuild is listed twice:\n%s", h.screen())
	}
	h.press("esc")
	h.send(rebuildEndedMsg{id: s.ID, result: model.RebuildResult{Outcome: model.OutcomeRebuilt}})
	if len(h.app.state.Pending) != 0 {
		t.Fatal("the operation did not end")
	}
}

func TestUnfinishedRebuildsAtStart(t *testing.T) {
	t.Parallel()
	r := &scripted{unfinished: []model.UnfinishedRebuild{{ID: "abc", Name: "node-20-agents", Started: start.Add(-3 * time.Hour), Err: "connection refused"}}}
	h := newHarness(t, withRebuilder(r))
	h.sees("1 rebuild unfinished", "node-20-agents", "started 3h ago", "connection refused")
	for range 3 {
		h.pressAfter(100*time.Millisecond, "y") // the user was typing when it opened
	}
	if len(r.resumed) > 0 {
		t.Fatal("a key typed before the question resumed it")
	}
	h.advance(time.Second)
	h.press("y")
	if len(r.resumed) != 1 || r.resumed[0] != "abc" {
		t.Fatalf("resumed %v", r.resumed)
	}
}

func TestBulkRebuild(t *testing.T) {
	t.Parallel()
	r := &scripted{result: model.RebuildResult{Outcome: model.OutcomeRebuilt}}
	h := newHarness(t, withRebuilder(r))
	for _, s := range h.app.table.Rows() {
		if s.State == model.StateActive && !s.General && h.app.table.MarkCount() < 6 {
			h.app.table.Mark(s.ID)
		}
	}
	h.press("R")
	h.sees("Rebuild 6 snapshots", "! 6 lose regions", "· 6 get a new id", "each recipe saved to disk first")
	h.typ("6")
	h.press("enter")
	h.advance(time.Second)
	h.sees("6 rebuilt  ")
	if len(r.ran) != 6 {
		t.Fatalf("%d ran", len(r.ran))
	}
}

// The report shows the full error and the key that resumes. A deleted snapshot is not
// marked.
func TestBulkRebuildFailed(t *testing.T) {
	t.Parallel()
	r := &scripted{result: model.RebuildResult{Outcome: model.OutcomeUnfinished, Entry: "abc"}, err: errors.New("invalid: " + strings.Repeat("the server objects ", 5) + "change what it objects to")}
	h := newHarness(t, withRebuilder(r))
	h.onQuiet()
	h.press(" ", "R", "down")
	r.unfinished = []model.UnfinishedRebuild{{ID: "abc", SnapshotID: "old", Name: "x", Started: start}}
	h.typ("1")
	h.press("enter")
	h.advance(time.Second)
	h.sees("0 rebuilt", "1 failed", "change what it objects to · recipe saved", "esc close · F resume unfinished actions · the rest stays marked")
	h.app.table.ClearMarks()
	h.advance(time.Second)
	h.misses("stays marked")
}

// scriptedEditor edits without an editor.
type scriptedEditor struct {
	text string
	err  error
}

func (e *scriptedEditor) Prepare(text string) (string, tea.ExecCommand, error) {
	if e.text == "" {
		e.text = text
	}
	return "/tmp/Dockerfile", nil, nil
}

func (e *scriptedEditor) Collect(string) (string, error) { return e.text, e.err }

func TestEditThenRebuild(t *testing.T) {
	t.Parallel()
	r, editor := &scripted{result: model.RebuildResult{Outcome: model.OutcomeRebuilt, Replaced: "/state/old.Dockerfile"}}, &scriptedEditor{}
	h := newHarness(t, withRebuilder(r), func(s *setup) { s.options.Editor = editor })
	h.onQuiet()
	id := h.app.selected().ID
	ended := editorEndedMsg{path: "/tmp/Dockerfile", use: func(a *App, edited string) tea.Cmd { return a.askEdited(id, edited) }}

	before, _ := h.app.selected().Dockerfile()
	editor.text = before
	h.send(ended)
	h.sees("is unchanged: nothing to do")

	editor.err = errors.New("exit status 1")
	h.send(ended)
	h.sees("the editor failed, nothing is changed")

	editor.err, editor.text = nil, strings.Replace(before, "\n", "\nRUN echo edited\n", 1)
	h.send(ended)
	h.sees("Dockerfile from line 1", "+ RUN echo edited", "old Dockerfile saved to a file", "y rebuild")
	if len(r.ran) > 0 {
		t.Fatal("rebuilt without asking")
	}
	h.press("y")
	if got := r.ran[0].Recipe.BuildInfo; got == nil || got.DockerfileContent != editor.text {
		t.Fatal("it was not rebuilt with the edited Dockerfile")
	}
	h.sees("active after 0.0 s · old Dockerfile saved in /state/old.Dockerfile")
}

// A snapshot that is being deleted elsewhere is not unchanged, and no key helps.
func TestRebuildOfRemovedSnapshot(t *testing.T) {
	t.Parallel()
	h := newHarness(t, withRebuilder(&scripted{refuse: "it is being removed already"}))
	h.onQuiet()
	s := h.app.selected()
	h.app.runRebuild(s, model.Plan{Snapshot: s})
	h.call("DELETE", "/api/snapshots/"+s.ID, "")
	h.advance(6 * time.Second)
	h.send(rebuildEndedMsg{id: s.ID, result: model.RebuildResult{Outcome: model.OutcomeUntouched}, err: errors.New("it is being removed already")})
	h.sees("was not rebuilt: it is being removed already")
	h.misses("unchanged", " retry", "rebuild starting")
}
