// Package summary describes in words what the table shows: the number of rows, their order,
// what the filter matches, and why there are no rows.
package summary

import (
	"math"

	"github.com/charmbracelet/bubbles/textinput"

	"daytona/snapdeck/model/query"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// Values describe what the table shows.
type Values struct {
	Total    int // snapshots, including placeholders of rebuilds
	Shown    int
	Cursor   int // index of the row with the cursor, -1 for none
	Marked   int
	ShownGB  float64 // size of the rows
	MarkedGB float64
	Loading  bool // before the first list
	Order    row.Sort
	Typed    string // text of the filter
	Query    query.Query
	Problems []query.Problem    // invalid parts of the filter
	Effects  []query.TermEffect // what each term hides; only if there are no rows
}

// Count returns a text like "128 snapshots" or "12 of 128".
func (v Values) Count() text.Safe {
	if v.Query.Empty() {
		return text.Cell(format.Plural(v.Total, "snapshot"))
	}
	return text.Sprintf("%s of %s", format.Thousands(v.Shown), format.Thousands(v.Total))
}

// sum returns a size behind a separator: " · 38.2 GB". It is empty if none is known.
func sum(gb float64) text.Safe {
	switch {
	case gb == 0:
		return text.Safe{}
	case gb < 0.1:
		return text.Sprintf(" · %.2g GB", gb)
	case gb < 1000:
		return text.Sprintf(" · %.1f GB", gb)
	case gb < 1e9:
		return text.Sprintf(" · %s GB", format.Thousands(int(math.Round(gb))))
	default:
		return text.Sprintf(" · %s GB", format.Exponent(gb))
	}
}

// minSumWidth is the minimum width of the screen to show the size of all rows; that of the
// rows of a filter is always shown.
const minSumWidth = 140

// minOrderWidth is the minimum width of the screen to show the order.
const minOrderWidth = 110

// Line returns the number of marked rows and their size, else the position of the cursor,
// the number of rows, their size and order, for a screen of the given width.
func (v Values) Line(width int) text.Safe {
	switch {
	case v.Marked > 0:
		return text.Sprintf("%s marked%s", format.Thousands(v.Marked), sum(v.MarkedGB))
	case v.Loading:
		return text.Safe{}
	}
	line := v.Count()
	if v.Cursor >= 0 {
		line = text.Sprintf("%s/%s", format.Thousands(v.Cursor+1), line)
	}
	if width >= minSumWidth || !v.Query.Empty() {
		line = text.Sprintf("%s%s", line, sum(v.ShownGB))
	}
	if width < minOrderWidth {
		return line
	}
	return text.Sprintf("%s · %s", line, v.order())
}

// order returns the order of the rows in words.
func (v Values) order() text.Safe {
	switch {
	case v.Query.HasWords():
		return text.Lit("best match first")
	case v.Order == row.Sort{Column: row.ColumnState}:
		return text.Lit("failed first, then last use")
	case v.Order.Reversed:
		return text.Sprintf("by %s, reversed", v.Order.Column)
	default:
		return text.Sprintf("by %s", v.Order.Column)
	}
}

// Filter draws the filter and what it matches. exit is a key and what it does to the filter:
// "esc clear". It may be empty.
func (v Values) Filter(field *textinput.Model, focused bool, exit string, width int) text.Line {
	var invalid []text.Highlight
	for _, p := range v.Problems {
		invalid = append(invalid, text.Highlight{From: p.From, To: p.To, Role: theme.Invalid})
	}
	line := text.Join(text.Lit(" / ").As(theme.Key), dialog.FieldLine(field, focused, invalid...))
	matches := text.Join(text.Lit("  ").As(theme.Dim), v.matches(exit), text.Lit(" ").As(theme.Dim))
	// The typed text gets at least half of the line, because a hint can be longer than that.
	room := max(width-matches.Width(), min(line.Width()+1, width/2))
	return text.Join(line.Fit(room), matches.Fit(width-room))
}

// matches returns the number of matches, and a problem of the filter or the key that
// leaves it.
func (v Values) matches(exit string) text.Line {
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
	if exit == "" {
		return text.Sprintf("%s%s", v.Count(), order).As(theme.Dim)
	}
	return text.Sprintf("%s%s · %s", v.Count(), order, exit).As(theme.Dim)
}

// part returns the invalid part of the filter.
func (v Values) part(p query.Problem) string {
	to := min(p.To, len(v.Typed))
	return v.Typed[min(p.From, to):to]
}

// Problem describes the first problem of the filter, nil if it has none.
func (v Values) Problem() text.Line {
	if len(v.Problems) == 0 {
		return nil
	}
	p := v.Problems[0]
	return text.Join(text.Lit(" ! ").As(theme.Warning),
		text.Sprintf("%s: expected %s · the rest of the filter applies", v.part(p), p.Expected).As(theme.Text))
}

// NoMatches explains why no row matches the filter. exit is a key and what it does to it.
func (v Values) NoMatches(exit string) []text.Line {
	lines := []text.Line{text.Sprintf("no matches in %s", format.Plural(v.Total, "snapshot")).As(theme.Text)}
	if len(v.Effects) > 1 {
		for _, e := range v.Effects {
			lines = append(lines, text.Sprintf("  %s alone matches %s · without it %s", e.Term, format.Thousands(e.Matches), format.Thousands(e.ExcludesAlone)).As(theme.Dim))
		}
	}
	if exit == "" {
		return lines
	}
	return append(lines, text.Cell(exit).As(theme.Dim))
}
