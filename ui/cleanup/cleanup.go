// Package cleanup lists which snapshots a clean-up would delete, which it keeps, and why.
package cleanup

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/family"
	"daytona/snapdeck/model/prune"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/listview"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// The default rule of the list. The command prune has flags for others.
const (
	keep   = 3
	unused = 14 * 24 * time.Hour
)

const (
	// maxInline is the number of snapshots up to which the plan is made within a frame.
	maxInline = 3000
	// maxAge is how old the plan may be: some reasons depend on the time.
	maxAge = time.Minute
)

// List is the plan of a clean-up: what goes, then what stays.
type List struct {
	*listview.List[prune.Decision]
	view  *row.ViewState
	table *grid.Grid[*model.Snapshot] // has the marks
	rule  prune.Options
	plan  *plan
	busy  bool            // Work has started
	asked map[string]bool // names of the snapshots that Ask returned
}

// plan is a plan and what it was made from.
type plan struct {
	store   *model.Store
	rules   *family.Rules
	pending int
	reads   int // of the use
	at      time.Time
	names   []string // of what goes unless it is in use
	asking  int      // of these, without an answer
	goes    []*model.Snapshot
	stays   int
	gb      float64
	places  int
}

// New returns the list for the snapshots in a view, which marks rows of a table. Zero values
// of the rule are the defaults; protect are patterns of names that stay.
func New(view *row.ViewState, table *grid.Grid[*model.Snapshot], rule prune.Options, protect []string) *List {
	rule.Keep, rule.Unused, rule.Protect = cmp.Or(rule.Keep, keep), cmp.Or(rule.Unused, unused), protect
	l := &List{view: view, table: table, rule: rule, plan: &plan{}, asked: make(map[string]bool)}
	l.List = listview.New(
		func(d prune.Decision) string { return d.Snapshot.ID }, l.details, text.Lit("no snapshots"),
		grid.Column[prune.Decision]{ID: "plan", Title: text.Lit("PLAN"), Min: 6, Max: 6, Cell: func(d prune.Decision) text.Line {
			switch {
			case table.IsMarked(d.Snapshot.ID):
				return text.Lit("marked").As(theme.Accent)
			case d.Delete:
				return text.Lit("delete").As(theme.Warning)
			default:
				return text.Lit("keep").As(theme.Dim)
			}
		}},
		grid.Column[prune.Decision]{ID: "name", Title: text.Lit("NAME"), Min: 20, Max: 40, Cut: text.CutMiddle, Cell: func(d prune.Decision) text.Line {
			return text.Cell(d.Snapshot.Name).As(nameRole(d))
		}},
		grid.Column[prune.Decision]{ID: "state", Title: text.Lit("STATE"), Min: 10, Max: 14, DropPriority: 3, MinGridWidth: 60, Cell: func(d prune.Decision) text.Line {
			return row.StateLine(d.Snapshot.State)
		}},
		grid.Column[prune.Decision]{ID: "size", Title: text.Lit("GB"), Min: 6, Max: 6, DropPriority: 2, Right: true, Cell: func(d prune.Decision) text.Line {
			return row.SizeText(d.Snapshot.Size).As(theme.Dim)
		}},
		grid.Column[prune.Decision]{ID: "unused", Title: text.Lit("UNUSED"), Min: 6, Max: 6, DropPriority: 1, Right: true, Cell: func(d prune.Decision) text.Line {
			last, ok := prune.LastActivity(d.Snapshot)
			if !ok {
				return text.Lit("–").As(theme.Dim)
			}
			return text.Cell(format.Elapsed(last, view.Now)).As(theme.Dim)
		}},
		grid.Column[prune.Decision]{ID: "reason", Title: text.Lit("REASON"), Min: 24, Max: 60, Cell: func(d prune.Decision) text.Line {
			return text.Cell(d.Text).As(theme.Dim)
		}},
	)
	l.Update()
	return l
}

func nameRole(d prune.Decision) theme.Role {
	if d.Delete {
		return theme.Text
	}
	return theme.Dim
}

// Update makes the plan again if something has changed and the snapshots are few.
func (l *List) Update() {
	if l.view.Data.Index.Len() <= maxInline {
		if compute := l.Work(); compute != nil {
			compute()()
		}
	}
}

