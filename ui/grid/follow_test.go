package grid

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daytona/snapdeck/ui/text"
)

func TestSetRowsKeepsTheCursorRow(t *testing.T) {
	tests := []struct {
		name   string
		before string
		cursor string
		then   []string // successive rows
		want   string
	}{
		{"the same rows", "a b c", "b", []string{"a b c"}, "b"},
		{"another order", "a b c", "b", []string{"c a b"}, "b"},
		{"removed: next below", "a b c d", "b", []string{"a c d"}, "c"},
		{"removed: below first, however far", "a b c d e", "b", []string{"a e"}, "e"},
		{"removed: none below, next above", "a b c d", "d", []string{"a b"}, "b"},
		{"removed: neighbour in the old order", "a b c d", "b", []string{"d x y c a"}, "c"},
		{"all new: same index", "a b c", "b", []string{"x y z"}, "y"},
		{"all new and fewer", "a b c", "c", []string{"x"}, "x"},
		{"empty", "a b c", "b", []string{""}, ""},
		{"empty, then back", "a b c", "b", []string{"", "c b a"}, "b"},
		{"empty twice, then back", "a b c", "b", []string{"", "", "c b a"}, "b"},
		{"empty, then back without it", "a b c", "b", []string{"", "a c"}, "c"},
		{"empty, then others", "a b c", "c", []string{"", "x"}, "x"},
		{"the old row does not get the cursor back", "a b c", "b", []string{"a c", "a b c"}, "c"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newItems(tt.before)
			g.Select(tt.cursor)
			for _, ids := range tt.then {
				g.SetRows(items(ids))
			}
			row, ok := g.Cursor()
			if row.id != tt.want || ok != (tt.want != "") {
				t.Errorf("cursor on %q (%v), want %q", row.id, ok, tt.want)
			}
		})
	}
}

// An untouched cursor is on the first row, also of the next rows: what arrives at the
// top is seen. A move, a selection or Pin keeps it on its row.
func TestAnUntouchedCursorStaysAtTheTop(t *testing.T) {
	tests := []struct {
		name string
		do   func(g *Grid[item])
		want string
	}{
		{"untouched", func(*Grid[item]) {}, "x"},
		{"pinned", func(g *Grid[item]) { g.Pin() }, "a"},
		{"moved back to the top", func(g *Grid[item]) { g.Move(1); g.Top() }, "a"},
		{"selected", func(g *Grid[item]) { g.Select("b") }, "b"},
		{"sent to the top again", func(g *Grid[item]) { g.Select("b"); g.FollowTop() }, "x"},
		{"no rows in between", func(g *Grid[item]) { g.SetRows(nil) }, "x"},
		{"pinned, then no rows in between", func(g *Grid[item]) { g.Pin(); g.SetRows(nil) }, "a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newItems("a b c")
			tt.do(g)
			g.SetRows(items("x a b c d e f g h i"))
			if row, _ := g.Cursor(); row.id != tt.want || g.offset != 0 {
				t.Errorf("cursor on %s, offset %d, want %s at the top", row.id, g.offset, tt.want)
			}
		})
	}
}

func TestSetRowsScrolling(t *testing.T) {
	tests := []struct {
		name         string
		before       string // 5 rows are visible
		top, cursor  string
		after        string
		wantTop      string
		wantSameLine bool
	}{
		{"rows added above: keeps the line", "a b c d e f g h i j", "c", "e", "x y a b c d e f g h i j", "c", true},
		{"rows removed above: keeps the line", "a b c d e f g h i j", "d", "f", "c d e f g h i j", "d", true},
		{"reordered: cursor row at the top", "a b c d e f g h i j", "c", "e", "e a b c d f g h i j", "e", false},
		{"too few rows above", "a b c d e f g h i j", "d", "f", "f g h i j a b c", "f", false},
		{"too few rows below", "a b c d e f g h i j", "c", "d", "a b c e f d", "b", false},
		{"top of the list stays", "a b c d e f g", "a", "c", "x a b c d e f g", "x", false},
		{"top of the list scrolls to keep the cursor visible", "a b c d e f g", "a", "c", "v w x y z a b c d e f g", "y", false},
		{"all fit", "a b c d e f g", "c", "f", "c d f", "c", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := newItems(tt.before)
			g.Bottom()
			g.Select(tt.top)
			g.Select(tt.cursor)
			line := g.cursor - g.offset
			if got := g.rows[g.offset].id; got != tt.top {
				t.Fatalf("%s is at the top before the test, want %s", got, tt.top)
			}
			g.SetRows(items(tt.after))
			if got := g.rows[g.offset].id; got != tt.wantTop {
				t.Errorf("%s is at the top, want %s", got, tt.wantTop)
			}
			if tt.wantSameLine && g.cursor-g.offset != line {
				t.Errorf("the cursor went from line %d to %d", line, g.cursor-g.offset)
			}
		})
	}
}

