package grid

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

func TestVisibleColumns(t *testing.T) {
	g := newItems("ant")
	tests := []struct {
		width int
		want  []string
	}{
		{80, []string{"name", "state", "size"}},
		{21, []string{"name", "state"}},
		{12, []string{"name"}},
		{4, []string{}},
	}
	for _, tt := range tests {
		g.SetSize(tt.width, 5)
		if diff := cmp.Diff(tt.want, g.VisibleColumns()); diff != "" {
			t.Errorf("at %d: -want +got:\n%s", tt.width, diff)
		}
	}
}

func TestColumnWithoutLimits(t *testing.T) {
	g := newItems("abcdef")
	columns := itemColumns()[:2]
	columns[0].Min, columns[0].Max = 0, 0
	g.SetColumns(columns)
	for width, want := range map[int]string{
		30: "▌  abcdef            active   |",
		13: "▌  …  active |",
	} {
		g.SetSize(width, 2)
		if got := strings.Split(screen(g.View(true)), "\n")[1]; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	columns[0].Min, columns[0].Max = 4, 1 // Max below Min is Min
	g.SetColumns(columns)
	g.SetSize(12, 2)
	checkView(t, g, `
		   NAME     |
		▌  ab…f     |
	`)
}

// MinGridWidth includes the gutter and the margin, as SetSize does.
func TestMinGridWidth(t *testing.T) {
	g := newItems("ant")
	columns := itemColumns()
	columns[2].MinGridWidth = 40
	g.SetColumns(columns)
	for width, want := range map[int]int{39: 2, 40: 3} {
		g.SetSize(width, 5)
		if got := len(g.VisibleColumns()); got != want {
			t.Errorf("width %d shows %d columns, want %d", width, got, want)
		}
	}
}

// A cell that fits itself into a width is not cut.
func TestFit(t *testing.T) {
	g := newItems("abcdefghijklmnopq ABC")
	columns := itemColumns()[:1]
	columns[0].Fit = func(r item, width int) text.Line {
		return text.Sprintf("%d of %d", min(width, len(r.id)), len(r.id)).As(theme.Text)
	}
	g.SetColumns(columns)
	g.SetSize(16, 3)
	checkView(t, g, `
		   NAME         |
		▌  12 of 17     |
		   3 of 3       |
	`)
}

// A cell extends over the idle cells on its right as far as it needs them, and over those of
// columns that yield, unless the rows are sorted by them.
func TestSpread(t *testing.T) {
	g := New(func(r item) string { return r.id })
	value := func(id string, at int) Column[item] {
		return Column[item]{ID: id, Title: text.Cell(id), Min: 4, Max: 4, Right: true, Cell: func(r item) text.Line {
			return text.Cell(strings.Split(r.state, " ")[at]).As(theme.Text)
		}}
	}
	g.SetColumns([]Column[item]{
		{ID: "why", Title: text.Lit("WHY"), Min: 5, Max: 5, Spread: func(r item) bool { return r.size > 0 }, Cell: func(r item) text.Line { return text.Cell(r.id).As(theme.Text) }},
		value("a", 0), value("b", 1), value("c", 2),
	})
	g.SetSize(28, 9)
	g.SetRows([]item{
		{"no more room", "– – –", 0},
		{"as far as it needs", "– – –", 1},
		{"it needs it", "– – –", 1},
		{"short", "– – –", 1},
		{"less", "– – –", 1},
		{"up to a value", "– 7 –", 1},
		{"not at all", "7 – –", 1},
	})
	checkView(t, g, `
		   WHY       a     b     c  |
		▌  no m…     –     –     –  |
		   as far as it needs       |
		   it needs it     –     –  |
		   short     –     –     –  |
		   less      –     –     –  |
		   up to a va…     7     –  |
		   not …     7     –     –  |
		                            |
	`)
	columns := g.columns
	columns[2].Yields = true
	g.SetColumns(columns)
	checkView(t, g, `
		   WHY       a     b     c  |
		▌  no m…     –     –     –  |
		   as far as it needs       |
		   it needs it     –     –  |
		   short     –     –     –  |
		   less      –     –     –  |
		   up to a value         –  |
		   not …     7     –     –  |
		                            |
	`)
	g.SetSort("b", false)
	checkView(t, g, `
		   WHY       a   b ▼     c  |
		▌  no m…     –     –     –  |
		   as far as it needs       |
		   it needs it     –     –  |
		   short     –     –     –  |
		   less      –     –     –  |
		   up to a va…     7     –  |
		   not …     7     –     –  |
		                            |
	`)
}
