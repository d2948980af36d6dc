package header

import (
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

// counts returns all snapshots, then those in each state, omitting zeros.
func (v Values) counts(labels bool) counts {
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
		if n == 0 {
			return
		}
		style := row.StyleOf(state)
		line := text.Sprintf("  %s %s", style.Glyph, format.Thousands(n)).As(style.Role)
		if labels {
			line = append(line, text.Span{Text: text.Sprintf(" %s", label), Role: style.Role})
		}
		list = append(list, count{line: line, query: query, found: query != ""})
	}
	add(model.StateError, "failed", "state:failed", store.Count(model.StateError)+store.Count(model.StateBuildFailed))
	for _, state := range model.States() {
		if !state.Failed() {
			add(state, state.Label(), stateQuery(state), store.Count(state))
		}
	}
	unknown := 0
	for _, state := range store.UnknownStates() {
		unknown += store.Count(state)
		if labels {
			add(state, state.Label(), stateQuery(state), store.Count(state))
		}
	}
	if !labels {
		add("", "", stateQuery(store.UnknownStates()...), unknown) // one sum, because they share a glyph
	}
	labels = true // it stands for what is not known, as the glyph of unknown states does
	add(row.StateNotListed, row.StateNotListed.Label(), "", store.MissingCount())
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