// Work returns a function that makes the plan on any goroutine, nil if nothing has changed.
// Its result puts it into the list.
func (l *List) Work() func() (show func()) {
	index, p := l.view.Data.Index, l.plan
	next := &plan{store: index.Store(), rules: l.view.Families, pending: len(l.view.Pending), reads: l.view.Uses.Reads, at: l.view.Now}
	current := p.store == next.store && p.rules == next.rules && p.pending == next.pending && p.reads == next.reads && next.at.Sub(p.at) < maxAge
	if l.busy || current {
		return nil
	}
	l.busy = true
	options := l.rule
	options.Now = next.at
	pending, in := slices.Collect(maps.Keys(l.view.Pending)), input(l.view.Uses)
	return func() func() {
		in.Store, in.Families = next.store, index.Families(next.rules)
		in.Busy = func(s *model.Snapshot) bool { return slices.Contains(pending, s.ID) }
		rows := next.decide(options, in)
		return func() {
			l.plan, l.busy = next, false
			l.SetRows(rows)
		}
	}
}

// input returns what is known of the use of snapshots.
func input(uses row.Uses) prune.Input {
	byName := maps.Clone(uses.ByName)
	in := prune.Input{Pools: uses.Pools.Pools, Use: func(s *model.Snapshot) model.Use {
		use, answered := byName[s.Name]
		if !answered {
			use.Reason = asking
		}
		return use
	}}
	if !uses.Pools.Known {
		in.PoolsErr = errPools
	}
	return in
}

// asking is the reason of an unknown use that has no answer yet.
const asking = "asking"

var errPools = errors.New("the warm pools are not known")

// Ask returns the names of the snapshots with a use to read, each name once.
func (l *List) Ask() []string {
	var names []string
	for _, name := range l.plan.names {
		if !l.asked[name] {
			l.asked[name] = true
			names = append(names, name)
		}
	}
	return names
}

// decide makes the plan, and returns what goes, then what stays. General snapshots and those
// without a version come last, because they never go.
func (p *plan) decide(o prune.Options, in prune.Input) []prune.Decision {
	unasked := in
	unasked.PoolsErr = nil
	for _, s := range prune.Candidates(o, unasked) {
		p.names = append(p.names, s.Name)
		if in.Use(s).Reason == asking {
			p.asking++
		}
	}
	made := prune.New(o, in)
	p.gb, p.places = made.FreedGB(), made.FreedQuota()
	rows := make([]prune.Decision, 0, len(made.Decisions))
	for _, d := range made.Decisions {
		if d.Delete {
			rows, p.goes = append(rows, d), append(p.goes, d.Snapshot)
		}
	}
	for _, counts := range []bool{true, false} {
		for _, d := range made.Decisions {
			if !d.Delete && (d.Family.Versioned && !d.Family.General) == counts {
				rows = append(rows, d)
			}
		}
	}
	p.stays = len(rows) - len(p.goes)
	return rows
}

// details returns the totals, the rule, and the decision under the cursor.
func (l *List) details(d prune.Decision) []text.Line {
	p := l.plan
	total := text.Sprintf("delete %s · keep %s", format.Thousands(len(p.goes)), format.Thousands(p.stays)).As(theme.Title)
	if len(p.goes) > 0 {
		total = text.Join(total, text.Sprintf("  frees %s GB", row.SizeText(model.Some(p.gb))).As(theme.Text))
	}
	if p.places > 0 {
		total = text.Join(total, text.Sprintf(" and %s of the quota", format.Plural(p.places, "place")).As(theme.Text))
	}
	if p.asking > 0 {
		total = text.Join(total, text.Sprintf("  asking who uses %s", format.Plural(p.asking, "snapshot")).As(theme.Warning))
	}
	return []text.Line{
		total,
		l.ruleText().As(theme.Dim),
		text.Sprintf("%s: %s · family %s", d.Snapshot.Name, d.Text, d.Family.Name).As(theme.Dim),
	}
}

// ruleText returns the rule in words.
func (l *List) ruleText() text.Safe {
	failed := text.Lit("failed ones stay")
	if l.rule.Failed {
		failed = text.Lit("failed ones go")
	}
	return text.Sprintf("rule: keep the newest %d of each family, delete what is unused for more than %s · %s · nothing is deleted here",
		l.rule.Keep, prune.Days(l.rule.Unused), failed)
}

// Mark marks what goes in the table.
func (l *List) Mark() {
	for _, s := range l.plan.goes {
		l.table.Mark(s.ID)
	}
}

// ToggleMarks marks what goes in the table, or none of it if all is marked.
func (l *List) ToggleMarks() {
	l.table.ToggleMarksOf(l.plan.goes...)
}

// MarkOne marks or unmarks the snapshot under the cursor. It returns why it cannot be
// marked, or "".
func (l *List) MarkOne() string {
	d, ok := l.Cursor()
	switch {
	case !ok:
		return "no snapshot is selected"
	case !d.Delete:
		return fmt.Sprintf("%s stays: %s", d.Snapshot.Name, d.Text)
	}
	l.table.ToggleMarksOf(d.Snapshot)
	l.Move(1)
	return ""
}

// Goes returns how many snapshots go.
func (l *List) Goes() int { return len(l.plan.goes) }
