package running

import (
	"cmp"
	"slices"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/row"
)

// maxFollowedByGet is how many actions are followed by a GET each. If there are more, the polls
// follow them, which cost the same for any number. GETs are then only for unknown outcomes, and
// use at most half of the polling budget.
const maxFollowedByGet = 4

// Actions are the running actions. The rows show each as pending.
type Actions struct {
	byID    map[string]*Action
	pending map[string]*row.Pending // shown in the rows
	asked   time.Time               // when one of many snapshots with an unknown outcome was last read
}

// New returns an empty set of actions. It keeps pending, which the rows show, up to date.
func New(pending map[string]*row.Pending) *Actions {
	return &Actions{byID: make(map[string]*Action), pending: pending}
}

// Add registers a running action.
func (a *Actions) Add(op *Action) {
	a.byID[op.ID] = op
	a.pending[op.ID] = &op.Pending
}

// Remove ends an action.
func (a *Actions) Remove(op *Action) {
	delete(a.byID, op.ID)
	delete(a.pending, op.ID)
}

// Get returns the action with the id of its snapshot, nil for none.
func (a *Actions) Get(id string) *Action { return a.byID[id] }

// Has reports whether the action is still running.
func (a *Actions) Has(op *Action) bool { return a.byID[op.ID] == op }

// On returns the action on a snapshot, nil for none. The snapshot can be one that a rebuild
// creates.
func (a *Actions) On(id string) *Action {
	if p := a.pending[id]; p != nil {
		return a.byID[p.ID]
	}
	return nil
}

// All returns the actions, ordered by start, so that reports do not depend on the order of
// a map.
func (a *Actions) All() []*Action {
	found := make([]*Action, 0, len(a.byID))
	for _, op := range a.byID {
		found = append(found, op)
	}
	slices.SortFunc(found, func(x, y *Action) int {
		return cmp.Or(x.Started.Compare(y.Started), cmp.Compare(x.ID, y.ID))
	})
	return found
}

// InFlight returns how many requests of actions have no response yet. A rebuild is many
// requests: one of the bulk action counts until it has ended, because otherwise all old
// snapshots would be deleted at once, and stopping would save none. Rebuilds that were
// started one by one do not count: they may take an hour.
func (a *Actions) InFlight(ofBulk func(id string) bool) int {
	n := 0
	for _, op := range a.byID {
		if op.Workflow && ofBulk(op.ID) || !op.Workflow && !op.Answered() {
			n++
		}
	}
	return n
}

// Due returns the actions with a snapshot to read now, and those with an outcome that has been
// unknown for too long.
func (a *Actions) Due(now time.Time, budget model.Budget) (due, expired []*Action) {
	running := a.All()
	for _, op := range running {
		switch {
		case op.Workflow || op.Fetching:
		case op.Follow.Expired(now):
			expired = append(expired, op)
		case op.Follow.Due(now):
			due = append(due, op)
		}
	}
	if len(running) <= maxFollowedByGet {
		return due, expired
	}
	due = slices.DeleteFunc(due, func(op *Action) bool { return !op.Follow.Unknown() })
	slices.SortStableFunc(due, func(x, y *Action) int { return x.Follow.Next().Compare(y.Follow.Next()) })
	if gap := budget.Window / time.Duration(max(budget.Requests/2, 1)); len(due) == 0 || now.Sub(a.asked) < gap {
		return nil, expired
	}
	a.asked = now
	return due[:1], expired
}
