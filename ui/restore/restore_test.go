package restore

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/deleted"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/row"
)

// asked is an asker that records what it does.
type asked struct {
	Asker
	questions []dialog.Question
	refused   []string
	ran       []string
	refuse    map[string]model.Refusal // by name
}

func newAsked() *asked {
	view := row.NewViewState(time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC))
	k := &asked{refuse: make(map[string]model.Refusal)}
	k.Asker = Asker{
		View: &view, Connection: "acme · host", Request: model.RebuildRequest{Store: model.NewStore()},
		Plan: func(q model.RebuildRequest) model.Plan {
			p := model.Plan{Snapshot: q.Snapshot, Mode: q.Mode, Recipe: model.Recipe{Name: q.Name}, Entry: q.Entry}
			if r, ok := k.refuse[q.Name]; ok && (q.Store != nil || r.Reason != model.ReasonNameTaken) {
				p.Refusals = []model.Refusal{r}
			}
			return p
		},
		Ask:    func(q dialog.Question) tea.Cmd { k.questions = append(k.questions, q); return nil },
		Refuse: func(reason string) { k.refused = append(k.refused, reason) },
		Run: func(s *model.Snapshot, p model.Plan) tea.Cmd {
			k.ran = append(k.ran, s.Name+" "+p.Recipe.Name+" "+p.Entry+" "+string(p.Mode))
			return nil
		},
	}
	return k
}

func gone() model.DeletedSnapshot {
	return model.DeletedSnapshot{Entry: "e1", Snapshot: &model.Snapshot{ID: "3fa2c1d0-8b1e", Name: "node"}}
}

func TestRestore(t *testing.T) {
	t.Parallel()
	k := newAsked()
	k.Restore(gone(), "")
	if len(k.questions) != 1 || k.questions[0].Title.String() != "Restore node  3fa2c1d0  in acme · host" {
		t.Fatalf("asked %+v", k.questions)
	}
	k.questions[0].Modes[0].Do()
	if len(k.ran) != 1 || k.ran[0] != "node node e1 restore" {
		t.Errorf("ran %q", k.ran)
	}
	k.View.Pending[gone().Snapshot.ID] = &row.Pending{}
	k.questions[0].Modes[0].Do()
	if len(k.ran) != 1 || len(k.refused) != 1 || !strings.Contains(k.refused[0], "still running") {
		t.Errorf("ran twice: %q, refused %q", k.ran, k.refused)
	}
}

// TestOtherName asks for another name until the server can take it.
func TestOtherName(t *testing.T) {
	t.Parallel()
	k := newAsked()
	k.refuse["node"] = model.Refusal{Reason: model.ReasonNameTaken, Text: "another snapshot has the name"}
	k.refuse["a b"] = model.Refusal{Reason: model.ReasonName, Text: "the server does not accept its name"}
	k.Restore(gone(), "")
	first := k.questions[0]
	if first.Answer == nil || first.Typed != "node-restored" || !strings.Contains(first.Lines[0].String(), "another snapshot has the name") {
		t.Fatalf("asked %+v", first)
	}
	first.Answer("a b")
	k.questions[1].Answer("node-2")
	if got := k.questions[2].Title.String(); got != "Restore node as node-2  3fa2c1d0  in acme · host" {
		t.Errorf("asked %q", got)
	}
	k.questions[2].Modes[0].Do()
	if len(k.ran) != 1 || k.ran[0] != "node-2 node-2 e1 restore" {
		t.Errorf("ran %q", k.ran)
	}
	if reason := k.Unrestorable(gone().Snapshot); reason != "" {
		t.Errorf("a taken name makes it unrestorable: %s", reason)
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	k := newAsked()
	k.refuse["node"] = model.Refusal{Reason: model.ReasonSandbox, Text: "it was taken from a sandbox"}
	k.refuse[""] = k.refuse["node"]
	k.Restore(gone(), "")
	if len(k.questions) > 0 || len(k.refused) != 1 || k.refused[0] != "node cannot be restored: it was taken from a sandbox" {
		t.Errorf("asked %+v, refused %q", k.questions, k.refused)
	}
	if got := k.RefuseNow(gone()); got != "node cannot be restored: it was taken from a sandbox" {
		t.Errorf("refused now: %q", got)
	}
	k.Plan = nil
	if got := k.RefuseNow(gone()); got != "the recipe cannot be saved" || k.Unrestorable(gone().Snapshot) != "" {
		t.Errorf("without a journal: %q", got)
	}
}

func TestEnded(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		result model.RebuildResult
		kept   bool
		asks   int
	}{
		"restored":   {model.RebuildResult{Outcome: model.OutcomeRebuilt}, false, 0},
		"failed":     {model.RebuildResult{Outcome: model.OutcomeBuildFailed}, false, 0},
		"refused":    {model.RebuildResult{Outcome: model.OutcomeUntouched}, true, 0},
		"name taken": {model.RebuildResult{Outcome: model.OutcomeUntouched, NameTaken: true}, true, 1},
		"unfinished": {model.RebuildResult{Outcome: model.OutcomeUnfinished, NameTaken: true, Entry: "e1"}, true, 0},
	} {
		k, recipes := newAsked(), new(deleted.Recipes)
		recipes.SetSaved([]model.DeletedSnapshot{gone()}, nil, time.Time{})
		k.Ended(recipes, gone().Snapshot.ID, "node", tc.result)
		if _, kept := recipes.Find(gone().Snapshot.ID); kept != tc.kept || len(k.questions) != tc.asks {
			t.Errorf("%s: kept %v, asked %d", name, kept, len(k.questions))
		}
	}
}
