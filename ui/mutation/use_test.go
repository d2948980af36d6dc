package mutation

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/row"
)

// viewOf returns a view of snapshots with the use that their names tell.
func viewOf(names ...string) (*row.ViewState, []*model.Snapshot) {
	var some []*model.Snapshot
	for _, name := range names {
		some = append(some, &model.Snapshot{ID: "id-" + name, Name: name, State: model.StateActive})
	}
	v := view(nil, some...)
	for _, s := range some {
		use := model.Use{At: v.Now, Known: true}
		kind, _, _ := strings.Cut(s.Name, "-")
		switch kind {
		case "used":
			use.Sandboxes = []model.Sandbox{{State: "started", LastActivityAt: model.SomeTime(v.Now.Add(-2 * time.Hour))}, {State: "stopped"}}
		case "part":
			use.Known, use.Sandboxes = false, []model.Sandbox{{State: "started"}}
		case "unknown":
			use.Known, use.Reason = false, "Access denied"
		case "awaited":
			v.Uses.Asking[s.Name] = true
			continue
		case "never":
			continue
		}
		v.Uses.ByName[s.Name] = use
	}
	return v, some
}

func TestUseInQuestions(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		line       string
		deleteWord string
	}{
		"free":    {"· not in use: no sandboxes", ""},
		"used":    {"! in use: 1 sandbox started, 1 stopped · last active 2h ago", "used"},
		"part":    {"! in use: at least 1 sandbox started", "part"},
		"unknown": {"! use not known: Access denied", "unknown"},
		"awaited": {"· asking which sandboxes use it …", ""},
		"never":   {"! use not known", "never"},
	} {
		v, some := viewOf(name)
		s := some[0]
		for _, lines := range []string{plain(Delete().Impact(v, s)), plain(Deactivate().Impact(v, s)), plain(PlanLines(v, s, model.Plan{}, false))} {
			if !strings.Contains(lines, tc.line+"\n") {
				t.Errorf("%s: %q is missing in\n%s", name, tc.line, lines)
			}
		}
		if got := Delete().Word(v, s, nil); got != tc.deleteWord {
			t.Errorf("%s: a delete wants %q typed", name, got)
		}
		for _, m := range []*Mutation{Deactivate(), Rebuild(), Activate()} {
			if got := m.Word(v, s, nil); got != "" {
				t.Errorf("%s: to %s %q must be typed", name, m.Name, got)
			}
		}
	}
}

func TestTheWord(t *testing.T) {
	t.Parallel()
	v, some := viewOf("free")
	s := some[0]
	if got := Deactivate().Word(v, s, []string{"fr*"}); got != "free" {
		t.Errorf("protected: %q", got)
	}
	s.LastUsedAt = model.SomeTime(v.Now.Add(-time.Hour))
	if Rebuild().Word(v, s, nil) != "free" || Activate().Word(v, s, nil) != "" {
		t.Error("used in the last day")
	}
	s.Name = "fr\x1bee"
	if got := Delete().Word(v, s, nil); got != s.ShortID() {
		t.Errorf("an altered name: %q", got)
	}
}

func TestWarmPoolsInQuestions(t *testing.T) {
	t.Parallel()
	v, some := viewOf("free", "free-2")
	s := some[0]
	lines := func() string {
		return plain(Delete().Impact(v, s)) + plain(PlanLines(v, s, model.Plan{}, false))
	}
	if strings.Contains(lines(), "pool") {
		t.Errorf("before the answer:\n%s", lines())
	}
	v.Uses.Pools.At = v.Now
	if strings.Count(lines(), "· warm pools not known\n") != 2 || strings.Contains(plain(Deactivate().Impact(v, s)), "pool") {
		t.Errorf("without an answer:\n%s", lines())
	}
	v.Uses.Pools = model.WarmPools{Known: true, At: v.Now, Pools: []model.WarmPool{{Snapshot: "free", RegionID: "eu-1", Size: 3}, {Snapshot: "id-free", RegionID: "us", Size: 1}}}
	if strings.Count(lines(), "! warm pools lost: eu (3 sandboxes), us (1 sandbox)\n") != 2 || strings.Contains(plain(Deactivate().Impact(v, s)), "pool") {
		t.Errorf("with pools:\n%s", lines())
	}
	if got := plain(Delete().Impact(v, some[1])); strings.Contains(got, "pool") {
		t.Errorf("of another snapshot:\n%s", got)
	}
	b := Bulk{Mutation: Delete(), View: v, Preview: PreviewOf(Delete(), v, some)}
	if got := plain(b.Question().Lines); !strings.Contains(got, "! warm pools of free lost: eu (3 sandboxes), us (1 sandbox)\n") {
		t.Errorf("of many:\n%s", got)
	}
}

