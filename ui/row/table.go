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
	// narrowPrintWidth is the width at which the dashboard has the columns of the table format.
	narrowPrintWidth = 120
	columnGap        = 2 // cells between two printed columns
	// maxPrintedCell is the maximum width of a column. A wider cell, such as a name of 150
	// letters, shifts the rest of its own line only.
	maxPrintedCell = 60
)

// Table formats snapshots as the dashboard does, with the same columns, query and order.
type Table struct{ view ViewState }

// NewTable returns a table of the snapshots that match the query. snapshots must be all
// snapshots of the organization, since those with the same ref are counted.
func NewTable(snapshots []*model.Snapshot, q query.Query, env query.Context) *Table {
	v := NewViewState(env.Now)
	v.Query, v.Regions, v.Families = q, env.Regions, env.Families
	v.Organization.DeactivationTimeout = env.Timeout
	v.Data.Store, _ = v.Data.Store.Apply(snapshots)
	return &Table{view: v}
}

// Rows returns the snapshots that match the query, in order, and the parts of the
// query that are invalid and were ignored. It fails only if ctx is cancelled.
func (t *Table) Rows(ctx context.Context, by Sort) ([]*model.Snapshot, []query.Problem, error) {
	v := &t.view
	found := query.Result{Snapshots: v.Data.Store.All()}
	if !v.Query.Empty() {
		var err error
		if found, err = query.NewIndex(v.Data.Store).Search(ctx, v.Query, v.QueryContext()); err != nil {
			return nil, nil, err
		}
	}
	if by == (Sort{}) && v.Query.HasWords() {
		return found.Snapshots, found.Problems, nil
	}
	rows := slices.Clone(found.Snapshots)
	slices.SortFunc(rows, v.Comparator(by))
	return rows, found.Problems, nil
}

// NoRows is what stands for a table without rows.
func (t *Table) NoRows() string {
	if t.view.Query.Empty() {
		return "no snapshots in this organization"
	}
	return "no snapshots match"
}

// Lines returns a heading and a line for each row. A column is as wide as its cells. If width
// is not 0, columns are dropped as on the screen until the last one has room, and lines are
// cut at the width. wide adds columns that rarely fit into a table. Each line is valid until
// the next one.
func (t *Table) Lines(rows []*model.Snapshot, wide bool, width int) iter.Seq[text.Line] {
	columns := measured(printColumns(&t.view, wide), rows)
	if width > 0 {
		columns = fitColumns(columns, width)
	}
	var l text.Line
	line := func(cell func(printed) text.Line) text.Line {
		l = l[:0]
		for i, c := range columns {
			if i > 0 {
				l = text.AppendColumns(l, nil, 0, columnGap)
			}
			l = appendCell(l, cell(c), c.width, c.Right)
		}
		if width > 0 {
			return l.Cut(width, text.CutEnd)
		}
		return l
	}
	return func(yield func(text.Line) bool) {
		if !yield(line(func(c printed) text.Line { return dim(c.Title) })) {
			return
		}
		for i, row := range rows {
			if !yield(line(func(c printed) text.Line { return c.cell(i, row) })) {
				return
			}
		}
	}
}

// printed is a column that was measured.
type printed struct {
	Column
	width int
	cells []text.Line // of the first rows
}

// cell returns the cell of the row at an index.
func (c printed) cell(i int, row *model.Snapshot) text.Line {
	if i < len(c.cells) {
		return c.cells[i]
	}
	return c.Cell(row)
}

// maxKept is of how many rows the cells are kept from measuring to printing. Those of 100,000
// rows take too much memory.
const maxKept = 1000

// measured measures the columns. The last one is not padded and gets width 0.
func measured(columns []Column, rows []*model.Snapshot) []printed {
	all := make([]printed, len(columns))
	last := len(columns) - 1
	for i, c := range columns[:last] {
		width := c.Title.Width()
		cells := make([]text.Line, 0, min(len(rows), maxKept))
		for _, row := range rows {
			cell := c.Cell(row)
			if w := cell.Width(); w <= maxPrintedCell || c.Max == 0 {
				width = max(width, w)
			}
			if len(cells) < maxKept {
				cells = append(cells, cell)
			}
		}
		all[i] = printed{c, width, cells}
	}
	all[last].Column = columns[last]
	return all
}

// minLastColumn is the minimum width of the last column, in cells.
const minLastColumn = 24

// fitColumns drops columns until the rest fit the width. Name, state and the last column are
// never dropped.
func fitColumns(columns []printed, width int) []printed {
	for {
		need := minLastColumn
		first := -1 // index of the column to drop
		for i, c := range columns[:len(columns)-1] {
			need += c.width + columnGap
			if c.DropPriority > 0 && (first < 0 || c.DropPriority > columns[first].DropPriority) {
				first = i
			}
		}
		if need <= width || first < 0 {
			return columns
		}
		columns = slices.Delete(columns, first, first+1)
	}
}

// appendCell appends a cell, padded to the width of its column.
func appendCell(line, cell text.Line, width int, right bool) text.Line {
	used := cell.Width()
	if right {
		line, width = text.AppendColumns(line, nil, 0, width-used), used
	}
	return text.AppendColumns(line, cell, 0, max(width, used))
}

// printColumns returns the columns to print. The column without a maximum width is last, so
// that it needs no padding.
func printColumns(v *ViewState, wide bool) []Column {
	var first, last []Column
	for _, c := range Columns(v) {
		switch {
		case c.Max == 0:
			last = append(last, c)
		case wide || c.MinGridWidth <= narrowPrintWidth:
			first = append(first, c)
		}
	}
	if wide {
		first = append(first, wideColumns()...)
	}
	return append(first, last...)
}

// wideColumns returns columns with full values that the table shortens or omits.
func wideColumns() []Column {
	full := func(id string, title text.Safe, value func(*model.Snapshot) string) Column {
		return Column{ID: id, Title: title, Cell: func(s *model.Snapshot) text.Line {
			if v := value(s); v != "" {
				return text.Styled(v, theme.Dim, nil)
			}
			return dim(text.Lit(none))
		}}
	}
	return []Column{
		full("id", text.Lit("ID"), func(s *model.Snapshot) string { return s.ID }),
		full("image", text.Lit("IMAGE"), func(s *model.Snapshot) string { return s.ImageName.Value }),
		full("fullref", text.Lit("REF"), func(s *model.Snapshot) string { return s.Ref.Value }),
	}
}
