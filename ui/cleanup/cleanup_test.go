package cleanup

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/prune"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/uitest"
)

func drawn(l *List) string { return uitest.Words(uitest.List(l, 100, 16)) }

var now = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

// view holds active snapshots that were created 20 days ago, and more.
func view(names ...string) *row.ViewState {
	var all []*model.Snapshot
	for i, name := range names {
		all = append(all, &model.Snapshot{
			ID: "id-" + name, Name: name, State: model.StateActive, Size: model.Some(1.25), CreatedAt: model.SomeTime(now.AddDate(0, 0, i-20-len(names))),
		})
	}
	v := uitest.View(now, all...)
	v.Uses.Pools.Known = true
	for _, name := range names {
		v.Uses.ByName[name] = model.Use{Known: true}
	}
	return v
}

func table() *grid.Grid[*model.Snapshot] {
	return grid.New(func(s *model.Snapshot) string { return s.ID })
}

func TestListOfACleanup(t *testing.T) {
	t.Parallel()
	v := view("a-1.0.0", "a-1.1.0", "a-1.2.0", "a-1.3.0", "a-1.4.0", "b", "prod-1.0.0", "prod-1.0.1", "prod-1.0.2", "prod-1.0.3")
	marks := table()
	l := New(v, marks, prune.Options{}, []string{"prod-*"})
	got := drawn(l)
	for _, want := range []string{
		"delete a-1.1.0 ✓ active 1.25 29d number 4 of its family", "delete a-1.0.0", "keep a-1.4.0 ✓ active 1.25 26d newest active of its family",
		"keep b ✓ active 1.25 25d no version in its name", "delete 2 · keep 8 frees 2.50 GB and 2 places of the quota",
		"rule: keep the newest 3 of each family, delete what is unused for more than 14d", "a-1.1.0: number 4 of its family · family a",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not show %q:\n%s", want, got)
		}
	}
	if l.Goes() != 2 || l.MarkOne() != "" || strings.Join(marks.Marked(), " ") != "id-a-1.1.0" || !strings.Contains(drawn(l), "marked a-1.1.0") {
		t.Errorf("marked are %v", marks.Marked())
	}
	l.Bottom()
	l.Move(-1)
	if reason := l.MarkOne(); reason != "prod-1.0.0 stays: protected" {
		t.Errorf("one that stays: %q", reason)
	}
	for _, want := range []string{"id-a-1.1.0 id-a-1.0.0", "", "id-a-1.1.0 id-a-1.0.0"} {
		l.ToggleMarks()
		if got := strings.Join(marks.Marked(), " "); got != want {
			t.Errorf("marked are %q, want %q", got, want)
		}
	}
	if l.Mark(); len(marks.Marked()) != 2 {
		t.Error("marking again unmarks")
	}
}

func TestPlanFollowsTheSnapshotsAndTheTime(t *testing.T) {
	t.Parallel()
	v := view("a-1.0.0", "a-1.1.0", "a-1.2.0", "a-1.3.0")
	l := New(v, table(), prune.Options{}, nil)
	if l.Goes() != 1 || l.Work() != nil {
		t.Fatalf("%d go", l.Goes())
	}
	v.Pending["id-a-1.0.0"] = &row.Pending{ID: "id-a-1.0.0"}
	if l.Update(); l.Goes() != 0 || !strings.Contains(drawn(l), "an action on it is running") {
		t.Errorf("with a running action %d go", l.Goes())
	}
	delete(v.Pending, "id-a-1.0.0")
	store, _ := v.Data.Store.Without("id-a-1.3.0")
	v.Data = v.Data.With(store)
	if l.Update(); l.Goes() != 0 || l.Len() != 3 {
		t.Errorf("after a delete %d of %d go", l.Goes(), l.Len())
	}
	if v.Now = now.Add(time.Hour); l.Work() == nil {
		t.Error("the plan is as of an hour ago")
	}
	v.Data = view().Data
	l = New(v, table(), prune.Options{}, nil)
	if reason := l.MarkOne(); reason == "" || !strings.Contains(drawn(l), "no snapshots") {
		t.Error("an empty list")
	}
}

func TestTheRuleCanBeConfigured(t *testing.T) {
	t.Parallel()
	v := view("a-1.0.0", "a-1.1.0", "a-1.2.0", "a-1.3.0", "a-1.4.0")
	l := New(v, table(), prune.Options{Keep: 1, Unused: 15 * 24 * time.Hour, Failed: true}, []string{"a-1.0.0"})
	want := "rule: keep the newest 1 of each family, delete what is unused for more than 15d · failed ones go"
	if l.Goes() != 3 || !strings.Contains(strings.ReplaceAll(drawn(l), "\n", " "), want) {
		t.Errorf("%d go\n%s", l.Goes(), drawn(l))
	}
}

func TestWhatIsInUseStays(t *testing.T) {
	t.Parallel()
	v := view("a-1.0.0", "a-1.1.0", "a-1.2.0", "a-1.3.0", "a-1.4.0")
	v.Uses = row.NewUses()
	l := New(v, table(), prune.Options{}, nil)
	if got := strings.Join(l.Ask(), " "); got != "a-1.1.0 a-1.0.0" || len(l.Ask()) > 0 {
		t.Errorf("asks for %q", got)
	}
	if l.Goes() != 0 || !strings.Contains(drawn(l), "its warm pools are not known") {
		t.Errorf("%d go", l.Goes())
	}
	v.Uses.Pools, v.Uses.Reads = model.WarmPools{Known: true}, 1
	if l.Update(); l.Goes() != 0 || !strings.Contains(drawn(l), "use not known: asking") || !strings.Contains(drawn(l), "delete 0 · keep 5 asking who uses 2 snapshots") {
		t.Errorf("%d go", l.Goes())
	}
	v.Uses.ByName["a-1.1.0"] = model.Use{Known: true}
	v.Uses.ByName["a-1.0.0"] = model.Use{Sandboxes: []model.Sandbox{{State: "started"}}}
	v.Uses.Reads++
	if l.Update(); l.Goes() != 1 || !strings.Contains(drawn(l), "in use by 1 sandbox") || len(l.Ask()) > 0 {
		t.Errorf("%d go\n%s", l.Goes(), drawn(l))
	}
}

func TestPlansOfManySnapshotsAreMadeByWork(t *testing.T) {
	t.Parallel()
	var names []string
	for i := range maxInline + 1 {
		names = append(names, fmt.Sprintf("a%d-1.%d.0", i%7, i))
	}
	l := New(view(names...), table(), prune.Options{}, nil)
	compute := l.Work()
	if l.Len() != 0 || compute == nil || l.Work() != nil {
		t.Fatalf("%d rows at once", l.Len())
	}
	compute()()
	if l.Goes() != maxInline+1-21 || l.Work() != nil {
		t.Errorf("%d go", l.Goes())
	}
}