// bulkOf returns the question about an action on many, and the names that it would run on.
func bulkOf(m *Mutation, names ...string) (q dialog.Question, run func(do func() tea.Cmd) string) {
	v, some := viewOf(names...)
	var ran []string
	found := PreviewOf(Delete(), v, some)
	b := Bulk{Mutation: m, View: v, Preview: found, Run: func(able []*model.Snapshot) tea.Cmd {
		for _, s := range able {
			ran = append(ran, s.Name)
		}
		return nil
	}}
	return b.Question(), func(do func() tea.Cmd) string {
		ran = nil
		do()
		return strings.Join(ran, " ")
	}
}

func TestABulkDeleteLeavesOutWhatIsInUse(t *testing.T) {
	t.Parallel()
	q, run := bulkOf(Delete(), "free-1", "used-1", "free-2", "part-1")
	if got := run(q.Do); got != "free-1 free-2" || q.Word != "2" || q.Refusal != "" || len(q.Modes) != 0 {
		t.Errorf("deletes %q after %q, %d modes", got, q.Word, len(q.Modes))
	}
	lines := plain(q.Lines)
	for _, want := range []string{
		"! used-1 in use: 1 sandbox started, 1 stopped · last active 2h ago\n", "! part-1 in use: at least 1 sandbox started\n",
		"· left out: those in use · delete each of them alone, by its name\n",
	} {
		if !strings.Contains(lines, want) {
			t.Errorf("%q is missing in\n%s", want, lines)
		}
	}
	if strings.Contains(lines, "  used-1  ") || !strings.HasPrefix(q.Title.String(), "Delete 2 snapshots") {
		t.Errorf("%s\n%s", q.Title, lines)
	}

	q, run = bulkOf(Delete(), "free-1", "free-2")
	if got := run(q.Do); got != "free-1 free-2" || !strings.Contains(plain(q.Lines), "· none of them is in use\n") {
		t.Errorf("deletes %q:\n%s", got, plain(q.Lines))
	}
	q, _ = bulkOf(Delete(), "used-1", "used-2")
	if q.Refusal != "no snapshot is left to delete" || strings.Contains(plain(q.Lines), "DELETE") || !strings.Contains(plain(q.Lines), "used-2 in use") {
		t.Errorf("all in use: %q\n%s", q.Refusal, plain(q.Lines))
	}
	q, _ = bulkOf(Delete(), "awaited-1", "free-1")
	if !strings.Contains(plain(q.Lines), "· asking which sandboxes use them …\n") || strings.Contains(plain(q.Lines), "none of them") || q.Word != "2" {
		t.Errorf("before the answer:\n%s", plain(q.Lines))
	}
}

// TestABulkDeleteAsksForNames of those in use, one after the other, and then for all.
func TestABulkDeleteAsksForNames(t *testing.T) {
	t.Parallel()
	names := []string{"free-1", "used-1", "unknown-1", "used-2"}
	v, some := viewOf(names...)
	var asked []dialog.Question
	var ran []string
	b := Bulk{
		Mutation: Delete(), View: v, Preview: PreviewOf(Delete(), v, some), Connection: "acme",
		Run: func(able []*model.Snapshot) tea.Cmd {
			for _, s := range able {
				ran = append(ran, s.Name)
			}
			return nil
		},
		Ask:   func(q dialog.Question) tea.Cmd { asked = append(asked, q); return nil },
		Again: func(b Bulk) tea.Cmd { asked = append(asked, b.Question()); return nil },
	}
	q := b.Question()
	if len(q.Modes) != 3 || q.Modes[2].Name.String() != "name those in use" || q.Modes[2].Verb != "continue" || q.Modes[2].Word != "" {
		t.Fatalf("modes %+v", q.Modes)
	}
	if !strings.Contains(plain(q.Modes[0].Lines), "left out: those in use · tab asks for the name of each\n") {
		t.Errorf("no hint:\n%s", plain(q.Modes[0].Lines))
	}
	for _, again := range []bool{true, false} { // the second time nothing is named
		asked, ran = nil, nil
		q.Modes[2].Do()
		first := asked[0]
		if first.Word != "used-1" || first.Verb != "include it" || first.LeaveName != "leave it out" || !strings.HasSuffix(first.Title.String(), "1 of 2 in use") || !strings.Contains(plain(first.Lines), "in use: ") {
			t.Fatalf("asks %+v\n%s", first, plain(first.Lines))
		}
		if again {
			first.Do()
		} else {
			first.Leave()
		}
		if asked[1].Word != "used-2" {
			t.Fatalf("then asks %+v", asked[1])
		}
		asked[1].Leave()
		last := asked[2]
		want, number := "free-1", "1"
		if again {
			want, number = "free-1 used-1", "2"
		}
		mode := last.Modes[0] // of unknown use: left out
		if len(asked) != 3 || len(last.Modes) != 2 || mode.Word != number || len(ran) > 0 {
			t.Fatalf("at last asks %+v, ran %q", last, ran)
		}
		lines := plain(mode.Lines)
		if strings.Contains(lines, "included: those in use that you named\n") != again || !strings.Contains(lines, "left out: those in use · delete each of them alone, by its name\n") {
			t.Errorf("at last:\n%s", lines)
		}
		mode.Do()
		if got := strings.Join(ran, " "); got != want {
			t.Errorf("deletes %q, want %q", got, want)
		}
	}
}

