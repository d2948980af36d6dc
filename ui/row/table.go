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
	// printedFrom is the width of the dashboard with the columns of a narrow print.
	printedFrom = 120
	columnGap   = 2 // cells between two printed columns
	// printedMax is the widest cell that widens its column. A wider one, such as a
	// name of 150 letters, shifts the rest of its own line instead of all lines.
	printedMax = 60
)

// Table prints what the dashboard shows: the same columns, query and order.
type Table struct{ known ViewState }

// NewTable returns a table of the snapshots that match the query. snapshots are all of
// the organization: hidden ones with the same ref count, too.
func NewTable(snapshots []*model.Snapshot, q query.Query, about query.Context) *Table {
	v := NewViewState(about.Now)
	v.Query, v.Regions = q, about.Regions
	v.Organization.DeactivationTimeout = about.Timeout
	store, _ := v.Data.Store.Apply(snapshots)
	v.Data = v.Data.With(store)
	return &Table{known: v}
}

// Rows returns the snapshots that match the query, in order, and the parts of the
// query that were not understood and left out. It fails only when ctx is cancelled.
func (t *Table) Rows(ctx context.Context, by Sort) ([]*model.Snapshot, []query.Problem, error) {
	v := &t.known
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

// Lines are a heading and a line for each row. A column is as wide as its cells, and
// nothing is cut. In a limited width columns are dropped as on the screen until the
// last one has room, and lines are cut at the width; 0 is no limit. wide adds columns
// for which a table rarely has room.
func (t *Table) Lines(rows []*model.Snapshot, wide bool, width int) iter.Seq[text.Line] {
	columns := printed(&t.known, wide)
	widths := widthsOf(columns, rows)
	if width > 0 {
		columns, widths = fitting(columns, widths, width)
	}
	line := func(cell func(Column) text.Line) text.Line {
		var l text.Line
		for i, c := range columns {
			l = append(l, padded(cell(c), widths[i], c.Right)...)
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

// minLast is the width that the last column should have, in cells.
const minLast = 24

// fitting drops columns until the rest fit the width. Name, state and the last one
// always stay.
func fitting(columns []Column, widths []int, width int) ([]Column, []int) {
	columns, widths = slices.Clone(columns), slices.Clone(widths)
	for {
		need := minLast
		first := -1 // to drop
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

// widthsOf measures the columns. The last one is not padded and gets 0. The cells are
// not kept: those of 100,000 rows would fill the memory.
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

// padded pads a cell to the width of its column.
func padded(cell text.Line, width int, right bool) text.Line {
	width = max(width, cell.Width())
	if right {
		return cell.Right(width)
	}
	return cell.Fit(width)
}

// printed are the columns of a print. The one without a maximum is last, where its
// length does not matter.
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

// wideColumns show in full what the table shortens or leaves out.
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
