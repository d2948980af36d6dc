package grid

import "slices"

// marks is a set of ids that remembers the order in which they were put in.
type marks struct {
	order []string
	set   map[string]struct{}
}

func (m *marks) has(id string) bool {
	_, ok := m.set[id]
	return ok
}

func (m *marks) add(id string) {
	if m.has(id) {
		return
	}
	if m.set == nil {
		m.set = make(map[string]struct{})
	}
	m.set[id] = struct{}{}
	m.order = append(m.order, id)
}

// keep takes out the ids that keep says no to.
func (m *marks) keep(keep func(id string) bool) {
	m.order = slices.DeleteFunc(m.order, func(id string) bool {
		if keep(id) {
			return false
		}
		delete(m.set, id)
		return true
	})
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
func (g *Grid[R]) Unmark(id string) {
	if g.marks.has(id) {
		g.marks.keep(func(other string) bool { return other != id })
	}
}

// IsMarked reports whether the row with an id is marked.
func (g *Grid[R]) IsMarked(id string) bool { return g.marks.has(id) }

// Marked returns the ids that are marked, those first that were marked first. It
// includes rows that a filter hides at the moment.
func (g *Grid[R]) Marked() []string { return slices.Clone(g.marks.order) }

// MarkCount returns how many ids are marked.
func (g *Grid[R]) MarkCount() int { return len(g.marks.order) }

// KeepMarks takes away the marks that keep says no to: those of rows that do not
// exist any more, which only the caller can tell from rows that are filtered out.
func (g *Grid[R]) KeepMarks(keep func(id string) bool) { g.marks.keep(keep) }

// ClearMarks takes all marks away.
func (g *Grid[R]) ClearMarks() { g.marks = marks{} }
