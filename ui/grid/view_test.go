package grid

import (
	"strings"
	"testing"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

func TestViewInSmallSizes(t *testing.T) {
	tests := []struct {
		name string
		w, h int
		want string
	}{
		{"drops the size first", 21, 3, `
		   NAME      STATE   |
		▌  ant-…dle  active ▐|
		   bee       active  |
		`},
		{"drops the state, cuts the name in the middle", 12, 3, `
		   NAME     |
		▌  ant-…dle▐|
		   bee      |
		`},
		{"one line shows the cursor row", 12, 1, `
		▌  ant-…dle▐|
		`},
		{"gutter only", 4, 2, `
		    |
		▌   |
		`},
		{"narrower than the gutter", 1, 2, `
		 |
		▌|
		`},
		{"negative width", -3, 2, `
		|
		|
		`},
		{"empty", 0, 0, ``},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newItems("ant-with-a-long-middle bee cat")
			g.SetSize(tt.w, tt.h)
			checkView(t, g, tt.want)
		})
	}
}

// The bar at the right edge shows where the view is, and both of its ends are reached
// only at the ends of the list.
func TestScrollBar(t *testing.T) {
	for _, tt := range []struct{ rows, offset, from, to int }{
		{5, 0, 0, 0}, {6, 0, 0, 4}, {6, 1, 1, 5}, {10, 0, 0, 2}, {10, 4, 2, 4}, {10, 5, 3, 5}, {1000, 0, 0, 1}, {1000, 994, 3, 4}, {1000, 995, 4, 5},
	} {
		g := newItems(strings.Repeat("x ", tt.rows)) // 5 are visible
		g.offset = tt.offset
		if got := g.scrollBar(); got != (thumb{tt.from, tt.to}) {
			t.Errorf("offset %d of %d rows: %v", tt.offset, tt.rows, got)
		}
	}
}

// A heading that is data is cut like its column.
func TestHeadingsAreCutLikeNames(t *testing.T) {
	g := New(func(r item) string { return r.id })
	column := Column[item]{Title: text.Lit("region-with-a-name-12"), Min: 9, Max: 9, Cut: text.CutMiddle, Cell: func(item) text.Line { return nil }}
	for bright, want := range map[bool]string{true: "regi…e-12", false: "region-w…"} {
		column.Bright = bright
		if got := g.title(column, 9).String(); got != want {
			t.Errorf("bright %t: %q, want %q", bright, got, want)
		}
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
	g.SetSize(28, 5)
	g.SetRows(items("ant bee"))
	tests := []struct {
		name    string
		sorted  string
		reverse bool
		want    string
	}{
		{"not sorted", "", false, `
		   NAME   us        TOTAL   |
		          shared …          |
		▌  ant    ✓             ✓   |
		   bee    ✓             ✓   |
		                            |
		`},
		{"room for a space and the arrow", "us", true, `
		   NAME   us ▲      TOTAL   |
		          shared …          |
		▌  ant    ✓             ✓   |
		   bee    ✓             ✓   |
		                            |
		`},
		{"room for the arrow only", "name", false, `
		   NAME▼  us        TOTAL   |
		          shared …          |
		▌  ant    ✓             ✓   |
		   bee    ✓             ✓   |
		                            |
		`},
		{"no room: cuts the title, not the arrow", "n", false, `
		   NAME   us        TOT…▼   |
		          shared …          |
		▌  ant    ✓             ✓   |
		   bee    ✓             ✓   |
		                            |
		`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g.SetSort(tt.sorted, tt.reverse)
			checkView(t, g, tt.want)
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

// The cursor, marks and glyphs are visible without colour, and have roles for colour.
func TestCursorMarksAndGlyphs(t *testing.T) {
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
	checkView(t, g, `
		   NAME          STATE       GB   |
		 ◆ ant           active       0   |
		▌  bee           active       1   |
		 ● cat           active       2   |
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
				t.Errorf("line %d: %q is on surface %v, want %v", i, s.Text, s.On, want)
			}
		}
	}
	if got := view[2][0].Role; got != theme.Accent {
		t.Errorf("the bar has role %v, want Accent", got)
	}
	if got := g.View(false)[2][0].Role; got != theme.Dim {
		t.Errorf("the bar without focus has role %v, want Dim", got)
	}
	if got := view[3][1].Role; got != theme.Failed {
		t.Errorf("the mark of a row with a glyph has role %v, want Failed", got)
	}
	if got := view[2][4]; got.Role != theme.Text && got.Role != theme.Active {
		t.Errorf("a cell of the cursor row has span %v, want its own role", got)
	}
}

func TestAtAgreesWithView(t *testing.T) {
	g := newItems("aaaa bbbb cccc dddd eeee ffff gggg hhhh")
	g.SetSize(34, 5)
	g.Select("gggg")
	for y, line := range g.View(true) {
		for x := range 34 {
			row, column, ok := g.At(x, y)
			if !ok {
				t.Fatalf("At(%d, %d) = false", x, y)
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
			case x >= 3 && x < 17:
				want = "name"
			case x >= 17 && x < 27:
				want = "state"
			case x >= 27 && x < 33:
				want = "size"
			}
			if column != want {
				t.Fatalf("At(%d, %d): column %q, want %q", x, y, column, want)
			}
		}
	}
}

func TestAtOutside(t *testing.T) {
	g := newItems("ant bee")
	g.SetSize(32, 2)
	if row, _, ok := g.At(0, 2); ok {
		t.Errorf("At(0, 2) = row %d, below the grid", row)
	}
	g.SetSize(32, 6)
	for _, p := range [][2]int{{-1, 1}, {32, 1}, {0, -1}, {0, 6}, {5, 3}} {
		if row, column, ok := g.At(p[0], p[1]); ok {
			t.Errorf("At(%d, %d) = %d, %q, want nothing", p[0], p[1], row, column)
		}
	}
}

// A row whose cells have two spans each fits into the capacity of a new line, so that
// drawing it does not reallocate.
func TestRowFitsIntoNewLine(t *testing.T) {
	g := newItems("ant bee")
	columns := itemColumns()
	for i := range columns {
		columns[i].Cell = func(item) text.Line {
			return text.Join(text.Lit("a").As(theme.Text), text.Lit("b").As(theme.Dim))
		}
	}
	g.SetColumns(columns)
	g.ToggleMark()
	row := g.row(g.rows[0], true, true).spans
	if capacity := cap(g.newLine().spans); len(row) > capacity || cap(row) != capacity {
		t.Errorf("the row has %d spans and capacity %d, a new line has capacity %d", len(row), cap(row), capacity)
	}
}
