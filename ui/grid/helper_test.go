package grid

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// item is a row of the test grids.
type item struct {
	id    string
	state string
	size  int
}

// items returns an item for each word of ids.
func items(ids string) []item {
	var rows []item
	for id := range strings.FieldsSeq(ids) {
		rows = append(rows, item{id: id, state: "active", size: len(rows)})
	}
	return rows
}

func itemColumns() []Column[item] {
	cell := func(s string) text.Line { return text.Cell(s).As(theme.Text) }
	return []Column[item]{
		{ID: "name", Title: text.Lit("NAME"), Min: 6, Max: 12, Cut: text.CutMiddle, Cell: func(r item) text.Line { return cell(r.id) }},
		{ID: "state", Title: text.Lit("STATE"), Min: 6, Max: 8, DropPriority: 1, Cell: func(r item) text.Line { return cell(r.state).As(theme.Active) }},
		{ID: "size", Title: text.Lit("GB"), Min: 4, Max: 4, DropPriority: 2, Right: true, Cell: func(r item) text.Line { return cell(fmt.Sprint(r.size)) }},
	}
}

func newItems(ids string) *Grid[item] {
	g := New(func(r item) string { return r.id })
	g.SetColumns(itemColumns())
	g.SetSize(34, 6)
	g.SetRows(items(ids))
	return g
}

// screen returns the text of the lines, with a | at the end of each to show trailing
// spaces.
func screen(lines []text.Line) string {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(line.String() + "|\n")
	}
	return b.String()
}

func checkView(t *testing.T, g *Grid[item], want string) {
	t.Helper()
	want = strings.ReplaceAll(strings.TrimLeft(want, "\n"), "\t", "")
	if diff := cmp.Diff(want, screen(g.View(true))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
