package ui

import (
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/running"
)

// appState is the state of the dashboard: the state that the rows show, and what only the
// actions need. Only Update changes it.
type appState struct {
	row.ViewState
	running      *running.Actions
	access       model.Access
	markedSize   row.MarkedSize
	server       model.Server
	orgInfoReads int // how often regions, organization and permissions were read

	unfinished           []model.UnfinishedRebuild // rebuilds in the journal that no process works on
	unfinishedAt         time.Time                 // when the journal was read
	unfinishedUnreadable bool                      // the journal could not be read then
}

func newAppState(now time.Time) appState {
	view := row.NewViewState(now)
	return appState{ViewState: view, running: running.New(view.Pending)}
}

// busy reports whether polls should come often.
func (s *appState) busy() bool {
	return s.Data.Store.InTransition() || s.Data.Store.MissingCount() > 0 || len(s.Pending) > 0
}

// dropStaleMarks removes the marks of deleted snapshots: an action on the marked ones must
// never run on another.
func (s *appState) dropStaleMarks(table *grid.Grid[*model.Snapshot]) {
	table.RetainMarks(func(id string) bool {
		_, ok := s.Data.Store.Get(id)
		return ok
	})
}

// begin adds a running action, and reports whether it retries one that failed. The row no
// longer shows that failure.
func (s *appState) begin(op *running.Action) (retried bool) {
	retried = s.Failures[op.ID] != ""
	delete(s.Failures, op.ID)
	s.running.Add(op)
	return retried
}
