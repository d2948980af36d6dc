// Package activity records what happened in this session: changes that polls saw, outages,
// and the actions that were sent.
package activity

import (
	"slices"
	"strings"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// maxEntries limits how many entries are kept; the oldest are dropped.
const maxEntries = 2000

// Entry is one event.
type Entry struct {
	Number     int // counts up from 1
	Time       time.Time
	SnapshotID string // "" if it is about none
	Name       string // of that snapshot, "" if it is not known
	Line       text.Line
}

// Log holds the latest entries of the session.
type Log struct {
	started time.Time
	entries []Entry // the oldest first
	added   int
	failing time.Time // since when polls fail, zero while they succeed
	failure string    // what that is called
	// announce is called for each entry that is not an action of this session; may be nil.
	announce func(text.Line)
}

// New returns the empty log of a session that starts now. It announces what happens without
// a key, unless announce is nil.
func New(now time.Time, announce func(text.Line)) Log {
	return Log{started: now, announce: announce}
}

// Started returns when the session started.
func (l *Log) Started() time.Time { return l.started }

// Added returns how many entries there were so far, dropped ones included.
func (l *Log) Added() int { return l.added }

// Newest returns the entries, the newest first.
func (l *Log) Newest() []Entry {
	entries := slices.Clone(l.entries)
	slices.Reverse(entries)
	return entries
}

// Add adds an entry about the snapshot with the id, or "" for none.
func (l *Log) Add(now time.Time, id string, line text.Line) {
	l.add(Entry{Time: now, SnapshotID: id, Line: line})
}

// AddRecord adds an action.
func (l *Log) AddRecord(now time.Time, r Record) {
	l.keep(Entry{Time: now, SnapshotID: r.ID, Name: r.Name, Line: r.line()})
}

func (l *Log) add(e Entry) {
	if l.announce != nil {
		l.announce(e.Line)
	}
	l.keep(e)
}

func (l *Log) keep(e Entry) {
	l.added++
	e.Number = l.added
	l.entries = append(l.entries, e)
	if len(l.entries) > maxEntries {
		l.entries = slices.Delete(l.entries, 0, len(l.entries)-maxEntries)
	}
}

// AddChanges adds the changes that a poll saw. That a snapshot was used is no entry.
func (l *Log) AddChanges(now time.Time, changes []model.Change) {
	for _, change := range changes {
		if !change.UsageOnly() {
			s := change.Snapshot()
			l.add(Entry{Time: now, SnapshotID: s.ID, Name: s.Name, Line: changeLine(change)})
		}
	}
}

func changeLine(change model.Change) text.Line {
	name := text.Styled(change.Snapshot().Name, theme.Title, nil)
	gap, arrow := text.Lit("  ").As(theme.Dim), text.Lit("  →  ").As(theme.Dim)
	switch change.Kind {
	case model.Added:
		return text.Join(name, text.Lit("  created  ").As(theme.Dim), row.StateLine(change.After.State))
	case model.Deleted:
		return text.Join(name, gap, row.StateLine(change.Before.State), arrow, text.Lit("deleted").As(theme.Dim))
	case model.StateChanged:
		return text.Join(name, gap, row.StateLine(change.Before.State), arrow, row.StateLine(change.After.State))
	default:
		return text.Join(name, text.Sprintf("  changed: %s", strings.Join(change.Fields, ", ")).As(theme.Dim))
	}
}
