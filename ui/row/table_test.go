package row

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// start is when every test begins.
var start = time.Date(2026, 11, 24, 22, 0, 0, 0, time.UTC)

// snapshotOf makes a snapshot of the JSON that a server would send.
func snapshotOf(t testing.TB, properties map[string]any) *model.Snapshot {
	t.Helper()
	raw, err := json.Marshal(properties)
	if err != nil {
		t.Fatal(err)
	}
	s, err := model.Decode(raw)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// linesOf prints a table without colour.
func linesOf(s *Table, rows []*model.Snapshot, wide bool) []string {
	var all []string
	for line := range s.Lines(rows, wide, 0) {
		all = append(all, line.String())
	}
	return all
}

func TestAChosenOrderOverridesTheBestMatch(t *testing.T) {
	all := []*model.Snapshot{
		snapshotOf(t, map[string]any{"id": "1", "name": "b-node-a", "size": 2.0}),
		snapshotOf(t, map[string]any{"id": "2", "name": "node", "size": 1.0}),
		snapshotOf(t, map[string]any{"id": "3", "name": "a-node-b", "size": 1.0}),
	}
	table := NewTable(all, query.Parse("node"), query.Context{Now: start})
	for s, want := range map[string]string{"": "2 3 1", "size": "1 3 2", "size:reverse": "2 3 1", "name": "3 1 2"} {
		var by Sort
		if s != "" {
			var err error
			if by, err = ParseSort(s); err != nil {
				t.Fatal(err)
			}
		}
		rows, _, err := table.Rows(t.Context(), by)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, row := range rows {
			ids = append(ids, row.ID)
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("by %q: %s, want %s", s, got, want)
		}
	}
}

func TestParseSort(t *testing.T) {
	for _, column := range SortColumns() {
		for s, want := range map[string]Sort{column: {Column: column}, column + ":reverse": {Column: column, Reversed: true}} {
			if got, err := ParseSort(s); err != nil || got != want {
				t.Errorf("%s: %+v, %v", s, got, err)
			}
		}
	}
	for _, s := range []string{"", "nam", "Name", "name:", "name:desc", "name:reverse:reverse", ":reverse", "id"} {
		if got, err := ParseSort(s); err == nil || !strings.Contains(err.Error(), "name, state, ref, size") {
			t.Errorf("%q: %+v, %v; want an error with the columns", s, got, err)
		}
	}
}

func TestColumnsAreAsWideAsTheirCells(t *testing.T) {
	long := strings.Repeat("long-", maxPrintedCell/5)
	all := []*model.Snapshot{
		snapshotOf(t, map[string]any{"id": "id-1", "name": long, "state": "active", "ref": "r/p/daytona-" + strings.Repeat("a1", 32) + ":daytona"}),
		snapshotOf(t, map[string]any{"id": "id-2", "name": "東京-👩‍👩‍👧", "state": "build_failed", "errorReason": "\x1b[31mfirst\nsecond\u202e", "imageName": "img:1"}),
		snapshotOf(t, map[string]any{"id": "id-3", "name": "evil\x1b]0;x\a\u202e\r\n", "state": "newer_state", "regionIds": []string{"r1", "r2"}}),
	}
	table := NewTable(all, query.Query{}, query.Context{Now: start, Regions: []model.Region{{ID: "r1", Name: "frankfurt\x1b[2J"}}})
	for _, wide := range []bool{false, true} {
		lines := linesOf(table, all, wide)
		if columns := printColumns(&table.view, wide); len(lines) != 4 || fields(lines[0]) != titles(columns) || columns[1].ID != ColumnState {
			t.Fatalf("%d lines that begin with %q", len(lines), lines[0])
		}
		whole := strings.Join(lines, "\n")
		for _, part := range []string{long, "東京-👩‍👩‍👧", "frankfurt^[[2J r2", "^[[31mfirst↵second<U+202E>"} {
			if !strings.Contains(whole, part) {
				t.Errorf("wide %v: %q is not there in whole:\n%s", wide, part, whole)
			}
		}
		for _, full := range []string{"id-3", all[0].Ref.Value, "img:1"} {
			if strings.Contains(whole, full) != wide {
				t.Errorf("wide %v: is %q there?\n%s", wide, full, whole)
			}
		}
		if strings.ContainsAny(whole, "\x1b\a\r\u202e") {
			t.Errorf("wide %v: what acts on a terminal comes through: %q", wide, whole)
		}
		// The state stands in the same cells in every line.
		at := text.Cell(lines[0][:strings.Index(lines[0], printColumns(&table.view, wide)[1].Title.String())]).Width()
		for i, state := range []string{"✓ active", "✗ build failed", "? newer state"} {
			if before, _, found := strings.Cut(lines[i+1], state); !found || text.Cell(before).Width() != at {
				t.Errorf("wide %v: the state of line %d is not at %d: %q", wide, i+1, at, lines[i+1])
			}
		}
	}
}

func TestAVeryLongNameShiftsItsOwnLineOnly(t *testing.T) {
	long := strings.Repeat("x", maxPrintedCell+40)
	all := []*model.Snapshot{
		snapshotOf(t, map[string]any{"id": "1", "name": long, "state": "active"}),
		snapshotOf(t, map[string]any{"id": "2", "name": "short", "state": "active"}),
	}
	table := NewTable(all, query.Query{}, query.Context{Now: start})
	lines := linesOf(table, all, false)
	name := titles(printColumns(&table.view, false)[:1])
	for i, before := range []string{name + strings.Repeat(" ", len("short  ")-len(name)), long + "  ", "short  "} {
		if !strings.HasPrefix(lines[i], before) || strings.HasPrefix(lines[i], before+" ") {
			t.Errorf("line %d is %q", i, lines[i])
		}
	}
}

func TestAnEmptyTableIsAHeading(t *testing.T) {
	table := NewTable(nil, query.Query{}, query.Context{Now: start})
	if got := linesOf(table, nil, false); len(got) != 1 || fields(got[0]) != titles(printColumns(&table.view, false)) {
		t.Errorf("%q", got)
	}
}

func TestTableMarksMatches(t *testing.T) {
	all := []*model.Snapshot{snapshotOf(t, map[string]any{"id": "1", "name": "node-agents"})}
	table := NewTable(all, query.Parse("nod"), query.Context{Now: start})
	var marked text.Line
	for line := range table.Lines(all, false, 0) {
		for _, span := range line {
			if span.Role == theme.Match {
				marked = append(marked, span)
			}
		}
	}
	if marked.String() != "nod" {
		t.Errorf("marked is %q", marked)
	}
}

func BenchmarkTable(b *testing.B) {
	all := make([]*model.Snapshot, 10_000)
	for i := range all {
		all[i] = snapshotOf(b, map[string]any{
			"id": fmt.Sprintf("%08d-0000-4000-8000-000000000000", i), "name": fmt.Sprintf("node-%d", i), "state": "active",
			"ref": fmt.Sprintf("registry/daytona-%064x:daytona", i/2), "regionIds": []string{"eu", "us"}, "size": float64(i) / 1000,
			"lastUsedAt": start.Add(-time.Duration(i) * time.Minute).Format(time.RFC3339),
		})
	}
	for b.Loop() {
		table := NewTable(all, query.Query{}, query.Context{Now: start})
		for range table.Lines(all, true, 0) {
		}
	}
}

// On a small terminal columns give way until the reason can be read, in the order of
// their priorities, and none goes while there is room for it.
func TestPrintedColumnsGiveWay(t *testing.T) {
	failed := map[string]any{"id": "1", "name": "playwright-nightly", "state": "build_failed", "errorReason": "npm ERR! code ELIFECYCLE", "size": 2.5}
	active := map[string]any{"id": "2", "name": "node-20-agents", "state": "active", "imageName": "node:20", "regionIds": []string{"us"}}
	rows := []*model.Snapshot{snapshotOf(t, failed), snapshotOf(t, active)}
	table := NewTable(rows, query.Query{}, query.Context{Now: start})
	columns := printColumns(&table.view, false)
	last := columns[len(columns)-1].Title.String()
	if got := fields(linesOf(table, rows, false)[0]); got != titles(columns) {
		t.Fatalf("without a width %q is printed", got)
	}
	reasonAt := 0 // where the last column began with one column more
	for width := 200; width >= 60; width-- {
		var lines []string
		for line := range table.Lines(rows, false, width) {
			lines = append(lines, line.String())
			if line.Width() > width {
				t.Errorf("%d cells at %d: %q", line.Width(), width, line)
			}
		}
		if fields(lines[0]) != titles(columns) {
			most := slices.MaxFunc(columns[:len(columns)-1], func(x, y Column) int { return cmp.Compare(x.DropPriority, y.DropPriority) })
			columns = slices.DeleteFunc(columns, func(c Column) bool { return c.ID == most.ID })
			if most.DropPriority == 0 || reasonAt+len("npm ERR! code ELIFECYCLE") <= width || fields(lines[0]) != titles(columns) {
				t.Fatalf("at %d: %q", width, lines[0])
			}
		}
		reasonAt = text.Cell(lines[0][:strings.LastIndex(lines[0], last)]).Width()
		if !strings.Contains(lines[1], "npm ERR! code ELIFECYCLE") {
			t.Errorf("at %d: %q", width, lines[1])
		}
	}
	if len(columns) == len(printColumns(&table.view, false)) {
		t.Error("all columns fit in 60 cells")
	}
	cut := slices.Collect(table.Lines(rows, false, 30))[0].String()
	if name := columns[0].Title.String(); !strings.HasPrefix(cut, name+" ") || !strings.HasSuffix(cut, "…") {
		t.Errorf("at 30: %q", cut)
	}
}

// titles are the headings of columns, and fields the words of a line, one space apart.
func titles(columns []Column) string {
	var all []string
	for _, c := range columns {
		all = append(all, c.Title.String())
	}
	return strings.Join(all, " ")
}

func fields(line string) string { return strings.Join(strings.Fields(line), " ") }
