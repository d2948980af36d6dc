// Package summary says in words what the table shows: how many rows, in which
// order, what the filter matches, and why there is no row.
package summary

import (
	"github.com/charmbracelet/bubbles/textinput"

	"daytona/snapdeck/model/query"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// Values is what the table shows.
type Values struct {
	Total    int // snapshots, with those that a rebuild shows before they are listed
	Shown    int
	Marked   int
	Loading  bool // the list was not read yet
	Order    row.Sort
	Typed    string // the text of the filter
	Query    query.Query
	Problems []query.Problem    // parts of the filter that are not valid
	Effects  []query.TermEffect // what each part of the filter hides, where no row is left
}

// Count is "128 snapshots" or "12 of 128".
func (v Values) Count() text.Safe {
	if v.Query.Empty() {
		return text.Cell(format.Plural(v.Total, "snapshot"))
	}
	return text.Sprintf("%s of %s", format.Thousands(v.Shown), format.Thousands(v.Total))
}

// orderCells is the width of the screen from which on there is room for the order.
const orderCells = 110

// Line is how many rows there are and in which order, for a screen of that width.
func (v Values) Line(width int) text.Safe {
	switch {
	case v.Marked > 0:
		return text.Sprintf("%s marked", format.Thousands(v.Marked))
	case v.Loading:
		return text.Safe{}
	case width < orderCells:
		return v.Count()
	case v.Query.HasWords():
		return text.Sprintf("%s · best match first", v.Count())
	case v.Order == row.Sort{Column: row.ColumnState}:
		return text.Sprintf("%s · failed first, then last use", v.Count())
	case v.Order.Reversed:
		return text.Sprintf("%s · by %s, reversed", v.Count(), v.Order.Column)
	default:
		return text.Sprintf("%s · by %s", v.Count(), v.Order.Column)
	}
}

// Filter draws the filter and what it matches. clearKey is the key that clears it.
func (v Values) Filter(field *textinput.Model, focused bool, clearKey string, width int) text.Line {
	var invalid []text.Highlight
	for _, p := range v.Problems {
		invalid = append(invalid, text.Highlight{From: p.From, To: p.To, Role: theme.Invalid})
	}
	line := text.Join(text.Lit(" / ").As(theme.Key), dialog.FieldLine(field, focused, invalid...))
	matches := text.Join(text.Lit("  ").As(theme.Dim), v.matches(clearKey), text.Lit(" ").As(theme.Dim))
	// What was typed comes first, up to half of the line: a hint can be longer than
	// the line.
	room := max(width-matches.Width(), min(line.Width()+1, width/2))
	return text.Join(line.Fit(room), matches.Fit(width-room))
}

// matches is the number of matches, with what is wrong with the filter or the key
// that clears it.
func (v Values) matches(clearKey string) text.Line {
	if len(v.Problems) > 0 {
		return text.Join(v.Count().As(theme.Dim), text.Sprintf(" · %s?", v.part(v.Problems[0])).As(theme.Warning))
	}
	if hints := v.Query.Hints(); len(hints) > 0 {
		return text.Join(v.Count().As(theme.Dim), text.Sprintf(" · %s", hints[0].Text).As(theme.Warning))
	}
	order := text.Safe{}
	if v.Query.HasWords() {
		order = text.Lit(" · best match first")
	}
	return text.Sprintf("%s%s · %s clear", v.Count(), order, clearKey).As(theme.Dim)
}

// part is the part of the filter that a problem is about.
func (v Values) part(p query.Problem) string {
	to := min(p.To, len(v.Typed))
	return v.Typed[min(p.From, to):to]
}

// Problem says what is wrong with the filter, nil for nothing.
func (v Values) Problem() text.Line {
	if len(v.Problems) == 0 {
		return nil
	}
	p := v.Problems[0]
	return text.Join(text.Lit(" ! ").As(theme.Warning),
		text.Sprintf("%s: expected %s · the rest of the filter applies", v.part(p), p.Expected).As(theme.Text))
}

// NoMatches explains why the filter leaves no row. clearKey is the key that clears
// it.
func (v Values) NoMatches(clearKey string) []text.Line {
	lines := []text.Line{text.Sprintf("no matches in %s", format.Plural(v.Total, "snapshot")).As(theme.Text)}
	if len(v.Effects) > 1 {
		for _, e := range v.Effects {
			lines = append(lines, text.Sprintf("  %s alone matches %s · without it %s", e.Term, format.Thousands(e.Matches), format.Thousands(e.ExcludesAlone)).As(theme.Dim))
		}
	}
	return append(lines, text.Sprintf("%s clear filter", clearKey).As(theme.Dim))
}
