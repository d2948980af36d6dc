package activity

import (
	"strconv"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/listview"
	"daytona/snapdeck/ui/text"
)

// List shows a [Log], the newest entry first.
type List struct {
	*listview.List[Entry]
	log   *Log
	shown int // how many entries the list has seen
}

// NewList returns the list of a log.
func NewList(log *Log) *List {
	l := &List{log: log, List: listview.New(
		func(e Entry) string { return strconv.Itoa(e.Number) },
		func(e Entry) []text.Line { return []text.Line{e.Line} }, text.Lit("no changes yet"),
		grid.Column[Entry]{ID: "time", Title: text.Lit("TIME"), Min: 9, Max: 9, Cell: func(e Entry) text.Line {
			return text.Cell(e.Time.UTC().Format("15:04:05Z")).As(theme.Dim)
		}},
		grid.Column[Entry]{
			ID: "what", Title: text.Sprintf("ACTIVITY since %s", log.Started().UTC().Format("15:04")), Min: 20,
			Cell: func(e Entry) text.Line { return e.Line },
		},
	)}
	l.Update()
	return l
}

// Update shows the entries that were added.
func (l *List) Update() {
	if added := l.log.Added(); l.shown != added {
		l.shown = added
		l.SetRows(l.log.Newest())
	}
}
