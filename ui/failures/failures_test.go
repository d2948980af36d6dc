package failures

import (
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/uitest"
)

func failed(id, reason string) *model.Snapshot {
	return &model.Snapshot{ID: id, Name: "name-" + id, State: model.StateError, ErrorReason: model.Optional[string]{Value: reason, Presence: model.Present}}
}

// view holds snapshots, in a complete list.
func view(snapshots ...*model.Snapshot) *row.ViewState {
	return uitest.View(time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC), snapshots...)
}

func drawn(l *List) string { return uitest.Words(uitest.List(l, 80, 14)) }

func TestListShowsShortReasonsAndTheWholeOne(t *testing.T) {
	t.Parallel()
	v := view(failed("1", "failed to build image: The command '/bin/sh -c npm ci' returned a non-zero code: 137"),
		failed("2", "failed to build image: The command '/bin/sh -c npm ci' returned a non-zero code: 1"), failed("3", ""))
	l := New(v)
	got := drawn(l)
	for _, want := range []string{"2 – npm ci → exit …", "1 – the server gave no reason", "failed to build image: The command '/bin/sh -c npm ci' returned a non-zero", "name-1 name-2"} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not show %q:\n%s", want, got)
		}
	}
	v.Data = view().Data
	if l.Update(); !strings.Contains(drawn(l), "no snapshot is failed") {
		t.Errorf("it still shows\n%s", drawn(l))
	}
	if _, ok := l.Query(); ok {
		t.Error("an empty list has a query")
	}
}

func TestToggleMarks(t *testing.T) {
	t.Parallel()
	l := New(view(failed("1", "npm"), failed("2", "npm"), failed("3", "pip")))
	table := grid.New(func(s *model.Snapshot) string { return s.ID })
	table.Mark("2")
	table.Mark("3")
	for _, want := range []string{"2 3 1", "3", "3 1 2"} {
		l.ToggleMarks(table)
		if got := strings.Join(table.Marked(), " "); got != want {
			t.Errorf("marked are %q, want %q", got, want)
		}
	}
}

// A reason that is the same everywhere keeps its names and numbers.
func TestListShowsAllOfTheSameReason(t *testing.T) {
	t.Parallel()
	const oom = "failed to build image: The command '/bin/sh -c npm ci' returned a non-zero code: 137"
	l := New(view(failed("1", oom), failed("2", oom), failed("3", "line 1\n\nline 2"+strings.Repeat("\nmore", 20))))
	if got := drawn(l); !strings.Contains(got, "2 – npm ci → exit 137") || !strings.Contains(got, "code: 137") {
		t.Errorf("it shows\n%s", got)
	}
	g := l.Rows()[1]
	lines := l.details(g)
	if len(lines) != maxReasonLines+2 || lines[0].String() != "line 1" || lines[2].String() != "line 2" || lines[len(lines)-1].String() != "1 snapshot: name-3" {
		t.Errorf("the full reason is %v", lines)
	}
}
