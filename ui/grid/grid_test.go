package grid

import (
	"strings"
	"testing"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

func TestViewDrawsATable(t *testing.T) {
	g := newItems("ant bee cat dog eel")
	g.SetSort("state", false)
	g.Select("bee")
	g.Mark("cat")
	wantScreen(t, g, `
		   NAME         STATE ▼    GB   |
		   ant          active      0   |
		▌  bee          active      1   |
		 ● cat          active      2   |
		   dog          active      3   |
		   eel          active      4   |
	`)
}

func TestViewWithoutRoom(t *testing.T) {
	tests := []struct {
		name string
		w, h int
		want string
	}{
		{"the size is dropped first", 20, 3, `
		   NAME     STATE   |
		▌  ant-…dle active  |
		   bee      active  |
		`},
		{"then the state; the name is cut in the middle", 12, 3, `
		   NAME     |
		▌  ant-…dle |
		   bee      |
		`},
		{"one line shows the cursor's row", 12, 1, `
		▌  ant-…dle |
		`},
		{"a gutter and nothing else", 4, 2, `
		    |
		▌   |
		`},
		{"less than the gutter", 1, 2, `
		 |
		▌|
		`},
		{"no width", -3, 2, `
		|
		|
		`},
		{"nothing", 0, 0, ``},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newItems("ant-with-a-long-middle bee cat")
			g.SetSize(tt.w, tt.h)
			wantScreen(t, g, tt.want)
		})
	}
}

func TestHeadings(t *testing.T) {
	g := New(func(r item) string { return r.id })
	glyph := func(item) text.Line { return text.Lit("✓").As(theme.Active) }
	g.SetColumns([]Column[item]{
		{ID: "name", Title: text.Lit("NAME"), Min: 5, Max: 5, Cell: func(r item) text.Line { return text.Cell(r.id).As(theme.Text) }},
		{ID: "us", Title: text.Lit("us"), Subtitle: text.Lit("shared 104"), Bright: true, Min: 8, Max: 8, Cell: glyph},
		{ID: "n", Title: text.Lit("TOTAL"), Min: 5, Max: 5, Right: true, Cell: glyph},
	})
	g.SetSize(26, 5)
	g.SetRows(items("ant bee"))
	tests := []struct {
		name    string
		sorted  string
		reverse bool
		want    string
	}{
		{"no order", "", false, `
		   NAME  us       TOTAL   |
		         shared …         |
		▌  ant   ✓            ✓   |
		   bee   ✓            ✓   |
		                          |
		`},
		{"room for the arrow and a space", "us", true, `
		   NAME  us ▲     TOTAL   |
		         shared …         |
		▌  ant   ✓            ✓   |
		   bee   ✓            ✓   |
		                          |
		`},
		{"room for the arrow only", "name", false, `
		   NAME▼ us       TOTAL   |
		         shared …         |
		▌  ant   ✓            ✓   |
		   bee   ✓            ✓   |
		                          |
		`},
		{"no room: the title is cut, not the arrow", "n", false, `
		   NAME  us       TOT…▼   |
		         shared …         |
		▌  ant   ✓            ✓   |
		   bee   ✓            ✓   |
		                          |
		`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g.SetSort(tt.sorted, tt.reverse)
			wantScreen(t, g, tt.want)
		})
	}

	roles := map[string]theme.Role{}
	for _, s := range g.View(true)[0] {
		roles[s.Text.String()] = s.Role
	}
	if roles["NAME"] != theme.Dim || roles["us"] != theme.Title {
		t.Errorf("NAME has role %v, us has %v", roles["NAME"], roles["us"])
	}
}

// What a row is must be seen without colour and be marked for those who have it.
func TestRowsAreTellable(t *testing.T) {
	g := newItems("ant bee cat")
	g.Select("bee")
	g.Mark("cat")
	g.SetGutterGlyph(func(r item) text.Span {
		switch r.id {
		case "ant", "cat":
			return text.Span{Text: text.Lit("◆"), Role: theme.Failed}
		case "bee":
			return text.Span{Text: text.Lit("too wide"), Role: theme.Failed}
		}
		return text.Span{}
	})
	wantScreen(t, g, `
		   NAME         STATE      GB   |
		 ◆ ant          active      0   |
		▌  bee          active      1   |
		 ● cat          active      2   |
		                                |
		                                |
	`)

	view := g.View(true)
	for i, line := range view {
		want := theme.Base
		if i == 2 {
			want = theme.Selected
		}
		for _, s := range line {
			if s.On != want {
				t.Errorf("line %d: %q lies on %v, want %v", i, s.Text, s.On, want)
			}
		}
	}
	if got := view[2][0].Role; got != theme.Accent {
		t.Errorf("the bar has role %v", got)
	}
	if got := g.View(false)[2][0].Role; got != theme.Dim {
		t.Errorf("without focus the bar has role %v", got)
	}
	if got := view[3][1].Role; got != theme.Failed {
		t.Errorf("the mark of a row with a note has role %v, want the note's", got)
	}
	if got := view[2][4]; got.Role != theme.Text && got.Role != theme.Active {
		t.Errorf("a cell on the cursor's row has lost its role: %v", got)
	}
}

