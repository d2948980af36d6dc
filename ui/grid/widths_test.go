package grid

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestWidths(t *testing.T) {
	// A table like that of the dashboard: name, state, ref, and numbers.
	table := []span{
		{min: 16, max: 40},         // never dropped
		{min: 14, max: 14},         // never dropped
		{min: 20, max: 0, drop: 1}, // flexible
		{min: 5, max: 6, drop: 6},
		{min: 7, max: 12, drop: 2},
		{min: 6, max: 6, drop: 3},
	}
	tests := []struct {
		name    string
		columns []span
		room    int
		want    []int
	}{
		{"nothing to share", nil, 80, []int{}},
		{"the least of everything", table, 73, []int{16, 14, 20, 5, 7, 6}},
		{"a cell more widens one that has a limit", table, 74, []int{17, 14, 20, 5, 7, 6}},
		{"a cell less drops the highest", table, 72, []int{19, 14, 20, 0, 9, 6}},
		{"the limits before the flexible one", table, 73 + 24 + 1 + 5, []int{40, 14, 20, 6, 12, 6}},
		{"the flexible one takes the rest", table, 73 + 24 + 1 + 5 + 50, []int{40, 14, 70, 6, 12, 6}},
		{"down to those that are never dropped", table, 31, []int{16, 14, 0, 0, 0, 0}},
		{"which then are squeezed, the widest first", table, 27, []int{13, 13, 0, 0, 0, 0}},
		{"until one is gone", table, 2, []int{1, 0, 0, 0, 0, 0}},
		{"until all are gone", table, 0, []int{0, 0, 0, 0, 0, 0}},
		{"no room at all", table, -4, []int{0, 0, 0, 0, 0, 0}},
		{"of equal ones the rightmost goes", []span{{min: 5, drop: 1, max: 5}, {min: 5, drop: 1, max: 5}}, 10, []int{5, 0}},
		{"two flexible ones share", []span{{min: 1}, {min: 1}}, 12, []int{6, 5}},
		{"one that needs more room to be shown at all", []span{{min: 5}, {min: 2, max: 2, drop: 1, from: 21}}, 20, []int{20, 0}},
		{"and has it", []span{{min: 5}, {min: 2, max: 2, drop: 1, from: 21}}, 21, []int{18, 2}},
		{"without a flexible one room is left", []span{{min: 1, max: 3}, {min: 1, max: 4}}, 80, []int{3, 4}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := widths(tt.columns, tt.room); !slices.Equal(got, tt.want) {
				t.Errorf("widths(…, %d) = %v, want %v", tt.room, got, tt.want)
			}
		})
	}
}

func spans() *rapid.Generator[[]span] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) span {
		s := span{
			min:  rapid.IntRange(1, 30).Draw(t, "min"),
			drop: rapid.IntRange(0, 4).Draw(t, "drop"),
			from: rapid.SampledFrom([]int{0, 0, 0, 50, 200}).Draw(t, "from"),
		}
		if rapid.Bool().Draw(t, "limited") {
			s.max = s.min + rapid.IntRange(0, 20).Draw(t, "more")
		}
		return s
	}), 0, 12)
}

// No column is wider than it may be, and none narrower that could have been
// dropped.
func TestWidthsKeepTheLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := spans().Draw(t, "columns")
		room := rapid.IntRange(0, 300).Draw(t, "room")
		w := widths(columns, room)
		if n := needed(w); n > room {
			t.Fatalf("%v needs %d of %d cells", w, n, room)
		}
		for i, c := range columns {
			if c.max > 0 && w[i] > c.max {
				t.Errorf("column %d is %d wide, at most %d", i, w[i], c.max)
			}
			if w[i] > 0 && w[i] < c.min && c.drop > 0 {
				t.Errorf("column %d is %d wide, at least %d, and could have been dropped", i, w[i], c.min)
			}
			if w[i] > 0 && room < c.from {
				t.Errorf("column %d is shown with %d cells, from %d on", i, room, c.from)
			}
		}
	})
}

// No room is left that a column wants, unless there is not enough for the rest.
func TestWidthsUseTheRoom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := spans().Draw(t, "columns")
		room := rapid.IntRange(0, 300).Draw(t, "room")
		w := widths(columns, room)
		for i, c := range columns {
			if w[i] < c.min && c.drop == 0 && room >= c.from {
				return // squeezed
			}
		}
		for i, c := range columns {
			if w[i] > 0 && (c.max == 0 || w[i] < c.max) && needed(w) != room {
				t.Fatalf("%v leaves %d cells that column %d wants", w, room-needed(w), i)
			}
		}
	})
}

func TestWidthsDropInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := spans().Draw(t, "columns")
		room := rapid.IntRange(0, 300).Draw(t, "room")
		w := widths(columns, room)
		for i, gone := range columns {
			if w[i] > 0 || gone.drop == 0 || room < gone.from {
				continue
			}
			for j, kept := range columns {
				if w[j] > 0 && kept.drop > gone.drop {
					t.Errorf("column %d (drop %d) went before column %d (drop %d)", i, gone.drop, j, kept.drop)
				}
			}
		}
	})
}

// A wider grid never shows fewer columns, unless one comes in that waited for it.
func TestWidthsAreMonotonic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := spans().Draw(t, "columns")
		for i := range columns {
			columns[i].from = 0
		}
		room := rapid.IntRange(0, 299).Draw(t, "room")
		narrow, wide := widths(columns, room), widths(columns, room+1)
		for i := range columns {
			if columns[i].drop > 0 && narrow[i] > 0 && wide[i] == 0 {
				t.Errorf("column %d is there with %d cells and gone with %d", i, room, room+1)
			}
		}
	})
}
