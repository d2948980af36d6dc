package grid

import (
	"cmp"
	"maps"
	"slices"
)

// marks is a set of ids that remembers the order in which they were put in. Each
// has a number instead of a place in a list, so that one is as quick to take out of
// many as of few.
type marks struct {
	numbers map[string]int
	last    int
}

func (m *marks) has(id string) bool {
	_, ok := m.numbers[id]
	return ok
}

func (m *marks) add(id string) {
	if m.has(id) {
		return
	}
	if m.numbers == nil {
		m.numbers = make(map[string]int)
	}
	m.last++
	m.numbers[id] = m.last
}

// keep takes out the ids that keep says no to.
func (m *marks) keep(keep func(id string) bool) {
	maps.DeleteFunc(m.numbers, func(id string, _ int) bool { return !keep(id) })
}

// ordered are the ids, those first that were put in first.
func (m *marks) ordered() []string {
	return slices.SortedFunc(maps.Keys(m.numbers), func(x, y string) int { return cmp.Compare(m.numbers[x], m.numbers[y]) })
}

// ToggleMark marks the cursor's row, or takes its mark away.
func (g *Grid[R]) ToggleMark() {
	row, ok := g.Cursor()
	if !ok {
		return
	}
	if id := g.id(row); g.marks.has(id) {
		g.Unmark(id)
	} else {
		g.Mark(id)
	}
}

// ToggleMarkAll marks all rows, or takes all their marks away if none is without.
// Marks on rows that are not there now stay.
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
	g.marks.keep(func(id string) bool { _, ok := shown[id]; return !ok })
}

// Mark marks the row with an id, whether it is there now or not.
func (g *Grid[R]) Mark(id string) { g.marks.add(id) }

// Unmark takes the mark of the row with an id away.
func (g *Grid[R]) Unmark(id string) { delete(g.marks.numbers, id) }

// IsMarked reports whether the row with an id is marked.
func (g *Grid[R]) IsMarked(id string) bool { return g.marks.has(id) }

// Marked returns the ids that are marked, those first that were marked first. It
// includes rows that a filter hides at the moment.
func (g *Grid[R]) Marked() []string { return g.marks.ordered() }

// MarkCount returns how many ids are marked.
func (g *Grid[R]) MarkCount() int { return len(g.marks.numbers) }

// RetainMarks takes away the marks that keep says no to: those of rows that do not
// exist any more, which only the caller can tell from rows that are filtered out.
func (g *Grid[R]) RetainMarks(keep func(id string) bool) { g.marks.keep(keep) }

// ClearMarks takes all marks away.
func (g *Grid[R]) ClearMarks() { g.marks = marks{} }
