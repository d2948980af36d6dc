package families

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/uitest"
)

func drawn(l *List) string { return uitest.Words(uitest.List(l, 90, 16)) }

var now = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

// view holds snapshots, the ones created first at the start.
func view(names ...string) *row.ViewState {
	var all []*model.Snapshot
	for i, name := range names {
		name, general := strings.CutPrefix(name, "general ")
		s := &model.Snapshot{ID: fmt.Sprint(i), Name: name, General: general, State: model.StateActive, Size: model.Some(1.25)}
		s.CreatedAt = model.SomeTime(now.AddDate(0, 0, i-len(names)))
		if i%2 == 1 {
			s.State = model.StateError
		}
		all = append(all, s)
	}
	return uitest.View(now, all...)
}

func TestListOfFamilies(t *testing.T) {
	t.Parallel()
	l := New(view("a-1.0.0", "a-1.10.0", "a-1.9.0", "b", "a", "general a-2.0.0", "c-3fa2bc5", "c-20261128"))
	got := drawn(l)
	for _, want := range []string{
		"COUNT GB NEWEST FAMILY STATES", "3 3.75 7d ago a ✗ 1 ✓ 2", "2 2.50 1d ago c ✗ 1 ✓ 1", "1 1.25 3d ago a ✗ 1 general", "1 1.25 4d ago a ✓ 1",
		"a-1.10.0 a-1.9.0 a-1.0.0", "1 error, 2 active · newest first, by version",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not show %q:\n%s", want, got)
		}
	}
	var queries []string
	for range l.Len() {
		query, ok := l.Query()
		queries = append(queries, query)
		if !ok {
			t.Error("no query")
		}
		l.Move(1)
	}
	want := "family:=a has:version general:no|family:=c|family:=a -has:version general:no|family:=a has:version general:yes|family:=b"
	if got := strings.Join(queries, "|"); got != want {
		t.Errorf("queries\n%s\nwant\n%s", got, want)
	}
	l.Top()
	table := grid.New(func(s *model.Snapshot) string { return s.ID })
	table.Mark("2")
	for _, want := range []string{"2 1 0", "", "1 2 0"} {
		l.ToggleMarks(table)
		if got := strings.Join(table.Marked(), " "); got != want {
			t.Errorf("marked are %q, want %q", got, want)
		}
	}
}

func TestEmptyList(t *testing.T) {
	t.Parallel()
	v := view()
	l := New(v)
	if _, ok := l.Query(); ok || !strings.Contains(drawn(l), "no snapshots") {
		t.Error("an empty list has a query")
	}
	l.ToggleMarks(nil) // marks nothing
	v.Data = view("x-3fa2bc5", "x y-20261128").Data
	if l.Update(); !strings.Contains(drawn(l), "x-3fa2bc5") || !strings.Contains(drawn(l), "newest first, by creation") {
		t.Errorf("after a poll\n%s", drawn(l))
	}
	l.Bottom()
	if query, _ := l.Query(); query != `family:"=x y"` || !strings.Contains(drawn(l), "newest first, by version") {
		t.Errorf("query %s\n%s", query, drawn(l))
	}
}

func TestManyFamiliesAreFoundByWork(t *testing.T) {
	t.Parallel()
	var names []string
	for i := range maxInline + 1 {
		names = append(names, fmt.Sprintf("a%d-1.%d.0", i%7, i))
	}
	l := New(view(names...))
	compute := l.Work()
	if l.Len() != 0 || compute == nil || l.Work() != nil {
		t.Fatalf("%d rows at once", l.Len())
	}
	compute()()
	if l.Len() != 7 || l.Work() != nil {
		t.Errorf("%d rows", l.Len())
	}
}
