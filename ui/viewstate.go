package ui

import (
	"maps"
	"slices"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/ui/row"
)

// highlightFor is how long a row is marked after it changed.
const highlightFor = 6 * time.Second

// sleepSoon is how near the deactivation of a snapshot must be to be pointed out.
const deactivateSoon = 48 * time.Hour

// viewState is everything that is known about the snapshots and around them:
// what a cell, a header or a detail needs beside the snapshot itself. Only
// Update changes it.
type viewState struct {
	data         dataset
	history      model.History
	regions      []model.Region // nil where they are unknown
	organization model.Organization
	access       model.Access
	server       model.Server
	orgInfoReads int // how often what lies around the snapshots was read

	now                  time.Time
	location             *time.Location // of the user
	query                query.Query
	pending              map[string]*pendingAction // by snapshot id
	recentChanges        map[string]time.Time      // when a row was seen to change
	watched              map[string]bool           // whose end is told to the terminal
	failures             map[string]string         // by snapshot id: how the last action on it failed
	unfinished           []UnfinishedRebuild       // rebuilds in the journal that nobody works on
	unfinishedAt         time.Time                 // when that was read
	unfinishedUnreadable bool                      // the journal could not be read then
}

func newViewState(now time.Time) viewState {
	return viewState{
		data:          newDataset(),
		now:           now,
		location:      time.UTC,
		pending:       make(map[string]*pendingAction),
		recentChanges: make(map[string]time.Time),
		watched:       make(map[string]bool),
		failures:      make(map[string]string),
	}
}

// learn takes a new dataset and what changed since the last one.
func (k *viewState) setData(next dataset, changes []model.Change) {
	watched := k.data.store.Complete()
	k.data = next
	if !watched {
		return // the first list is no news
	}
	if anyDeleted(changes) {
		maps.DeleteFunc(k.failures, func(id, _ string) bool { return !k.listed(id) })
	}
	k.history.Observe(changes, k.now)
	for _, change := range changes {
		if change.Kind != model.Deleted && !change.UsageOnly() {
			k.recentChanges[change.After.ID] = k.now
		}
	}
}

func anyDeleted(changes []model.Change) bool {
	return slices.ContainsFunc(changes, func(c model.Change) bool { return c.Kind == model.Deleted })
}

// forgetNews takes the marks away from rows that changed a while ago.
func (k *viewState) expireHighlights(now time.Time) {
	for id, at := range k.recentChanges {
		if now.Sub(at) >= highlightFor {
			delete(k.recentChanges, id)
		}
	}
}

// region returns the region with the id, and whether the organization has it.
func (k *viewState) region(id string) (model.Region, bool) {
	i := slices.IndexFunc(k.regions, func(r model.Region) bool { return r.ID == id })
	if i < 0 {
		return model.Region{ID: id, Name: id}, false
	}
	return k.regions[i], true
}

// since is when the snapshot entered its state: seen by ourselves, else the last
// update that the server tells.
func (k *viewState) since(s *model.Snapshot) (time.Time, bool) {
	if at, ok := k.history.Since(s.ID); ok {
		return at, true
	}
	return s.UpdatedAt.Get()
}

// timeout is after how long the server deactivates what nobody uses, 0 where
// that is unknown.
func (k *viewState) timeout() time.Duration { return k.organization.DeactivationTimeout }

// state is the state to show: an action that was sent shows at once.
func (k *viewState) shownState(s *model.Snapshot) model.State {
	op := k.pending[s.ID]
	if op != nil && op.accepted() && op.id == s.ID && s.State != row.StateRebuilding {
		return op.mutation.shows
	}
	return s.State
}

// search is what the query needs to know beside the snapshots.
func (k *viewState) search() query.Context {
	return query.Context{Now: k.now, Timeout: k.timeout(), Regions: k.regions}
}

// sleepers is how many snapshots the server will deactivate soon.
func (k *viewState) deactivatingSoon() int {
	return k.data.totals.inactiveBy(k.now.Add(deactivateSoon), k.timeout())
}
