package grid

import (
	"fmt"
	"slices"
	"testing"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// largeGrid returns a grid with n rows and as many columns as the dashboard.
func largeGrid(n int) (*Grid[*item], []*item) {
	cell := func(s string) text.Line { return text.Cell(s).As(theme.Text) }
	name := func(r *item) text.Line { return cell(r.id) }
	short := func(*item) text.Line { return cell("14d") }
	g := New(func(r *item) string { return r.id })
	columns := []Column[*item]{
		{ID: "name", Title: text.Lit("NAME"), Min: 16, Max: 40, Cut: text.CutMiddle, Cell: name},
		{ID: "state", Title: text.Lit("STATE"), Min: 14, Max: 14, Cell: func(*item) text.Line {
			return text.Join(text.Lit("✓ ").As(theme.Active), text.Lit("active").As(theme.Active))
		}},
		{ID: "ref", Title: text.Lit("REF"), Min: 17, DropPriority: 1, Cut: text.CutStart, Cell: func(*item) text.Line {
			return cell("registry.daytona.io/daytona/daytona-3fa2e91c3fa2e91c3fa2e91c:daytona").As(theme.Dim)
		}},
	}
	for i := range 9 {
		columns = append(columns, Column[*item]{ID: fmt.Sprint(i), Title: text.Lit("AGE"), Min: 5, Max: 8, DropPriority: 2 + i, Right: true, Cell: short})
	}
	g.SetColumns(columns)
	g.SetSize(200, 50)
	rows := make([]*item, n)
	for i := range rows {
		rows[i] = &item{id: fmt.Sprintf("3fa2c1d0-8b1e-4c55-9a0e-%012d", i)}
	}
	g.SetRows(rows)
	g.Select(rows[n/2].id)
	return g, rows
}

// BenchmarkView must not depend on the number of rows.
func BenchmarkView(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		b.Run(fmt.Sprintf("rows=%d", n), func(b *testing.B) {
			g, _ := largeGrid(n)
			b.ReportAllocs()
			for b.Loop() {
				g.View(true)
			}
		})
	}
}

func BenchmarkMoveAndView(b *testing.B) {
	g, _ := largeGrid(100_000)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		g.Move(1 - i%2*2)
		g.View(true)
	}
}

// BenchmarkFollow measures the cost of SetRows, which is to find the cursor row.
func BenchmarkFollow(b *testing.B) {
	const n = 100_000
	g, rows := largeGrid(n)
	before := cursorState[*item]{rows, n / 2}
	fresh := make([]*item, n)
	for i := range fresh {
		fresh[i] = &item{id: fmt.Sprintf("91be07aa-8b1e-4c55-9a0e-%012d", i)}
	}
	tests := []struct {
		name string
		rows []*item
	}{
		{"unchanged", rows},
		{"reordered", append(slices.Clone(rows[n/3:]), rows[:n/3]...)},
		{"cursor row removed", slices.Delete(slices.Clone(rows), n/2, n/2+1)},
		{"three left", rows[:3]},
		{"all new", fresh},
	}
	for _, tt := range tests {
		b.Run(tt.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				g.follow(before, tt.rows)
			}
		})
	}
}

// BenchmarkUnmark must not depend on the number of marks: a bulk action unmarks its
// rows one by one.
func BenchmarkUnmark(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		b.Run(fmt.Sprintf("marks=%d", n), func(b *testing.B) {
			g, rows := largeGrid(n)
			g.ToggleMarkAll()
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				id := rows[i%n].id
				g.Unmark(id)
				g.Mark(id)
			}
		})
	}
}
