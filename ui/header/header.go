// Package header draws the two lines at the top of the screen: the connection and how fresh
// the data is, then the number of snapshots in each state.
package header

import (
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/poller"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// minLongWidth is the minimum width for the long form of the freshness.
const minLongWidth = 80

// Values are the values that the header shows.
type Values struct {
	Now          time.Time
	Connection   Connection
	Poll         poller.Status
	Store        *model.Store // nil before the first poll
	Rebuilds     Rebuilds
	Deactivating int // snapshots that Daytona deactivates within two days
}

// Connection identifies the organization and the server.
type Connection struct {
	Profile      string // "" if none is shown
	Organization string // name, or start of the id
	Host         string
	ReadOnly     bool
	Insecure     bool // the key is sent unencrypted
}

// Lines returns the two lines, each of exactly width cells.
func (v Values) Lines(width int) []text.Line {
	connection, fresh := v.Connection.line(), v.freshness(width < minLongWidth)
	if connection.Width()+fresh.Width()+2 > width {
		fresh = v.freshness(true)
	}
	counts, notice := v.counts(true), v.notice(false)
	if counts.Width()+notice.Width()+2 > width {
		counts = v.counts(false)
	}
	if counts.Width()+notice.Width()+2 > width {
		notice = v.notice(true)
	}
	return []text.Line{text.Justify(connection, fresh, width), text.Justify(counts, notice, width)}
}

// line draws the connection. Warnings come first, because the end is cut if it is too long.
func (c Connection) line() text.Line {
	line := text.Line{{Text: text.Lit(" snapdeck"), Role: theme.Title}, {Text: text.Lit("  ")}}
	if c.Profile != "" {
		line = append(line, text.Span{Text: text.Sprintf(" %s ", c.Profile), Role: theme.Profile}, text.Span{Text: text.Lit("  ")})
	}
	if c.ReadOnly {
		line = append(line, text.Span{Text: text.Lit("read-only · "), Role: theme.Warning})
	}
	if c.Insecure {
		line = append(line, text.Span{Text: text.Lit("not encrypted · "), Role: theme.Warning})
	}
	if c.Organization != "" {
		line = append(line, text.Span{Text: text.Sprintf("%s · ", c.Organization), Role: theme.Dim})
	}
	return append(line, text.Span{Text: text.Cell(c.Host), Role: theme.Dim})
}

// counts draws the number of snapshots in each state, omitting zeros.
func (v Values) counts(labels bool) text.Line {
	store := v.Store
	if store == nil {
		return nil
	}
	line := text.Sprintf(" %s", format.Thousands(store.Len())).As(theme.Title)
	if v.Poll.Incomplete != nil {
		line = append(line, text.Span{Text: text.Lit(" incomplete"), Role: theme.Warning})
	}
	add := func(state model.State, label string, n int) {
		if n == 0 {
			return
		}
		style := row.StyleOf(state)
		line = append(line, text.Span{Text: text.Sprintf("  %s %s", style.Glyph, format.Thousands(n)), Role: style.Role})
		if labels {
			line = append(line, text.Span{Text: text.Sprintf(" %s", label), Role: style.Role})
		}
	}
	add(model.StateError, "failed", store.Count(model.StateError)+store.Count(model.StateBuildFailed))
	for _, state := range model.States() {
		if !state.Failed() {
			add(state, state.Label(), store.Count(state))
		}
	}
	unknown := 0
	for _, state := range store.UnknownStates() {
		unknown += store.Count(state)
		if labels {
			add(state, state.Label(), store.Count(state))
		}
	}
	if !labels {
		add("", "", unknown) // one sum, because they share a glyph
	}
	if missing := store.MissingCount(); missing > 0 {
		labels = true // it stands for what is not known, as the glyph of unknown states does
		add(row.StateNotListed, row.StateNotListed.Label(), missing)
	}
	return line
}
