package grid

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestWidths(t *testing.T) {
	// Similar to the dashboard: name, state, ref, and numbers.
	table := []widthLimits{
		{min: 16, max: 40},                 // never dropped
		{min: 14, max: 14},                 // never dropped
		{min: 20, max: 0, dropPriority: 1}, // flexible
		{min: 5, max: 6, dropPriority: 6},
		{min: 7, max: 12, dropPriority: 2},
		{min: 6, max: 6, dropPriority: 3},
	}
	tests := []struct {
		name    string
		columns []widthLimits
		room    int
		want    []int
	}{
		{"no columns", nil, 80, []int{}},
		{"minimum widths", table, 78, []int{16, 14, 20, 5, 7, 6}},
		{"one cell more", table, 79, []int{17, 14, 20, 5, 7, 6}},
		{"one cell less", table, 77, []int{19, 14, 20, 0, 10, 6}},
		{"limited columns grow before unlimited ones", table, 78 + 24 + 1 + 5, []int{40, 14, 20, 6, 12, 6}},
		{"the unlimited column takes the rest", table, 78 + 24 + 1 + 5 + 50, []int{40, 14, 70, 6, 12, 6}},
		{"only columns that are never dropped", table, 32, []int{16, 14, 0, 0, 0, 0}},
		{"shrinks the widest first", table, 28, []int{13, 13, 0, 0, 0, 0}},
		{"shrinks to one column", table, 2, []int{1, 0, 0, 0, 0, 0}},
		{"no room", table, 0, []int{0, 0, 0, 0, 0, 0}},
		{"negative room", table, -4, []int{0, 0, 0, 0, 0, 0}},
		{"of equal priorities, drops the rightmost", []widthLimits{{min: 5, dropPriority: 1, max: 5}, {min: 5, dropPriority: 1, max: 5}}, 10, []int{5, 0}},
		{"two unlimited columns", []widthLimits{{min: 1}, {min: 1}}, 13, []int{6, 5}},
		{"room below minRoom", []widthLimits{{min: 5}, {min: 2, max: 2, dropPriority: 1, minRoom: 21}}, 20, []int{20, 0}},
		{"room at minRoom", []widthLimits{{min: 5}, {min: 2, max: 2, dropPriority: 1, minRoom: 21}}, 21, []int{17, 2}},
		{"squeezed as far as necessary", []widthLimits{{min: 10, max: 10}, {min: 20, squeezed: 8, dropPriority: 1}}, 30, []int{10, 18}},
		{"squeezed at most", []widthLimits{{min: 10, max: 10}, {min: 20, squeezed: 8, dropPriority: 1}}, 20, []int{10, 8}},
		{"dropped when squeezed is too wide", []widthLimits{{min: 10, max: 10}, {min: 20, squeezed: 8, dropPriority: 1}}, 19, []int{10, 0}},
		{"not squeezed before others are dropped", []widthLimits{{min: 10, max: 10}, {min: 20, squeezed: 8, dropPriority: 1}, {min: 5, max: 5, dropPriority: 2}}, 32, []int{10, 20, 0}},
		{"all at their maximum width", []widthLimits{{min: 1, max: 3}, {min: 1, max: 4}}, 80, []int{3, 4}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := widths(tt.columns, tt.room); !slices.Equal(got, tt.want) {
				t.Errorf("widths(…, %d) = %v, want %v", tt.room, got, tt.want)
			}
		})
	}
}

func genLimits() *rapid.Generator[[]widthLimits] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) widthLimits {
		s := widthLimits{
			min:          rapid.IntRange(1, 30).Draw(t, "min"),
			dropPriority: rapid.IntRange(0, 4).Draw(t, "drop"),
			minRoom:      rapid.SampledFrom([]int{0, 0, 0, 50, 200}).Draw(t, "from"),
		}
		if rapid.Bool().Draw(t, "limited") {
			s.max = s.min + rapid.IntRange(0, 20).Draw(t, "more")
		}
		if rapid.Bool().Draw(t, "squeezes") {
			s.squeezed = rapid.IntRange(1, s.min).Draw(t, "squeezed")
		}
		return s
	}), 0, 12)
}

func TestWidthsKeepTheLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := genLimits().Draw(t, "columns")
		room := rapid.IntRange(0, 300).Draw(t, "room")
		w := widths(columns, room)
		if n := totalWidth(w); n > room {
			t.Fatalf("%v takes %d of %d cells", w, n, room)
		}
		for i, c := range columns {
			if c.max > 0 && w[i] > c.max {
				t.Errorf("column %d is %d wide, at most %d", i, w[i], c.max)
			}
			least := c.min
			if c.squeezed > 0 {
				least = c.squeezed
			}
			if w[i] > 0 && w[i] < least && c.dropPriority > 0 {
				t.Errorf("column %d is %d wide, at least %d, and could have been dropped", i, w[i], least)
			}
			if w[i] > 0 && room < c.minRoom {
				t.Errorf("column %d is visible with room %d, its minRoom is %d", i, room, c.minRoom)
			}
		}
	})
}

// All room is used unless all columns have their maximum width.
func TestWidthsUseTheRoom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := genLimits().Draw(t, "columns")
		room := rapid.IntRange(0, 300).Draw(t, "room")
		w := widths(columns, room)
		for i, c := range columns {
			if w[i] < c.min && c.dropPriority == 0 && room >= c.minRoom {
				return // shrunk
			}
		}
		for i, c := range columns {
			if w[i] > 0 && (c.max == 0 || w[i] < c.max) && totalWidth(w) != room {
				t.Fatalf("%v leaves %d cells, but column %d may grow", w, room-totalWidth(w), i)
			}
		}
	})
}

func TestWidthsDropByPriority(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := genLimits().Draw(t, "columns")
		room := rapid.IntRange(0, 300).Draw(t, "room")
		w := widths(columns, room)
		for i, dropped := range columns {
			if w[i] > 0 || dropped.dropPriority == 0 || room < dropped.minRoom {
				continue
			}
			for j, kept := range columns {
				if w[j] > 0 && kept.dropPriority > dropped.dropPriority {
					t.Errorf("column %d (priority %d) was dropped before column %d (priority %d)", i, dropped.dropPriority, j, kept.dropPriority)
				}
			}
		}
	})
}

// A column does not disappear when the grid gets wider.
func TestWidthsAreMonotonic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := genLimits().Draw(t, "columns")
		for i := range columns {
			columns[i].minRoom = 0
		}
		room := rapid.IntRange(0, 299).Draw(t, "room")
		narrow, wide := widths(columns, room), widths(columns, room+1)
		for i := range columns {
			if columns[i].dropPriority > 0 && narrow[i] > 0 && wide[i] == 0 {
				t.Errorf("column %d is visible with room %d and hidden with %d", i, room, room+1)
			}
		}
	})
}