// After any operations, the cursor row follows the documented rule and is visible,
// marks stay, and the view has its size.
func TestGridProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{1,8}`), 0, 60, rapid.ID[string])
		g := New(func(r item) string { return r.id })
		g.SetColumns(itemColumns())
		marked := map[string]bool{}

		t.Repeat(map[string]func(*rapid.T){
			"rows": func(t *rapid.T) {
				before := g.Rows()
				at := g.CursorIndex()
				known := make([]string, len(before))
				for i, r := range before {
					known[i] = r.id
				}
				// Some of the old rows and some new ones, in any order.
				next := append(rapid.Permutation(known).Draw(t, "old"), ids.Draw(t, "new")...)
				slices.Sort(next)
				next = rapid.Permutation(slices.Compact(next)).Draw(t, "order")
				next = next[:rapid.IntRange(0, len(next)).Draw(t, "kept")]

				pinned := g.pinned
				g.SetRows(items(strings.Join(next, " ")))
				if !pinned {
					if at, top := g.CursorIndex(), min(0, len(next)-1); at != top || g.offset != 0 {
						t.Fatalf("the cursor was never moved and is on row %d, offset %d", at, g.offset)
					}
					return
				}
				if at < 0 || len(next) == 0 {
					return
				}
				if row, _ := g.Cursor(); row.id != next[expectedCursor(known, at, next)] {
					t.Fatalf("%v, cursor %d, then %v: the cursor is on %s", known, at, next, row.id)
				}
			},
			"size": func(t *rapid.T) {
				g.SetSize(rapid.IntRange(0, 60).Draw(t, "w"), rapid.IntRange(0, 20).Draw(t, "h"))
			},
			"move": func(t *rapid.T) { g.Move(rapid.IntRange(-30, 30).Draw(t, "delta")) },
			"page": func(t *rapid.T) { g.Page(rapid.Float64Range(-2, 2).Draw(t, "delta")) },
			"mark": func(*rapid.T) {
				row, ok := g.Cursor()
				g.ToggleMark()
				if ok {
					marked[row.id] = !marked[row.id]
				}
			},
			"": func(t *rapid.T) { checkGrid(t, g, marked) },
		})
	})
}

// expectedCursor is a naive implementation of the rule of SetRows.
func expectedCursor(known []string, at int, next []string) int {
	order := append([]string{known[at]}, known[at+1:]...)
	above := slices.Clone(known[:at])
	slices.Reverse(above)
	for _, id := range append(order, above...) {
		if i := slices.Index(next, id); i >= 0 {
			return i
		}
	}
	return min(at, len(next)-1)
}

func checkGrid(t *rapid.T, g *Grid[item], marked map[string]bool) {
	page := g.visibleRows()
	switch {
	case g.Len() == 0 && (g.cursor != -1 || g.offset != 0):
		t.Fatalf("no rows, cursor %d, offset %d", g.cursor, g.offset)
	case g.Len() > 0 && (g.cursor < g.offset || g.cursor >= g.offset+page):
		t.Fatalf("cursor %d is outside of %d rows from %d", g.cursor, page, g.offset)
	case g.offset > max(0, g.Len()-page):
		t.Fatalf("offset %d of %d rows leaves lines of %d unused", g.offset, g.Len(), page)
	}
	for id, want := range marked {
		if g.IsMarked(id) != want {
			t.Fatalf("%s is marked: %v, want %v", id, !want, want)
		}
	}
	view := g.View(true)
	if len(view) != g.height {
		t.Fatalf("%d lines, want %d", len(view), g.height)
	}
	bars := 0
	for i, line := range view {
		if w := line.Width(); w != g.width {
			t.Fatalf("line %d has %d cells, want %d: %q", i, w, g.width, line.String())
		}
		bars += strings.Count(line.String(), "▌")
	}
	if want := min(1, g.Len(), g.height); g.width >= gutter && bars != want {
		t.Fatalf("%d cursor bars, want %d:\n%s", bars, want, screen(view))
	}
}

func TestViewComputesVisibleCellsOnly(t *testing.T) {
	computed := map[string]int{}
	g := New(func(r item) string { return r.id })
	g.SetColumns([]Column[item]{{ID: "name", Min: 5, Cell: func(r item) text.Line {
		computed[r.id]++
		return nil
	}}})
	g.SetSize(20, 5)
	rows := make([]item, 1000)
	for i := range rows {
		rows[i].id = fmt.Sprint(i)
	}
	g.SetRows(rows)
	g.SetRows(slices.Clone(rows))
	g.Select("500")
	g.Bottom()
	g.Top()
	g.ToggleMarkAll()
	if len(computed) > 0 {
		t.Errorf("cells were computed without a view: %v", computed)
	}
	g.View(true)
	for _, id := range []string{"0", "1", "2", "3"} {
		if computed[id] != 1 {
			t.Errorf("the cell of row %s was computed %d times", id, computed[id])
		}
	}
	if len(computed) != 4 {
		t.Errorf("cells of %d rows were computed, 4 are visible", len(computed))
	}
}

func TestRestore(t *testing.T) {
	for _, tt := range []struct {
		name string
		do   func(g *Grid[item])
		then string // the rows at Restore
		want string // the cursor, then the first visible row
	}{
		{"in the middle", func(g *Grid[item]) { g.Bottom(); g.Move(-2) }, "a b c d e f g h", "f d"},
		{"other rows", func(g *Grid[item]) { g.Bottom(); g.Move(-2) }, "x a b c d e f g h", "f d"},
		{"its row is missing", func(g *Grid[item]) { g.Select("c") }, "a b d", "a a"},
		{"untouched", func(*Grid[item]) {}, "x a b", "x x"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := newItems("a b c d e f g h")
			tt.do(g)
			p := g.Position()
			g.SetRows(items("b h"))
			g.FollowTop()
			g.SetRows(items(tt.then))
			g.Restore(p)
			row, _ := g.Cursor()
			if got := row.id + " " + g.Visible()[0].id; got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if g.pinned != p.pinned {
				t.Error("it follows the top, or does not")
			}
		})
	}
	g := newItems("")
	g.Restore(g.Position())
	if g.CursorIndex() != -1 {
		t.Error("a grid without rows has a cursor")
	}
}
