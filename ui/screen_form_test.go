package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/form"
	"daytona/snapdeck/ui/mutation"
)

// planning is a rebuilder with real plans.
type planning struct{ scripted }

func (*planning) Plan(q model.RebuildRequest) model.Plan { return rebuild.Preflight(q) }

// fillForm opens the form on a snapshot and gives the new one a name.
func (h *harness) fillForm(name string) *form.Form {
	h.t.Helper()
	h.onQuiet()
	h.press("C")
	h.press("ctrl+u")
	h.typ(name)
	return h.app.top().(*form.Form)
}

// toButton presses enter in each field.
func (h *harness) toButton(f *form.Form) {
	for i := 0; !f.OnButton() && i < 20; i++ {
		h.press("enter")
	}
}

func TestNewFromThis(t *testing.T) {
	t.Parallel()
	r := &planning{scripted{result: model.RebuildResult{Outcome: model.OutcomeRebuilt, New: &model.Snapshot{ID: "n", Name: "agents-copy", State: model.StateActive}}}}
	h := newHarness(t, sized(120, 36), withRebuilder(r))
	f := h.fillForm("")
	from := f.From
	h.sees("New snapshot", "from "+from, "name: type a name")
	h.typ("agents-copy")
	h.misses("type a name")
	h.golden("form-120x36")
	h.toButton(f)
	if len(r.ran) > 0 {
		t.Fatal("sent without a confirmation")
	}
	h.press("enter")
	h.sees("Create agents-copy", "POST /snapshots", "recipe saved to disk first")
	h.press("esc")
	if h.app.top() != f || len(r.ran) > 0 {
		t.Fatal("esc does not return to the form")
	}
	h.press("enter")
	h.press("y")
	if len(r.ran) != 1 {
		t.Fatalf("%d creates ran\n%s", len(r.ran), h.screen())
	}
	plan := r.ran[0]
	if plan.Mode != model.Create || plan.Recipe.Name != "agents-copy" || plan.Recipe.BuildInfo == nil {
		t.Errorf("created %+v", plan)
	}
	h.sees("created agents-copy")
	if h.app.form != nil {
		t.Error("the form of an existing snapshot is kept")
	}
}

func TestWhatIsTypedIntoTheFormStays(t *testing.T) {
	t.Parallel()
	h := newHarness(t, withRebuilder(&planning{}))
	h.fillForm("half-typ")
	h.press("esc")
	h.misses("New snapshot")
	h.press("C")
	h.sees("half-typ")
}

func TestTheFormRefusesWhatTheServerWouldRefuse(t *testing.T) {
	t.Parallel()
	r := &planning{}
	h := newHarness(t, sized(120, 36), withRebuilder(r))
	f := h.fillForm("")
	taken := f.From
	h.typ(taken)
	h.sees("another snapshot has the name")
	h.toButton(f)
	h.press("enter")
	h.sees("nothing is sent yet")
	if h.app.top() != f || len(r.ran) > 0 {
		t.Error("a taken name was accepted")
	}
}

// TestTheFormRefusesASecondCreate keeps one running create from replacing another of its name.
func TestTheFormRefusesASecondCreate(t *testing.T) {
	t.Parallel()
	r := &planning{}
	h := newHarness(t, sized(120, 36), withRebuilder(r))
	f := h.fillForm("twice")
	recipe, err := f.Recipe()
	if err != nil {
		t.Fatal(err)
	}
	s := h.app.planCreate(recipe).Snapshot
	_ = h.app.runWorkflow(mutation.Create(), s.ID, s.Name, s, nil) // it never ends
	first := h.app.state.running.Get(s.ID)
	h.toButton(f)
	h.press("enter")
	h.sees("nothing is sent yet: twice is being created already")
	h.press("y")
	if h.app.state.running.Get(s.ID) != first || len(r.ran) > 0 {
		t.Error("a second create replaced the first")
	}
}

func TestTheFormEditsTheDockerfile(t *testing.T) {
	t.Parallel()
	editor := &scriptedEditor{}
	h := newHarness(t, withRebuilder(&planning{}), func(s *setup) { s.options.Editor = editor })
	f := h.fillForm("edited")
	before := f.Dockerfile
	h.press("ctrl+o")
	h.send(editedMsg{content: before + "RUN true\n", use: func(a *App, edited string) tea.Cmd { return a.useInForm(f, edited) }})
	if !strings.HasSuffix(f.Dockerfile, "RUN true\n") {
		t.Errorf("the Dockerfile is %q", f.Dockerfile)
	}
	if recipe, err := f.Recipe(); err != nil || recipe.BuildInfo.DockerfileContent != f.Dockerfile {
		t.Errorf("%+v, %v", recipe, err)
	}
}

func TestNoKeyOfTheFormActs(t *testing.T) {
	t.Parallel()
	r := &planning{}
	h := newHarness(t, withRebuilder(r))
	f := h.fillForm("words")
	h.typ(" Delete Rebuild D y R y")
	h.toButton(f)
	for _, key := range []string{"D", "R", "A", "I", "y", "C", "U", "space"} {
		h.press(key)
	}
	if h.app.top() != f || len(r.ran) > 0 {
		t.Errorf("a key acted:\n%s", h.screen())
	}
}
