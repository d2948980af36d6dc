package row

import (
	"context"
	"iter"
	"slices"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

const (
	// printedFrom is for which width of the table a narrow print takes its
	// columns: those that the dashboard shows there.
	printedFrom = 120
	columnGap   = 2 // cells between two printed columns
	// printedMax is up to which width a cell makes its column wider. A wider one,
	// such as a name of 150 letters, shifts the rest of its own line instead of
	// all lines.
	printedMax = 60
)

// Sheet is the table without a screen: what the dashboard shows of the same
// snapshots, with the same query, columns and order, to be printed once.
type Table struct{ known ViewState }

// NewSheet makes a sheet of all snapshots of an organization, of which the query
// selects. A same-ref snapshot that the query hides still counts.
func NewTable(snapshots []*model.Snapshot, q query.Query, about query.Context) *Table {
	v := NewViewState(about.Now)
	v.Query, v.Regions = q, about.Regions
	v.Organization.DeactivationTimeout = about.Timeout
	store, _ := v.Data.Store.Apply(snapshots)
	v.Data = v.Data.With(store)
	return &Table{known: v}
}

// Rows returns the snapshots that satisfy the query, in order. Problems are the
// parts of the query that were not understood and left out. It fails only where
// ctx is cancelled.
func (s *Table) Rows(ctx context.Context, by Sort) ([]*model.Snapshot, []query.Problem, error) {
	v := &s.known
	result, err := v.Data.Index.Search(ctx, v.Query, v.QueryContext())
	if err != nil {
		return nil, nil, err
	}
	if by == (Sort{}) && v.Query.HasWords() {
		return result.Snapshots, result.Problems, nil
	}
	rows := slices.Clone(result.Snapshots)
	slices.SortFunc(rows, v.Comparator(by))
	return rows, result.Problems, nil
}

// Lines are a heading and a line for each row. A column is as wide as what it
// holds, and nothing is cut: a line is as long as it must. In a width of some cells
// columns give way, in the order in which they do on the screen, until the last one
// has room to say something; a line is cut there. A width of 0 is no bound. Wide adds
// the columns for which a table rarely has room.
func (s *Table) Lines(rows []*model.Snapshot, wide bool, width int) iter.Seq[text.Line] {
	columns := printed(&s.known, wide)
	widths := widthsOf(columns, rows)
	if width > 0 {
		columns, widths = fitting(columns, widths, width)
	}
	line := func(cell func(Column) text.Line) text.Line {
		var l text.Line
		for i, c := range columns {
			l = append(l, filled(cell(c), widths[i], c.Right)...)
			if i < len(columns)-1 {
				l = append(l, text.Line(nil).Fit(columnGap)...)
			}
		}
		if width > 0 {
			return l.Cut(width, text.CutEnd)
		}
		return l
	}
	return func(yield func(text.Line) bool) {
		if !yield(line(func(c Column) text.Line { return dim(c.Title) })) {
			return
		}
		for _, row := range rows {
			if !yield(line(func(c Column) text.Line { return c.Cell(row) })) {
				return
			}
		}
	}
}

// lastLeast is the room that the last column should have, in cells.
const lastLeast = 24

// fitting are the columns for which there is room in so many cells. Name, state and
// the last one always stay.
func fitting(columns []Column, widths []int, width int) ([]Column, []int) {
	columns, widths = slices.Clone(columns), slices.Clone(widths)
	for {
		need := lastLeast
		first := -1 // to give way
		for i, c := range columns[:len(columns)-1] {
			need += widths[i] + columnGap
			if c.DropPriority > 0 && (first < 0 || c.DropPriority > columns[first].DropPriority) {
				first = i
			}
		}
		if need <= width || first < 0 {
			return columns, widths
		}
		columns, widths = slices.Delete(columns, first, first+1), slices.Delete(widths, first, first+1)
	}
}

// widthsOf measures the columns. The last one needs no filling up and gets 0.
// The cells are not kept for drawing: those of 100,000 rows would fill the
// memory.
func widthsOf(columns []Column, rows []*model.Snapshot) []int {
	widths := make([]int, len(columns))
	for i, c := range columns[:len(columns)-1] {
		widths[i] = c.Title.Width()
		for _, row := range rows {
			if w := c.Cell(row).Width(); w <= printedMax || c.Max == 0 {
				widths[i] = max(widths[i], w)
			}
		}
	}
	return widths
}

// filled fills a cell up to the width of its column.
func filled(cell text.Line, width int, right bool) text.Line {
	width = max(width, cell.Width())
	if right {
		return cell.Right(width)
	}
	return cell.Fit(width)
}

// printed are the columns of a print. The one that takes the room that is left
// over stands last, where it may be as long as it likes.
func printed(v *ViewState, wide bool) []Column {
	var first, last []Column
	for _, c := range Columns(v) {
		switch {
		case c.Max == 0:
			last = append(last, c)
		case wide || c.MinGridWidth <= printedFrom:
			first = append(first, c)
		}
	}
	if wide {
		first = append(first, wideColumns()...)
	}
	return append(first, last...)
}

// wideColumns are in full what the table shows shortened or leaves to the
// detail.
func wideColumns() []Column {
	whole := func(id string, title text.Safe, value func(*model.Snapshot) string) Column {
		return Column{ID: id, Title: title, Cell: func(s *model.Snapshot) text.Line {
			if v := value(s); v != "" {
				return text.Styled(v, theme.Dim, nil)
			}
			return dim(text.Lit(none))
		}}
	}
	return []Column{
		whole("id", text.Lit("ID"), func(s *model.Snapshot) string { return s.ID }),
		whole("image", text.Lit("IMAGE"), func(s *model.Snapshot) string { return s.ImageName.Value }),
		whole("fullref", text.Lit("REF"), func(s *model.Snapshot) string { return s.Ref.Value }),
	}
}
