package grid

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMarks(t *testing.T) {
	g := newItems("a b c d")
	g.Select("c")
	g.ToggleMark()
	g.Mark("a")
	g.Mark("a")
	g.Mark("hidden")
	wantMarks(t, g, "c a hidden")

	g.SetRows(items("d c"))
	wantMarks(t, g, "c a hidden")
	if !g.IsMarked("a") || g.IsMarked("d") {
		t.Error("marks change when rows are filtered out")
	}

	g.ToggleMarkAll()
	wantMarks(t, g, "c a hidden d")
	g.ToggleMarkAll()
	wantMarks(t, g, "a hidden")

	g.ToggleMark()
	wantMarks(t, g, "a hidden c")
	g.ToggleMark()
	wantMarks(t, g, "a hidden")

	g.Unmark("nope")
	g.RetainMarks(func(id string) bool { return id != "hidden" })
	wantMarks(t, g, "a")
	g.ClearMarks()
	wantMarks(t, g, "")
}

func wantMarks(t *testing.T, g *Grid[item], want string) {
	t.Helper()
	if diff := cmp.Diff(strings.Fields(want), g.Marked(), cmp.Transformer("join", func(s []string) string {
		return strings.Join(s, " ")
	})); diff != "" {
		t.Errorf("marked: -want +got:\n%s", diff)
	}
	if n := len(strings.Fields(want)); g.MarkCount() != n {
		t.Errorf("MarkCount is %d, want %d", g.MarkCount(), n)
	}
}
