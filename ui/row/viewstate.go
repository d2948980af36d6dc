package row

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
)

// highlightFor is how long a row stays marked after a change.
const highlightFor = 6 * time.Second

// DeactivateSoon is the time before a deactivation from which on it is highlighted.
const DeactivateSoon = 48 * time.Hour

// ViewState is what cells read besides the snapshot.
type ViewState struct {
	Data         Dataset
	History      model.History
	Regions      []model.Region // nil where they are unknown
	Organization model.Organization

	Now      time.Time
	Location *time.Location // of the user
	Query    query.Query

	// By snapshot id.
	Pending       map[string]*Pending  // the running action; one action can have several ids
	RecentChanges map[string]time.Time // when the row changed
	Watched       map[string]bool      // the user is notified when it is done
	Failures      map[string]string    // how the last action failed
}

// NewViewState returns the state before the first poll.
func NewViewState(now time.Time) ViewState {
	return ViewState{
		Data:          NewDataset(),
		Now:           now,
		Location:      time.UTC,
		Pending:       make(map[string]*Pending),
		RecentChanges: make(map[string]time.Time),
		Watched:       make(map[string]bool),
		Failures:      make(map[string]string),
	}
}

// SetData replaces the dataset and records what changed.
func (v *ViewState) SetData(next Dataset, changes []model.Change) {
	hadAll := v.Data.Store.Complete()
	v.Data = next
	if !hadAll {
		return // nothing to compare the first list with
	}
	if AnyDeleted(changes) {
		maps.DeleteFunc(v.Failures, func(id, _ string) bool { return !v.Listed(id) })
	}
	v.History.Observe(changes, v.Now)
	for _, change := range changes {
		if change.Kind != model.Deleted && !change.UsageOnly() {
			v.RecentChanges[change.After.ID] = v.Now
		}
	}
}

// AnyDeleted reports whether a change is a deletion.
func AnyDeleted(changes []model.Change) bool {
	return slices.ContainsFunc(changes, func(c model.Change) bool { return c.Kind == model.Deleted })
}

// ExpireHighlights removes the marks of changes that are not recent.
func (v *ViewState) ExpireHighlights(now time.Time) {
	for id, at := range v.RecentChanges {
		if now.Sub(at) >= highlightFor {
			delete(v.RecentChanges, id)
		}
	}
}

// Region returns the region with the id, and whether the organization has it. The
// name of an unknown region is its id.
func (v *ViewState) Region(id string) (model.Region, bool) {
	i := slices.IndexFunc(v.Regions, func(r model.Region) bool { return r.ID == id })
	if i < 0 {
		return model.Region{ID: id, Name: id}, false
	}
	return v.Regions[i], true
}

// RegionsOf returns the regions of the snapshot in the order of the regions screen: those
// of the organization as the server lists them, then the others by name.
func (v *ViewState) RegionsOf(s *model.Snapshot) []model.Region {
	ids := model.SortRegions(s.RegionIDs.Value, v.Regions)
	regions := make([]model.Region, len(ids))
	for i, id := range ids {
		regions[i], _ = v.Region(id)
	}
	return regions
}

// RegionNames returns the names of the snapshot's regions, in the same order.
func (v *ViewState) RegionNames(s *model.Snapshot) []string {
	regions := v.RegionsOf(s)
	names := make([]string, len(regions))
	for i, region := range regions {
		names[i] = region.Name
	}
	return names
}

// Since is when the snapshot entered its state, as observed, else its last update.
func (v *ViewState) Since(s *model.Snapshot) (time.Time, bool) {
	if at, ok := v.History.Since(s.ID); ok {
		return at, true
	}
	return s.UpdatedAt.Get()
}

// Timeout is how long Daytona keeps an unused snapshot active, 0 where that is
// unknown.
func (v *ViewState) Timeout() time.Duration { return v.Organization.DeactivationTimeout }

// ShownState is the state to show: that of an accepted action shows at once.
func (v *ViewState) ShownState(s *model.Snapshot) model.State {
	op := v.Pending[s.ID]
	if op != nil && op.Accepted() && op.ID == s.ID && s.State != StateRebuilding {
		return op.Shows
	}
	return s.State
}

// OrganizationID is the id of the organization, "" while it is unknown.
func (v *ViewState) OrganizationID() string {
	return cmp.Or(v.Organization.ID, v.Data.Store.OrganizationID())
}

// OrganizationName is the name of the organization, or the start of its id where an
// API key cannot read the name.
func (v *ViewState) OrganizationName() string {
	id := v.OrganizationID()
	return cmp.Or(v.Organization.Name, id[:min(8, len(id))])
}

// QueryContext is what a query depends on besides the snapshots.
func (v *ViewState) QueryContext() query.Context {
	return query.Context{Now: v.Now, Timeout: v.Timeout(), Regions: v.Regions}
}

// Filter returns the current filter in the given order. last is the latest result for
// the same snapshots, or the zero Result.
func (v *ViewState) Filter(by Sort, last query.Result) Filter {
	return Filter{Data: v.Data, Last: last, Query: v.Query, Context: v.QueryContext(), Compare: v.Comparator(by)}
}

// DeactivatingSoon is how many snapshots are deactivated within [DeactivateSoon].
func (v *ViewState) DeactivatingSoon() int {
	return v.Data.Totals.inactiveBy(v.Now.Add(DeactivateSoon), v.Timeout())
}
