// Package failures lists the reasons of failures, each with the snapshots that failed for
// it.
package failures

import (
	"slices"
	"strings"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/listview"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// maxNames bounds the names below the list: that many fill any screen.
const maxNames = 200

// maxReasonLines bounds the lines of the reason above the names.
const maxReasonLines = 10

// List is the reasons, that of the newest failure first.
type List struct {
	*listview.List[model.FailureGroup]
	view    *row.ViewState
	grouped *model.Store    // what the groups were made from
	same    map[string]bool // the patterns of groups with the same reason in each snapshot
}

// New returns the list of the failures in a view.
func New(view *row.ViewState) *List {
	l := &List{view: view}
	l.List = listview.New(
		func(g model.FailureGroup) string { return g.Pattern }, l.details, text.Lit("no snapshot is failed"),
		grid.Column[model.FailureGroup]{ID: "count", Title: text.Lit("COUNT"), Min: 6, Max: 6, Right: true, Cell: func(g model.FailureGroup) text.Line {
			return text.Cell(format.Thousands(len(g.Snapshots))).As(theme.Title)
		}},
		grid.Column[model.FailureGroup]{ID: "newest", Title: text.Lit("NEWEST"), Min: 8, Max: 8, Right: true, Cell: func(g model.FailureGroup) text.Line {
			if g.Newest.IsZero() {
				return text.Lit("–").As(theme.Dim)
			}
			return text.Cell(format.Relative(g.Newest, view.Now)).As(theme.Dim)
		}},
		grid.Column[model.FailureGroup]{ID: "reason", Title: text.Lit("REASON · … for names and numbers"), Min: 20, Cell: func(g model.FailureGroup) text.Line {
			return l.short(g).As(theme.Failed)
		}},
	)
	l.Update()
	return l
}

// Update groups the failures again if the snapshots have changed.
func (l *List) Update() {
	if store := l.view.Data.Store; store != l.grouped {
		l.grouped = store
		groups := model.GroupFailures(store.All(), l.view.Since)
		l.same = make(map[string]bool, len(groups))
		for _, g := range groups {
			first := g.Snapshots[0].ErrorReason.Value
			l.same[g.Pattern] = !slices.ContainsFunc(g.Snapshots, func(s *model.Snapshot) bool { return s.ErrorReason.Value != first })
		}
		l.SetRows(groups)
	}
}

// reason is what the server says: all of it if each snapshot has the same.
func (l *List) reason(g model.FailureGroup) string {
	switch {
	case g.Pattern == "":
		return "the server gave no reason"
	case l.same[g.Pattern]:
		return strings.TrimSpace(g.Snapshots[0].ErrorReason.Value)
	default:
		return g.Pattern
	}
}

// short is the reason without the words that many reasons share.
func (l *List) short(g model.FailureGroup) text.Safe {
	newest := *g.Snapshots[0]
	newest.ErrorReason.Value = model.ShortReason(newest.ErrorReason.Value)
	if g.Pattern == "" || newest.ErrorReason.Value == "" {
		return text.Cell(l.reason(g))
	}
	if l.same[g.Pattern] {
		return text.Cell(newest.ErrorReason.Value)
	}
	return text.Cell(newest.ReasonPattern())
}

// details returns the reason, and the names of the snapshots.
func (l *List) details(g model.FailureGroup) []text.Line {
	var names []string
	for _, s := range g.Snapshots[:min(len(g.Snapshots), maxNames)] {
		names = append(names, s.Name)
	}
	var lines []text.Line
	for line := range strings.Lines(l.reason(g)) {
		if len(lines) == maxReasonLines {
			lines = append(lines, text.Lit("…").As(theme.Dim))
			break
		}
		lines = append(lines, text.Cell(strings.TrimSpace(line)).As(theme.Text))
	}
	return append(lines, text.Sprintf("%s: %s", format.Plural(len(g.Snapshots), "snapshot"), strings.Join(names, "  ")).As(theme.Dim))
}

// Query returns the query that finds the snapshots of the group under the cursor.
func (l *List) Query() (query string, ok bool) {
	g, ok := l.Cursor()
	if g.Pattern == "" {
		return "state:failed -has:error", ok
	}
	return `state:failed reason:"=` + g.Pattern + `"`, ok
}

// ToggleMarks marks the snapshots of the group under the cursor in a table, or none of
// them if all are marked.
func (l *List) ToggleMarks(table *grid.Grid[*model.Snapshot]) {
	g, _ := l.Cursor()
	table.ToggleMarksOf(g.Snapshots...)
}
