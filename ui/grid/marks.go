package grid

import (
	"cmp"
	"maps"
	"slices"
)

// marks is a set of ids that remembers the order of insertion. It is a map and not a
// slice, so that removing one of many is fast.
type marks struct {
	order map[string]int // id -> ascending number
	last  int

	revision int // counts the changes
}

func (m *marks) has(id string) bool {
	_, ok := m.order[id]
	return ok
}

func (m *marks) add(id string) {
	if m.has(id) {
		return
	}
	if m.order == nil {
		m.order = make(map[string]int)
	}
	m.last++
	m.revision++
	m.order[id] = m.last
}

// retain removes the ids for which keep returns false.
func (m *marks) retain(keep func(id string) bool) {
	m.revision++
	maps.DeleteFunc(m.order, func(id string, _ int) bool { return !keep(id) })
}

// ordered returns the ids in the order of insertion.
func (m *marks) ordered() []string {
	return slices.SortedFunc(maps.Keys(m.order), func(x, y string) int { return cmp.Compare(m.order[x], m.order[y]) })
}

// ToggleMark marks or unmarks the cursor row.
func (g *Grid[R]) ToggleMark() {
	if row, ok := g.Cursor(); ok {
		g.ToggleMarksOf(row)
	}
}

// ToggleMarkAll marks all rows, or unmarks them if all are marked. It does not unmark
// rows that are filtered out.
func (g *Grid[R]) ToggleMarkAll() {
	before := g.MarkCount()
	for _, row := range g.rows {
		g.marks.add(g.id(row))
	}
	if g.MarkCount() > before {
		return
	}
	shown := make(map[string]struct{}, len(g.rows))
	for _, row := range g.rows {
		shown[g.id(row)] = struct{}{}
	}
	g.marks.retain(func(id string) bool { _, ok := shown[id]; return !ok })
}

// ToggleMarksOf marks the rows, or unmarks them if all are marked.
func (g *Grid[R]) ToggleMarksOf(rows ...R) {
	change := g.Mark
	if !slices.ContainsFunc(rows, func(row R) bool { return !g.marks.has(g.id(row)) }) {
		change = g.Unmark
	}
	for _, row := range rows {
		change(g.id(row))
	}
}

// Mark marks the row with the id, even if it is filtered out.
func (g *Grid[R]) Mark(id string) { g.marks.add(id) }

// Unmark unmarks the row with the id.
func (g *Grid[R]) Unmark(id string) {
	g.marks.revision++
	delete(g.marks.order, id)
}

// IsMarked reports whether the row with the id is marked.
func (g *Grid[R]) IsMarked(id string) bool { return g.marks.has(id) }

// Marked returns the marked ids in the order of marking, including those of rows that
// are filtered out.
func (g *Grid[R]) Marked() []string { return g.marks.ordered() }

// MarkCount returns the number of marked ids.
func (g *Grid[R]) MarkCount() int { return len(g.marks.order) }

// RetainMarks unmarks the ids for which keep returns false. The caller uses it for rows
// that no longer exist, which the grid cannot tell from rows that are filtered out.
func (g *Grid[R]) RetainMarks(keep func(id string) bool) { g.marks.retain(keep) }

// ClearMarks unmarks all rows.
func (g *Grid[R]) ClearMarks() { g.marks = marks{revision: g.marks.revision + 1} }

// MarkRevision returns a number that is another one after each change of the marks.
func (g *Grid[R]) MarkRevision() int { return g.marks.revision }