// At must name what is drawn where the pointer is.
func TestAtAgreesWithTheView(t *testing.T) {
	g := newItems("aaaa bbbb cccc dddd eeee ffff gggg hhhh")
	g.SetSize(32, 5)
	g.Select("gggg")
	for y, line := range g.View(true) {
		for x := range 32 {
			row, column, ok := g.At(x, y)
			if !ok {
				t.Fatalf("At(%d, %d): nothing", x, y)
			}
			if y == 0 {
				if row != Heading {
					t.Fatalf("At(%d, %d): row %d, want the heading", x, y, row)
				}
				continue
			}
			drawn := strings.TrimSpace(line.Slice(3, 7).String())
			if got := g.Rows()[row].id; got != drawn {
				t.Fatalf("At(%d, %d): row %s, drawn is %s", x, y, got, drawn)
			}
			want := ""
			switch {
			case x >= 3 && x < 16:
				want = "name"
			case x >= 16 && x < 25:
				want = "state"
			case x >= 25 && x < 30:
				want = "size"
			}
			if column != want {
				t.Fatalf("At(%d, %d): column %q, want %q", x, y, column, want)
			}
		}
	}
}

func TestAtNothing(t *testing.T) {
	g := newItems("ant bee")
	g.SetSize(32, 2)
	if row, _, ok := g.At(0, 2); ok {
		t.Errorf("row %d is below the grid", row)
	}
	g.SetSize(32, 6)
	for _, p := range [][2]int{{-1, 1}, {32, 1}, {0, -1}, {0, 6}, {5, 3}} {
		if row, column, ok := g.At(p[0], p[1]); ok {
			t.Errorf("At(%d, %d) = %d, %q, want nothing", p[0], p[1], row, column)
		}
	}
}

func TestMovement(t *testing.T) {
	ids := "a b c d e f g h i j k l m n o p" // 16 rows, 5 visible
	tests := []struct {
		name   string
		do     func(g *Grid[item])
		want   string
		offset int
	}{
		{"down", func(g *Grid[item]) { g.Move(3) }, "d", 0},
		{"down, with a scroll", func(g *Grid[item]) { g.Move(6) }, "g", 2},
		{"up stops at the top", func(g *Grid[item]) { g.Move(2); g.Move(-9) }, "a", 0},
		{"down stops at the end", func(g *Grid[item]) { g.Move(99) }, "p", 11},
		{"the bottom", func(g *Grid[item]) { g.Bottom() }, "p", 11},
		{"the top again", func(g *Grid[item]) { g.Bottom(); g.Top() }, "a", 0},
		{"up scrolls as little as it must", func(g *Grid[item]) { g.Bottom(); g.Move(-5) }, "k", 10},
		{"a page keeps the cursor's line", func(g *Grid[item]) { g.Move(2); g.Page(1) }, "h", 5},
		{"half a page", func(g *Grid[item]) { g.Page(0.5) }, "d", 3},
		{"half a page up", func(g *Grid[item]) { g.Bottom(); g.Page(-0.5) }, "m", 8},
		{"a page past the end", func(g *Grid[item]) { g.Page(9) }, "p", 11},
		{"a page past the top", func(g *Grid[item]) { g.Move(3); g.Page(-9) }, "a", 0},
		{"never less than a row", func(g *Grid[item]) { g.Page(0.01) }, "b", 1},
		{"selecting", func(g *Grid[item]) { g.Select("h") }, "h", 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newItems(ids)
			tt.do(g)
			row, _ := g.Cursor()
			if row.id != tt.want || g.offset != tt.offset {
				t.Errorf("cursor %s, offset %d, want %s, %d", row.id, g.offset, tt.want, tt.offset)
			}
		})
	}
}

func TestSelect(t *testing.T) {
	g := newItems("a b c")
	if !g.Select("b") {
		t.Error("a row that is there was not found")
	}
	if g.Select("nope") {
		t.Error("a row that is not there was found")
	}
	if row, _ := g.Cursor(); row.id != "b" {
		t.Errorf("the cursor is on %s", row.id)
	}
}

func TestMovementWithoutRows(t *testing.T) {
	g := newItems("")
	g.Move(1)
	g.Page(-1)
	g.Bottom()
	g.Top()
	g.ToggleMark()
	if _, ok := g.Cursor(); ok || g.CursorIndex() != -1 || g.Len() != 0 || g.MarkCount() != 0 {
		t.Errorf("an empty grid has a cursor at %d and %d marks", g.CursorIndex(), g.MarkCount())
	}
}

func TestResizeKeepsTheCursorVisible(t *testing.T) {
	g := newItems("a b c d e f g h i j k l m n o p")
	g.Select("k")
	for _, height := range []int{3, 1, 9, 40, 2} {
		g.SetSize(32, height)
		if !strings.Contains(screen(g.View(true)), "▌  k") {
			t.Errorf("height %d:\n%s", height, screen(g.View(true)))
		}
	}
}
