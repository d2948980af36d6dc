package ui

import (
	"cmp"
	"slices"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/bulk"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/row"
)

// appState is the state of the dashboard: the state that the rows show, and what only the
// actions need. Only Update changes it.
type appState struct {
	row.ViewState
	actions      map[string]*pendingAction // the running ones, by [Pending.ID]
	asked        time.Time                 // when one of many unknown outcomes was last asked for
	access       model.Access
	markedSize   row.MarkedSize
	server       model.Server
	orgInfoReads int // how often regions, organization and permissions were read

	unfinished           []model.UnfinishedRebuild // rebuilds in the journal that no process works on
	unfinishedAt         time.Time                 // when the journal was read
	unfinishedUnreadable bool                      // the journal could not be read then
}

func newAppState(now time.Time) appState {
	return appState{ViewState: row.NewViewState(now), actions: make(map[string]*pendingAction)}
}

// add registers a running action.
func (s *appState) add(op *pendingAction) {
	s.actions[op.ID] = op
	s.Pending[op.ID] = &op.Pending
}

// remove ends an action.
func (s *appState) remove(op *pendingAction) {
	delete(s.actions, op.ID)
	delete(s.Pending, op.ID)
}

// actionOn returns the running action on a snapshot, nil for none.
func (s *appState) actionOn(id string) *pendingAction {
	if p := s.Pending[id]; p != nil {
		return s.actions[p.ID]
	}
	return nil
}

// running returns the running actions, ordered by start, so that reports do not depend on
// the order of a map.
func (s *appState) running() []*pendingAction {
	found := make([]*pendingAction, 0, len(s.actions))
	for _, op := range s.actions {
		found = append(found, op)
	}
	slices.SortFunc(found, func(x, y *pendingAction) int {
		return cmp.Or(x.Started.Compare(y.Started), cmp.Compare(x.ID, y.ID))
	})
	return found
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

// inFlight returns how many requests of actions have no response yet. A rebuild is many
// requests, and one that belongs to the bulk action counts until it has ended:
// otherwise all old snapshots would be deleted at once, and stopping would save none.
// Rebuilds that were started one by one do not count: they may take an hour.
func (s *appState) inFlight(b *bulk.Action[startFunc]) int {
	n := 0
	for _, op := range s.actions {
		if op.Workflow && b.Owns(op.ID) || !op.Workflow && !op.Answered() {
			n++
		}
	}
	return n
}
