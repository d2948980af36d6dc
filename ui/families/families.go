// Package families lists the families of snapshots: names that differ only in a version.
package families

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/family"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/listview"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

const (
	// maxNames bounds the names below the list: that many fill any screen.
	maxNames = 200
	// maxInline is the number of snapshots up to which the families are found within a frame.
	maxInline = 3000
)

// List is the families, the largest first.
type List struct {
	*listview.List[group]
	view  *row.ViewState
	store *model.Store // of the rows
	rules *family.Rules
	busy  bool // Work has started
}

// group is a family with its totals.
type group struct {
	*family.Family
	gb     model.Optional[float64] // of those with a known size
	states map[model.State]int
	alone  bool // no other family has the name
}

// New returns the list of the families in a view.
func New(view *row.ViewState) *List {
	dim := func(s text.Safe) text.Line { return s.As(theme.Dim) }
	l := &List{view: view, List: listview.New(
		group.id, group.details, text.Lit("no snapshots"),
		grid.Column[group]{ID: "count", Title: text.Lit("COUNT"), Min: 6, Max: 6, Right: true, Cell: func(g group) text.Line {
			return text.Cell(format.Thousands(len(g.Members))).As(theme.Title)
		}},
		grid.Column[group]{ID: "size", Title: text.Lit("GB"), Min: 7, Max: 7, Right: true, Cell: func(g group) text.Line {
			return dim(row.SizeText(g.gb))
		}},
		grid.Column[group]{ID: "newest", Title: text.Lit("NEWEST"), Min: 8, Max: 8, Right: true, Cell: func(g group) text.Line {
			at, ok := view.Families.Created(g.Members[0])
			if !ok {
				return dim(text.Lit("–"))
			}
			return dim(text.Cell(format.Relative(at, view.Now)))
		}},
		grid.Column[group]{ID: "family", Title: text.Lit("FAMILY"), Min: 16, Max: 44, Cut: text.CutMiddle, Cell: func(g group) text.Line { return text.Cell(g.Name).As(theme.Text) }},
		grid.Column[group]{ID: "states", Title: text.Lit("STATES"), Min: 18, Max: 60, Cell: group.stateLine},
	)}
	l.Update()
	return l
}

// Update finds the families again if the snapshots have changed and are few.
func (l *List) Update() {
	if l.view.Data.Index.Len() <= maxInline {
		if compute := l.Work(); compute != nil {
			compute()()
		}
	}
}

// Work returns a function that finds the families on any goroutine, nil if nothing has
// changed. Its result puts them into the list.
func (l *List) Work() func() (show func()) {
	index, rules := l.view.Data.Index, l.view.Families
	if l.busy || l.store == index.Store() && l.rules == rules {
		return nil
	}
	l.busy = true
	return func() func() {
		groups := groupsOf(index.Families(rules))
		return func() {
			l.busy, l.store, l.rules = false, index.Store(), rules
			l.SetRows(groups)
		}
	}
}

// groupsOf returns the families with their totals, the largest first.
func groupsOf(set *family.Set) []group {
	names := make(map[string]int)
	for _, f := range set.All() {
		names[f.Name]++
	}
	groups := make([]group, 0, len(set.All()))
	for _, f := range set.All() {
		g := group{Family: f, states: make(map[model.State]int), alone: names[f.Name] == 1}
		for _, s := range f.Members {
			if gb, ok := s.Size.Get(); ok {
				g.gb = model.Some(g.gb.Value + gb)
			}
			g.states[s.State]++
		}
		groups = append(groups, g)
	}
	slices.SortStableFunc(groups, func(a, b group) int { return cmp.Compare(len(b.Members), len(a.Members)) })
	return groups
}

// id tells apart families with the same name.
func (g group) id() string {
	switch {
	case g.Versioned && g.General:
		return "general/" + g.Name
	case g.Versioned:
		return "own/" + g.Name
	default:
		return "one/" + g.Members[0].ID
	}
}

// stateLine returns how many members are in each state.
func (g group) stateLine() text.Line {
	var line text.Line
	for _, state := range g.sortedStates() {
		if line != nil {
			line = append(line, text.Lit("  ").As(theme.Dim)...)
		}
		style := row.StyleOf(state)
		line = append(line, text.Sprintf("%s %d", style.Glyph, g.states[state]).As(style.Role)...)
	}
	if g.General {
		line = append(line, text.Lit("  general").As(theme.Dim)...)
	}
	return line
}

// sortedStates returns the states of the members, in their usual order.
func (g group) sortedStates() []model.State {
	order := model.States()
	return slices.SortedFunc(maps.Keys(g.states), func(a, b model.State) int {
		return cmp.Or(cmp.Compare(uint(slices.Index(order, a)), uint(slices.Index(order, b))), cmp.Compare(a, b))
	})
}

// details returns the names, newest first, the states in words, and what the order is.
func (g group) details() []text.Line {
	order := text.Lit("no version in its name: a family of one")
	switch {
	case g.Versioned && g.ByVersion:
		order = text.Lit("newest first, by version")
	case g.Versioned:
		order = text.Lit("newest first, by creation: not all versions are comparable")
	}
	var names []string
	for _, s := range g.Members[:min(len(g.Members), maxNames)] {
		names = append(names, s.Name)
	}
	var counts []string
	for _, state := range g.sortedStates() {
		counts = append(counts, fmt.Sprintf("%d %s", g.states[state], state.Label()))
	}
	return []text.Line{
		text.Cell(strings.Join(names, "  ")).As(theme.Text),
		text.Sprintf("%s · %s", strings.Join(counts, ", "), order).As(theme.Dim),
	}
}

// Query returns the query that finds the members of the family under the cursor.
func (l *List) Query() (query string, ok bool) {
	g, ok := l.Cursor()
	if !ok {
		return "", false
	}
	query = `family:"=` + strings.ReplaceAll(g.Name, `"`, "") + `"`
	if !strings.ContainsAny(g.Name, " ,") {
		query = strings.ReplaceAll(query, `"`, "")
	}
	if g.alone {
		return query, true
	}
	if !g.Versioned {
		query = query + " -has:version"
	} else {
		query += " has:version"
	}
	if g.General {
		return query + " general:yes", true
	}
	return query + " general:no", true
}

// ToggleMarks marks the members of the family under the cursor in a table, or none of them
// if all are marked.
func (l *List) ToggleMarks(table *grid.Grid[*model.Snapshot]) {
	if g, ok := l.Cursor(); ok {
		table.ToggleMarksOf(g.Members...)
	}
}
