package grid

import "testing"

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
		{"back to the top", func(g *Grid[item]) { g.Bottom(); g.Top() }, "a", 0},
		{"up scrolls as little as possible", func(g *Grid[item]) { g.Bottom(); g.Move(-5) }, "k", 10},
		{"a page keeps the line of the cursor", func(g *Grid[item]) { g.Move(2); g.Page(1) }, "h", 5},
		{"half a page", func(g *Grid[item]) { g.Page(0.5) }, "d", 3},
		{"half a page up", func(g *Grid[item]) { g.Bottom(); g.Page(-0.5) }, "m", 8},
		{"a page past the end", func(g *Grid[item]) { g.Page(9) }, "p", 11},
		{"a page past the top", func(g *Grid[item]) { g.Move(3); g.Page(-9) }, "a", 0},
		{"at least one row", func(g *Grid[item]) { g.Page(0.01) }, "b", 1},
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
		t.Error("Select(b) = false")
	}
	if g.Select("nope") {
		t.Error("Select(nope) = true")
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
