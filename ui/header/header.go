// Package header writes the two lines at the top of the screen: where we are and how
// fresh the data is, then how many snapshots are in which state.
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

// narrow is the width below which freshness comes in short.
const narrow = 80

// Values are all that the header shows.
type Values struct {
	Now          time.Time
	Place        Place
	Poll         poller.Status
	Store        *model.Store // nil while nothing was read
	Rebuilds     Rebuilds
	Deactivating int // snapshots that Daytona deactivates within two days
}

// Place is on whose snapshots we work.
type Place struct {
	Profile      string // "" for none
	Organization string // its name, or the start of its id
	Host         string
	ReadOnly     bool
	Insecure     bool // the key travels unencrypted
}

// Lines returns the two lines, each of exactly width cells.
func (v Values) Lines(width int) []text.Line {
	place, fresh := v.Place.line(), v.freshness(width < narrow)
	if place.Width()+fresh.Width()+2 > width {
		fresh = v.freshness(true)
	}
	counts, notice := v.counts(true), v.notice(false)
	if counts.Width()+notice.Width()+2 > width {
		counts = v.counts(false)
	}
	if counts.Width()+notice.Width()+2 > width {
		notice = v.notice(true)
	}
	return []text.Line{text.Justify(place, fresh, width), text.Justify(counts, notice, width)}
}

// line says where we are. What makes it safe or dangerous comes first, since the end
// is cut where there is no room.
func (p Place) line() text.Line {
	line := text.Line{{Text: text.Lit(" snapdeck"), Role: theme.Title}, {Text: text.Lit("  ")}}
	if p.Profile != "" {
		line = append(line, text.Span{Text: text.Sprintf(" %s ", p.Profile), Role: theme.Profile}, text.Span{Text: text.Lit("  ")})
	}
	if p.ReadOnly {
		line = append(line, text.Span{Text: text.Lit("read-only · "), Role: theme.Warning})
	}
	if p.Insecure {
		line = append(line, text.Span{Text: text.Lit("not encrypted · "), Role: theme.Warning})
	}
	if p.Organization != "" {
		line = append(line, text.Span{Text: text.Sprintf("%s · ", p.Organization), Role: theme.Dim})
	}
	return append(line, text.Span{Text: text.Cell(p.Host), Role: theme.Dim})
}

// counts is how many snapshots are in each state, which is the state filter. Zeros are
// left out.
func (v Values) counts(labels bool) text.Line {
	store := v.Store
	if store == nil {
		return nil
	}
	line := text.Sprintf(" %s", format.Thousands(store.Len())).As(theme.Title)
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
		add("", "", unknown) // one number, as one glyph stands for all of them
	}
	if missing := store.MissingCount(); missing > 0 {
		labels = true // it stands for what is not known, as the glyph of unknown states does
		add(row.StateNotListed, row.StateNotListed.Label(), missing)
	}
	return line
}
