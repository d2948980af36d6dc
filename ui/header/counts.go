package header

import (
	"cmp"
	"slices"
	"strings"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// counts are the numbers of snapshots at the start of the second line.
type counts []count

// count is a number of snapshots and the query that finds them.
type count struct {
	line  text.Line
	query string // "" for all
	found bool   // there is such a query
}

// line draws the counts.
func (c counts) line() text.Line {
	var line text.Line
	for _, one := range c {
		line = append(line, one.line...)
	}
	return line
}

// QueryAt returns the query that finds the snapshots of the count in a column of the
// second line.
func (v Values) QueryAt(column, width int) (query string, ok bool) {
	shown, _ := v.second(width)
	for _, c := range shown {
		if column -= c.line.Width(); column < 0 {
			return c.query, c.found
		}
	}
	return "", false
}

// shownStates returns the states with snapshots, from left to right. Error stands for both
// kinds of failure.
func (v Values) shownStates() []model.State {
	if v.Store == nil {
		return nil
	}
	var states []model.State
	if v.count(model.StateError) > 0 {
		states = append(states, model.StateError)
	}
	for _, state := range append(model.States(), v.Store.UnknownStates()...) {
		if !state.Failed() && v.count(state) > 0 {
			states = append(states, state)
		}
	}
	return states
}

func (v Values) count(state model.State) int {
	if state.Failed() {
		return v.Store.Count(model.StateError) + v.Store.Count(model.StateBuildFailed)
	}
	return v.Store.Count(state)
}

// labelled returns the states that have a label when there is room for n of them: failed
// and building come first.
func labelled(states []model.State, n int) []model.State {
	rank := func(s model.State) int {
		switch {
		case s.Failed():
			return 0
		case s == model.StateBuilding:
			return 1
		default:
			return 2
		}
	}
	byUrgency := slices.Clone(states)
	slices.SortStableFunc(byUrgency, func(x, y model.State) int { return cmp.Compare(rank(x), rank(y)) })
	return byUrgency[:n]
}

// counts returns all snapshots, then those in each of the states, so many with a label.
func (v Values) counts(states []model.State, labels int) counts {
	store := v.Store
	if store == nil {
		return nil
	}
	all := count{line: text.Sprintf(" %s", format.Thousands(store.Len())).As(theme.Title), found: true}
	if v.Poll.Incomplete != nil {
		all.line = append(all.line, text.Span{Text: text.Lit(" incomplete"), Role: theme.Warning})
	}
	list := counts{all}
	add := func(state model.State, label, query string, n int) {
		style := row.StyleOf(state)
		line := text.Sprintf("  %s %s", style.Glyph, format.Thousands(n)).As(style.Role)
		if label != "" {
			line = append(line, text.Span{Text: text.Sprintf(" %s", label), Role: style.Role})
		}
		list = append(list, count{line: line, query: query, found: query != ""})
	}
	withLabel := labelled(states, labels)
	unknown := 0
	for _, state := range states {
		label, query := "", stateQuery(state)
		if slices.Contains(withLabel, state) {
			label = state.Label()
		}
		switch {
		case state.Failed():
			query = "state:failed"
			if label != "" {
				label = "failed"
			}
		case !state.Known() && labels < len(states):
			unknown += v.count(state)
			continue
		}
		add(state, label, query, v.count(state))
	}
	if unknown > 0 {
		add("", "", stateQuery(store.UnknownStates()...), unknown) // one sum, because they share a glyph
	}
	if missing := store.MissingCount(); missing > 0 { // labelled, because it has that glyph too
		add(row.StateNotListed, row.StateNotListed.Label(), "", missing)
	}
	return list
}

// stateQuery returns the query that finds the snapshots in one of the states.
func stateQuery(states ...model.State) string {
	var quoted []string
	for _, state := range states {
		value := strings.ReplaceAll(string(state), `"`, "")
		if strings.ContainsAny(value, " ,") {
			value = `"` + value + `"`
		}
		quoted = append(quoted, value)
	}
	return "state:" + strings.Join(quoted, ",")
}
