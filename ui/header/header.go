// Package header draws the two lines at the top of the screen: the connection with the age of
// the data, and the number of snapshots in each state.
package header

import (
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/poller"
	"daytona/snapdeck/ui/text"
)

// minLongWidth is the minimum width for the long form of the freshness.
const minLongWidth = 80

// Values are the values that the header shows.
type Values struct {
	Now            time.Time
	Connection     Connection
	Poll           poller.Status
	Store          *model.Store // nil before the first poll
	Rebuilds       Rebuilds
	Quota          model.QuotaUse
	Deactivating   int  // snapshots that Daytona deactivates within two days
	DefaultTimeout bool // Deactivating assumes the default timeout
	Words          bool // each count has a label, because there are no glyphs
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
	counts, notice := v.second(width)
	return []text.Line{text.Justify(connection, fresh, width), text.Justify(counts.line(), notice, width)}
}

// second returns the two parts of the second line, as long as there is room for: first the
// labels of the counts give way, one by one, then the notice.
func (v Values) second(width int) (shown counts, notice text.Line) {
	states := v.shownStates()
	if v.Words {
		return v.counts(states, len(states)), nil
	}
	for _, notice = range []text.Line{v.withQuota(v.notice(false), false), v.withQuota(v.notice(true), false), v.withQuota(v.notice(true), true)} {
		for labels := len(states); labels >= 0; labels-- {
			shown = v.counts(states, labels)
			if shown.line().Width()+notice.Width()+2 <= width {
				return shown, notice
			}
		}
	}
	return shown, notice
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