// TestABulkDeleteOfUnknownUse: they are left out unless the user includes them.
func TestABulkDeleteOfUnknownUse(t *testing.T) {
	t.Parallel()
	q, run := bulkOf(Delete(), "free-1", "unknown-1", "used-1", "unknown-2")
	if len(q.Modes) != 2 || q.Word != "" || q.Refusal != "" {
		t.Fatalf("%d modes, word %q, refused %q", len(q.Modes), q.Word, q.Refusal)
	}
	out, in := q.Modes[0], q.Modes[1]
	if got := run(out.Do); got != "free-1" || out.Word != "1" || out.Name.String() != "leave out 2 of unknown use" {
		t.Errorf("%s deletes %q after %q", out.Name, got, out.Word)
	}
	if got := run(in.Do); got != "free-1 unknown-1 unknown-2" || in.Word != "3" || !strings.HasPrefix(in.Title.String(), "Delete 3 snapshots") {
		t.Errorf("%s deletes %q after %q", in.Name, got, in.Word)
	}
	named := "! use not known: Access denied · unknown-1, unknown-2\n"
	if !strings.Contains(plain(out.Lines), named+"· left out: those of unknown use\n") || !strings.Contains(plain(in.Lines), named+"! included: those of unknown use\n") {
		t.Errorf("out:\n%s\nin:\n%s", plain(out.Lines), plain(in.Lines))
	}

	q, run = bulkOf(Delete(), "unknown-1", "unknown-2")
	if q.Modes[0].Refusal == "" || q.Modes[1].Refusal != "" || run(q.Modes[1].Do) != "unknown-1 unknown-2" {
		t.Errorf("all unknown: refused %q and %q", q.Modes[0].Refusal, q.Modes[1].Refusal)
	}
}

// TestOtherBulkActionsShowTheUse: they leave out nothing.
func TestOtherBulkActionsShowTheUse(t *testing.T) {
	t.Parallel()
	for _, m := range []*Mutation{Deactivate(), Rebuild()} {
		q, run := bulkOf(m, "free-1", "used-1", "unknown-1")
		lines := plain(q.Lines)
		if got := run(q.Do); got != "free-1 used-1 unknown-1" || q.Word != "3" {
			t.Errorf("%s: %q after %q", m.Name, got, q.Word)
		}
		if !strings.Contains(lines, "! used-1 in use: ") || !strings.Contains(lines, "! use not known: Access denied · unknown-1\n") || strings.Contains(lines, "left out") {
			t.Errorf("%s:\n%s", m.Name, lines)
		}
	}
	if q, _ := bulkOf(Activate(), "used-1", "never-1"); strings.Contains(plain(q.Lines), "in use") || strings.Contains(plain(q.Lines), "not known") || q.Word != "" {
		t.Errorf("activate:\n%s", plain(q.Lines))
	}
}

func TestLongListsOfUse(t *testing.T) {
	t.Parallel()
	var used, unknown []string
	for range maxUsed + 2 {
		used, unknown = append(used, "used-x"), append(unknown, "unknown-x")
	}
	q, _ := bulkOf(Deactivate(), append(used, unknown...)...)
	lines := plain(q.Lines)
	if strings.Count(lines, "! used-x in use") != maxUsed || !strings.Contains(lines, "! 2 more in use\n") || !strings.Contains(lines, "unknown-x and 2 more\n") {
		t.Errorf("got\n%s", lines)
	}
}

// TestRevertingADeleteDoesNotAsk: it must be quick.
func TestRevertingADeleteDoesNotAsk(t *testing.T) {
	t.Parallel()
	v, some := viewOf("free")
	if !Deactivate().AsksUse(v, some[0]) || !Delete().AsksUse(v, some[0]) || !Rebuild().AsksUse(v, some[0]) || Activate().AsksUse(v, some[0]) {
		t.Error("the questions about a listed snapshot")
	}
	some[0].State = model.StateRemoving
	if Deactivate().AsksUse(v, some[0]) {
		t.Error("the question about one that is being removed asks")
	}
}
